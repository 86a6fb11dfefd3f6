package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A day written another way, for keys: what one file calls 01.02.2026 another calls 20260201. Text that is no date stays as
 * it is, and is refused where an id is made of it.
 *
 * @param from one or more, joined by a blank
 * @param written the patterns as the profile writes them
 * @param as how the day is written
 * @param dayEnds where the business day is meant that ends then, else null
 * @param before whether the day before is meant
 */
public record Dated(
        String name,
        List<Source> from,
        List<String> written,
        List<DatePattern> patterns,
        DateTimeFormatter as,
        DayEnd dayEnds,
        boolean before)
        implements Source {

    public Dated {
        from = List.copyOf(from);
        written = List.copyOf(written);
        patterns = List.copyOf(patterns);
    }

    @Override
    public String of(Facts facts) {
        String text = text(facts);
        ParsedDate parsed = new ParsedDate();
        for (DatePattern pattern : patterns) {
            if (!text.isEmpty() && pattern.parse(text, parsed)) {
                LocalDateTime time = parsed.date().atStartOfDay().plusSeconds(parsed.secondOfDay());
                LocalDate day = dayEnds == null ? time.toLocalDate() : dayEnds.dayOf(time, facts);
                return as.format(before ? day.minusDays(1) : day);
            }
        }
        return text;
    }

    private String text(Facts facts) {
        StringBuilder joined = new StringBuilder();
        for (Source source : from) {
            String part = source.of(facts);
            if (part.isEmpty()) {
                return ""; // Half a date is none, and what is blank is said to be missing.
            }
            joined.append(joined.isEmpty() ? "" : " ").append(part);
        }
        return joined.toString();
    }

    /** It writes days in its own way, and says itself what is none. */
    @Override
    public String mangled(String id, Facts facts) {
        return null;
    }

    @Override
    public String unfit(String value) {
        if (value.isEmpty()) {
            return null; // It is said to be missing.
        }
        try {
            as.parse(value);
            return null;
        } catch (java.time.format.DateTimeParseException noDate) {
            return "is no date like " + String.join(" or ", written) + ".";
        }
    }

    @Override
    public Reason unfitReason() {
        return Reason.DATE_INVALID;
    }

    @Override
    public String remedyKey() {
        return "patterns";
    }

    @Override
    public int column(Facts facts) {
        return from.get(0).column(facts);
    }

    @Override
    public void columns(IntConsumer each) {
        from.forEach(source -> source.columns(each));
        if (dayEnds != null && dayEnds.from() != null) {
            dayEnds.from().columns(each);
        }
    }
}
