package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Blank;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.IntConsumer;

/** Reads a point in time from one or more columns (joined by a blank), by patterns tried in order. */
public final class Moments {
    /**
     * @param at the instant
     * @param date the calendar day where the clock is
     * @param zone where the clock is
     */
    public record Moment(Instant at, LocalDate date, ZoneId zone) {}

    private final String what;
    private final List<Source> from;
    private final List<String> written;
    private final DatePattern[] patterns;
    private final Zones zones;
    private final boolean later;
    private final DayEnd dayEnds;

    /** @param what as the profile calls it ({@code sold-at}), for messages */
    public Moments(String what, List<Source> from, List<String> written, List<DatePattern> patterns, Zones zones) {
        this(what, from, List.copyOf(written), patterns.toArray(DatePattern[]::new), zones, false, null);
    }

    private Moments(
            String what,
            List<Source> from,
            List<String> written,
            DatePattern[] patterns,
            Zones zones,
            boolean later,
            DayEnd dayEnds) {
        this.what = what;
        this.from = List.copyOf(from);
        this.written = written;
        this.patterns = patterns;
        this.zones = zones;
        this.later = later;
        this.dayEnds = dayEnds;
    }

    /** The same where the day that is written is a business day: its hours before that time are the next day's. */
    public Moments ofBusinessDay(DayEnd ends) {
        return new Moments(what, from, written, patterns, zones, later, ends);
    }

    /**
     * The same, but a time that autumn has twice is the second. For refunds: a sale takes the first, so that no refund is
     * dated before its sale, whatever the order in which they are read.
     */
    public Moments later() {
        return new Moments(what, from, written, patterns, zones, true, dayEnds);
    }

    /** The moment; {@code VALUE_MISSING}, {@code DATE_INVALID} or {@code DATE_IN_FUTURE} where there is none. */
    public Moment of(Facts facts) {
        ParsedDate parsed = parse(facts);
        Offsets offsets = zones.offsets(facts);
        Instant at;
        LocalDate date;
        if (parsed.hasOffset()) {
            long second = parsed.epochDay() * 86_400 + parsed.secondOfDay() - parsed.offset();
            at = Instant.ofEpochSecond(second, parsed.nano());
            date = at.atZone(offsets.zone()).toLocalDate();
        } else {
            at = offsets.toInstant(parsed, later);
            date = parsed.date();
        }
        if (at.isAfter(facts.latest())) {
            throw facts.fault(
                    column(facts),
                    Reason.DATE_IN_FUTURE,
                    what + " \"" + text(facts) + "\" is " + at + ", more than an hour from now. "
                            + Reason.DATE_IN_FUTURE.remedy());
        }
        facts.plausible().check(what, text(facts), column(facts), at, facts);
        facts.plausible().check(what, date, column(facts), facts);
        return new Moment(at, date, offsets.zone());
    }

    /** Only the day, future or not; null where all the columns are blank. */
    public LocalDate dateOrNull(Facts facts) {
        return Blank.is(text(facts)) ? null : parse(facts).date();
    }

    /** Tells the slots of its columns. */
    public void columns(IntConsumer each) {
        from.forEach(source -> source.columns(each));
        zones.columns(each);
        if (dayEnds != null && dayEnds.from() != null) {
            dayEnds.from().columns(each);
        }
    }

    /** Whether rows state it: else it is the same in all of a file. */
    public boolean standsInRows() {
        boolean[] any = new boolean[1];
        from.forEach(source -> source.columns(slot -> any[0] = true));
        return any[0];
    }

    /** Whether a pattern says the day alone: then the time is midnight. */
    public boolean mayLackTime() {
        return written.stream()
                .map(pattern -> pattern.replaceAll("'[^']*'", ""))
                .anyMatch(pattern -> pattern.chars().noneMatch(letter -> "HhKk".indexOf(letter) >= 0));
    }

    /** As the profile calls it. */
    public String what() {
        return what;
    }

    /** The zone of times that name none; null where each names its own. */
    public ZoneId zone() {
        return zones.usual();
    }

    private ParsedDate afterMidnight(ParsedDate parsed, Facts facts) {
        if (dayEnds != null && parsed.secondOfDay() < dayEnds.second(facts)) {
            parsed.plusDay();
        }
        return parsed;
    }

    private ParsedDate parse(Facts facts) {
        String text = text(facts);
        ParsedDate parsed = new ParsedDate();
        for (DatePattern pattern : patterns) {
            if (pattern.parse(text, parsed)) {
                return afterMidnight(parsed, facts);
            }
        }
        for (DatePattern pattern : patterns) {
            if (pattern.parseLoosely(text, parsed)) {
                return afterMidnight(parsed, facts);
            }
        }
        if (Blank.is(text)) {
            throw facts.fault(
                    column(facts),
                    Reason.VALUE_MISSING,
                    what + " is blank, expected a date like " + String.join(" or ", written) + ". "
                            + Reason.VALUE_MISSING.remedy());
        }
        for (Source source : from) {
            if (from.size() > 1 && Blank.is(source.of(facts))) {
                throw facts.fault(
                        source.column(facts),
                        Reason.VALUE_MISSING,
                        what + " is \"" + Shown.text(Blank.strip(text)) + "\", because \"" + source.name()
                                + "\" is blank, expected a date like " + String.join(" or ", written) + ". "
                                + Reason.VALUE_MISSING.remedy());
            }
        }
        throw facts.fault(
                column(facts),
                Reason.DATE_INVALID,
                what + " \"" + Shown.text(text) + "\" is not a date like " + String.join(" or ", written)
                        + ". Correct the row and replay, or set patterns in " + facts.profile() + ".");
    }

    /** The column of its first part. */
    public int column(Facts facts) {
        return from.get(0).column(facts);
    }

    private String text(Facts facts) {
        if (from.size() == 1) {
            return from.get(0).of(facts);
        }
        StringBuilder joined = new StringBuilder(24);
        for (Source source : from) {
            joined.append(joined.isEmpty() ? "" : " ").append(source.of(facts));
        }
        return joined.toString();
    }
}
