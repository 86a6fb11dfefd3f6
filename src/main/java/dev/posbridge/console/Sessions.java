package dev.posbridge.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in. In memory only: a restart signs everybody out. Thread-safe. */
final class Sessions {
    private static final int MOST_SESSIONS = 200;
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final InstantSource clock;
    private final Map<String, Session> byToken = new ConcurrentHashMap<>();
    private final Map<String, Session> byName = new ConcurrentHashMap<>();

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    Session begin(String user, Role role) {
        Instant now = clock.instant();
        byToken.values().removeIf(session -> isOver(session, now));
        if (byToken.size() >= MOST_SESSIONS) {
            byToken.values().stream()
                    .min(Comparator.comparing(Session::seen))
                    .ifPresent(oldest -> byToken.remove(oldest.token()));
        }
        Session session = new Session(user, role, now);
        byToken.put(session.token(), session);
        return session;
    }

    /** Of somebody whom the proxy has let in, or who brings a password with each question: one, however often they ask. */
    synchronized Session ofName(String user, Role role) {
        Optional<Session> known = Optional.ofNullable(byName.get(user))
                .flatMap(session -> find(session.token(), true))
                .filter(session -> session.role() == role);
        Session session = known.orElseGet(() -> begin(user, role));
        byName.put(user, session);
        return session;
    }

    /** @param seen whether somebody is there: a page that asks by itself keeps no session open */
    Optional<Session> find(String token, boolean seen) {
        Session session = token == null ? null : byToken.get(token);
        if (session == null || !isIn(session)) {
            return Optional.empty();
        }
        if (seen) {
            session.seen(clock.instant());
        }
        return Optional.of(session);
    }

    /** Whether it goes on. */
    boolean isIn(Session session) {
        return byToken.get(session.token()) == session && !isOver(session, clock.instant());
    }

    void end(Session session) {
        byToken.remove(session.token());
    }

    /** Whoever comes in under that name is somebody else now, or nobody. */
    void endOf(String user) {
        byToken.values().removeIf(session -> session.user().equals(user));
    }

    private static boolean isOver(Session session, Instant now) {
        return now.isAfter(session.seen().plus(IDLE))
                || now.isAfter(session.began().plus(LONGEST));
    }
}
