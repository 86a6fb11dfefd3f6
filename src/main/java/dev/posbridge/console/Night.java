package dev.posbridge.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** A night, from noon to noon by this machine's clock, named by the day on which it begins. */
record Night(LocalDate day, ZoneId zone) {
    private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

    static Night of(Instant time, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        LocalDate day = local.toLocalDate();
        return new Night(local.toLocalTime().isBefore(LocalTime.NOON) ? day.minusDays(1) : day, zone);
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

    /** {@code Fri}. */
    String weekday() {
        return day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    /** The day, and the month where it begins. */
    String dayOfCalendar() {
        return day.getDayOfMonth()
                + (day.getDayOfMonth() == 1
                        ? " " + day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                        : "");
    }

    boolean isOver(Instant now) {
        return !now.isBefore(to());
    }
}
