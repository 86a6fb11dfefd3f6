package dev.posbridge.console;

import dev.posbridge.LruMap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Makes guessing slow: after five wrong passwords for a name, or from an address, each further one costs twice the wait of the
 * one before, up to a quarter of an hour. Thread-safe.
 */
final class SignInGuard {
    private static final int FREE_ATTEMPTS = 5;
    private static final int MOST_REMEMBERED = 1_000;
    private static final int MOST_DOUBLINGS = 10;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Map<String, Failures> byWho = new LruMap<>(MOST_REMEMBERED);

    private record Failures(int count, Instant until) {}

    SignInGuard(InstantSource clock) {
        this.clock = clock;
    }

    /** How long somebody must wait; zero where they may try. */
    synchronized Duration wait(String... who) {
        Duration longest = Duration.ZERO;
        for (String one : who) {
            Failures failures = byWho.get(one);
            if (failures != null && failures.until().isAfter(clock.instant())) {
                Duration left = Duration.between(clock.instant(), failures.until());
                longest = left.compareTo(longest) > 0 ? left : longest;
            }
        }
        return longest;
    }

    synchronized void failed(String... who) {
        for (String one : who) {
            int count = byWho.getOrDefault(one, new Failures(0, Instant.EPOCH)).count() + 1;
            long seconds = count < FREE_ATTEMPTS ? 0 : 1L << Math.min(MOST_DOUBLINGS, count - FREE_ATTEMPTS + 1);
            Instant until = clock.instant().plusSeconds(Math.min(seconds, LONGEST.toSeconds()));
            byWho.put(one, new Failures(count, until));
        }
    }

    synchronized void succeeded(String... who) {
        for (String one : who) {
            byWho.remove(one);
        }
    }
}
