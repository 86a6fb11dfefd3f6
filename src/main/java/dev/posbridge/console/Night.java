package dev.posbridge.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** A night, from noon to noon by this machine's clock, named by the day on which it begins. */
record Night(LocalDate day, ZoneId zone) {
    private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

    static Night of(Instant time, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        LocalDate day = local.toLocalDate();
        return new Night(local.toLocalTime().isBefore(LocalTime.NOON) ? day.minusDays(1) : day, zone);
    }

    /** @throws RefusedException for a text that is no day */
    static Night parse(String text, ZoneId zone) {
        if (text.isEmpty()) {
            return of(Instant.now(), zone);
        }
        try {
            return new Night(LocalDate.parse(text), zone);
        } catch (DateTimeParseException none) {
            throw new RefusedException(400, "night is \"" + text + "\", expected a day such as 2026-01-31.", none);
        }
    }

    Instant from() {
        return day.atTime(LocalTime.NOON).atZone(zone).toInstant();
    }

    Instant to() {
        return day.plusDays(1).atTime(LocalTime.NOON).atZone(zone).toInstant();
    }

    Night plus(int nights) {
        return new Night(day.plusDays(nights), zone);
    }

    String title() {
        return TITLE.format(day);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(to());
    }
}
