package dev.posbridge.console;

import dev.posbridge.ledger.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss z", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm z", Locale.ENGLISH);

    private Words() {}

    /** {@code 31 Jan 2026 23:10:05 GMT}; a dash for none. */
    static String time(Instant time, ZoneId zone) {
        return time == null ? "–" : TIME.format(time.atZone(zone));
    }

    /** {@code Sat 23:10 GMT}. */
    static String clock(Instant time, ZoneId zone) {
        return time == null ? "–" : CLOCK.format(time.atZone(zone));
    }

    /** What a field says; null where it is empty. */
    static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 record}, {@code 2 records}. */
    static String of(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** {@code everything}, {@code vendor acme, store 7}. */
    static String all(Pauses.Pause pause) {
        String scope = Pauses.scope(pause.vendor(), pause.store(), pause.kind());
        return scope.isEmpty() ? "everything" : scope.substring(" of ".length());
    }

    /** {@code 2h 5m}, {@code 40s}. */
    static String duration(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + "h " + duration.toMinutesPart() + "m";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + "m " + duration.toSecondsPart() + "s"
                : duration.toSeconds() + "s";
    }
}
