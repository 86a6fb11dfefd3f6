package dev.posbridge.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which path is whose, and who may have it. What is not here is not served. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** Answers one kind of question. */
    interface Handler {
        Answer answer(Visit visit);
    }

    /** @param pattern a path, {@code *} for a variable part */
    record Route(String method, String pattern, Role role, Handler handler, Pattern regex) {}

    /** A route that was found, with the variable parts of the path. */
    record Found(Route route, String... parts) {}

    Routes get(String pattern, Role role, Handler handler) {
        return add("GET", pattern, role, handler);
    }

    Routes post(String pattern, Role role, Handler handler) {
        return add("POST", pattern, role, handler);
    }

    private Routes add(String method, String pattern, Role role, Handler handler) {
        String regex = Pattern.quote(pattern).replace("*", "\\E([^/]+)\\Q");
        routes.add(new Route(method, pattern, role, handler, Pattern.compile(regex)));
        return this;
    }

    List<Route> all() {
        return List.copyOf(routes);
    }

    /** @return empty where the path is nobody's */
    Optional<Found> find(String method, String path) {
        boolean known = false;
        for (Route route : routes) {
            Matcher matcher = route.regex().matcher(path);
            if (matcher.matches()) {
                known = true;
                if (route.method().equals(method) || "HEAD".equals(method) && "GET".equals(route.method())) {
                    String[] parts = new String[matcher.groupCount()];
                    for (int group = 0; group < parts.length; group++) {
                        parts[group] = matcher.group(group + 1);
                    }
                    return Optional.of(new Found(route, parts));
                }
            }
        }
        if (known) {
            throw new RefusedException(405, "That cannot be asked in this way.");
        }
        return Optional.empty();
    }
}
