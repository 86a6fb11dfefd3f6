package dev.posbridge.gameball;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The header Retry-After: seconds, or a date. */
final class RetryAfter {
    /**
     * Gameball's longest window is 30 seconds, so a longer wait is a mistake, of a proxy or of a clock; one answer must
     * not stop a night.
     */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Zero for a date that is over, null for a header that is missing or garbage. */
    static Duration parse(String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String value = header.trim();
        Duration wait =
                value.chars().allMatch(digit -> digit >= '0' && digit <= '9') ? seconds(value) : date(value, now);
        return wait == null || wait.compareTo(LONGEST) <= 0 ? wait : LONGEST;
    }

    private static Duration seconds(String digits) {
        return digits.length() > MOST_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Duration date(String value, Instant now) {
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeException garbage) {
            return null;
        }
    }
}
