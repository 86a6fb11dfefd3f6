package dev.posbridge.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants and days as ISO 8601 writes them, digit by digit: a formatter costs ten times as much, and every record has
 * both. What is not of the usual length goes to the formatter.
 */
final class IsoTimes {
    private static final int SECONDS = "2026-01-31T08:00:00Z".length();
    private static final int DAY = "2026-01-31".length();

    private IsoTimes() {}

    static Instant instant(String text) {
        if (text.length() != SECONDS || text.charAt(SECONDS - 1) != 'Z') {
            return Instant.parse(text);
        }
        long second = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60 + number(text, 17, 19);
        return Instant.ofEpochSecond(date(text).toEpochDay() * 86_400 + second);
    }

    /** The text's first ten characters. */
    static LocalDate date(String text) {
        return text.charAt(4) == '-'
                ? LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DAY))
                : LocalDate.parse(text);
    }

    static String text(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        if (instant.getNano() != 0 || time.getYear() < 1000 || time.getYear() > 9999) {
            return instant.toString();
        }
        StringBuilder text = new StringBuilder(SECONDS).append(time.getYear());
        append(text, '-', time.getMonthValue());
        append(text, '-', time.getDayOfMonth());
        append(text, 'T', time.getHour());
        append(text, ':', time.getMinute());
        append(text, ':', time.getSecond());
        return text.append('Z').toString();
    }

    private static void append(StringBuilder text, char mark, int twoDigits) {
        text.append(mark).append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
