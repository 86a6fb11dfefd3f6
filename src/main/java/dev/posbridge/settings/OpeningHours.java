package dev.posbridge.settings;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When delivery may work. What the clock on the wall of a window's time zone shows decides: in the night in which an
 * hour is left out, a window that begins within it begins when it is over; in the night in which an hour comes twice,
 * what is open in it is open twice.
 *
 * @param windows none means always
 * @param blackouts days without delivery, whatever the windows say
 */
public record OpeningHours(List<Window> windows, List<Blackout> blackouts) {
    public static final OpeningHours ALWAYS = new OpeningHours(List.of(), List.of());

    private static final int DAYS_LOOKED_AHEAD = 400;
    private static final int MINUTES_OF_DAY = 24 * 60;

    /**
     * A part of certain days.
     *
     * @param days on which it begins
     * @param from minute of the day at which it begins
     * @param to minute of the day at which it ends, 1440 for midnight; before {@code from} for a window that ends on the
     *     day after
     * @param share of Gameball's quotas meanwhile; empty for that of the account
     */
    public record Window(Set<DayOfWeek> days, int from, int to, ZoneId zone, OptionalDouble share) {
        boolean contains(Instant instant) {
            ZonedDateTime local = instant.atZone(zone);
            DayOfWeek day = local.getDayOfWeek();
            int minute = local.getHour() * 60 + local.getMinute();
            if (from < to) {
                return days.contains(day) && minute >= from && minute < to;
            }
            return days.contains(day) && minute >= from || days.contains(day.minus(1)) && minute < to;
        }

        private LocalDateTime begin(LocalDate day) {
            return day.atStartOfDay().plusMinutes(from % MINUTES_OF_DAY);
        }
    }

    /** Whole days of a time zone, the last included. */
    public record Blackout(LocalDate first, LocalDate last, ZoneId zone) {
        boolean contains(Instant instant) {
            LocalDate day = instant.atZone(zone).toLocalDate();
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    public boolean areOpen(Instant instant) {
        return (windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(instant)))
                && blackouts.stream().noneMatch(blackout -> blackout.contains(instant));
    }

    /** The share of the window that is open; of several the first that was named. */
    public OptionalDouble share(Instant instant) {
        return windows.stream()
                .filter(window -> window.contains(instant))
                .findFirst()
                .map(Window::share)
                .orElse(OptionalDouble.empty());
    }

    /** The next moment from which delivery may work; empty where there is none in more than a year, or it may already. */
    public Optional<Instant> nextOpening(Instant now) {
        return areOpen(now)
                ? Optional.empty()
                : candidates(now).filter(now::isBefore).filter(this::areOpen).min(Instant::compareTo);
    }

    /** The next opening as the clock of its zone shows it, such as {@code 2026-01-31 22:00 Europe/London}. */
    public Optional<String> nextOpeningInWords(Instant now) {
        ZoneId zone = Stream.concat(
                        windows.stream().map(Window::zone), blackouts.stream().map(Blackout::zone))
                .findFirst()
                .orElse(ZoneOffset.UTC);
        return nextOpening(now)
                .map(instant ->
                        instant.atZone(zone).toLocalDateTime().toString().replace('T', ' ') + ' ' + zone);
    }

    /** Every moment at which something may open: begins of windows, ends of blackouts, changes of a zone's clock. */
    private Stream<Instant> candidates(Instant now) {
        Stream<Instant> begins = windows.stream()
                .flatMap(window -> days(now, window.zone()).flatMap(day -> moments(window.begin(day), window.zone())));
        Stream<Instant> ends = blackouts.stream()
                .flatMap(blackout -> moments(blackout.last().plusDays(1).atStartOfDay(), blackout.zone()));
        Stream<Instant> changes = windows.stream().map(Window::zone).distinct().flatMap(zone -> changes(now, zone));
        return Stream.of(begins, ends, changes).flatMap(all -> all);
    }

    private static Stream<LocalDate> days(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return today.datesUntil(today.plusDays(DAYS_LOOKED_AHEAD));
    }

    private static Stream<Instant> moments(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).stream().map(local::toInstant);
    }

    private static Stream<Instant> changes(Instant now, ZoneId zone) {
        return Stream.iterate(
                        zone.getRules().nextTransition(now),
                        change -> change != null
                                && change.getInstant().isBefore(now.plusSeconds(DAYS_LOOKED_AHEAD * 86_400L)),
                        change -> zone.getRules().nextTransition(change.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
    }
}
