package dev.posbridge.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One of Gameball's calls.
 *
 * @param template what follows {@code /integrations/}; a segment in braces takes any value
 */
record Endpoint(String method, String template, Resource resource, Customer customer, Function<Call, Answer> work) {

    /** Where a call names the one customer it works on. */
    enum Customer {
        IN_BODY,
        IN_PATH,
        NONE
    }

    /** The values of the segments in braces, decoded; empty where the path is another one's. */
    Optional<List<String>> match(String path) {
        String[] wanted = template.split("/");
        String[] found = path.split("/", -1);
        if (wanted.length != found.length) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !found[i].isEmpty()) {
                values.add(decoded(found[i]));
            } else if (!wanted[i].equals(found[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** In a path, unlike in a form, a plus sign is a plus sign. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, 3000, "path segment \"" + segment + "\" is not URL-encoded", e);
        }
    }
}
