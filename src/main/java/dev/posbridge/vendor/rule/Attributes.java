package dev.posbridge.vendor.rule;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.IdText;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Shown;
import dev.posbridge.vendor.value.Template;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where a customer's details stand besides id and contact. A sale earns without them, so one that is none (a birth date of
 * zeros, N/A for a name) is left out and counted, unless the profile is strict.
 *
 * @param texts the plain attributes by their key in the profile
 * @param dateOfBirth may be null, as may be {@code joinDate}
 */
public record Attributes(
        Map<String, Template> texts, Moments dateOfBirth, Moments joinDate, Map<String, Template> custom) {
    /** What systems store for "not known". */
    private static final LocalDate NEVER = LocalDate.of(1900, 1, 1);

    /** Whether there are none. */
    public boolean isEmpty() {
        return texts.isEmpty() && custom.isEmpty() && dateOfBirth == null && joinDate == null;
    }

    CustomerDetails of(Facts facts, boolean strict, String id, String email, String mobile) {
        return new CustomerDetails(
                id,
                email,
                mobile,
                text("display-name", facts),
                text("first-name", facts),
                text("last-name", facts),
                gender(facts, strict),
                date("date-of-birth", dateOfBirth, facts, strict),
                date("join-date", joinDate, facts, strict),
                text("country", facts),
                text("city", facts),
                text("zip", facts),
                language(facts, strict),
                text("referrer-code", facts),
                custom(facts));
    }

    private String text(String name, Facts facts) {
        return text(name, texts.get(name), facts);
    }

    private static String text(String name, Template template, Facts facts) {
        String found = template == null ? null : template.of(facts);
        if (found == null || !IdText.meansNothing(found)) {
            return found;
        }
        facts.drop(name);
        return null;
    }

    private Map<String, String> custom(Facts facts) {
        if (custom.isEmpty()) {
            return Map.of();
        }
        Map<String, String> made = new HashMap<>();
        custom.forEach((name, template) -> {
            String found = text(name, template, facts);
            if (found != null) {
                made.put(name, found);
            }
        });
        return made;
    }

    private static LocalDate date(String name, Moments moments, Facts facts, boolean strict) {
        if (moments == null) {
            return null;
        }
        try {
            LocalDate found = moments.dateOrNull(facts);
            boolean known = found == null || found.isAfter(NEVER) && !found.isAfter(facts.latestDay());
            if (known) {
                return found;
            }
            throw facts.fault(
                    moments.column(facts),
                    Reason.DATE_INVALID,
                    name + " " + found + " is a day on which nobody did that. " + Reason.DATE_INVALID.remedy());
        } catch (RecordRejectedException problem) {
            if (strict) {
                throw problem;
            }
            facts.drop(name);
            return null;
        }
    }

    /** Gameball takes M and F. */
    private String gender(Facts facts, boolean strict) {
        String written = text("gender", facts);
        if (written == null) {
            return null;
        }
        return switch (written.strip().toLowerCase(Locale.ROOT)) {
            case "m", "male" -> "M";
            case "f", "female" -> "F";
            default -> none("gender", written, "M or F", facts, strict);
        };
    }

    /** Two letters: en of en-GB. */
    private String language(Facts facts, boolean strict) {
        String written = text("preferred-language", facts);
        if (written == null || written.matches("[A-Za-z]{2}.*")) {
            return written == null ? null : written.substring(0, 2).toLowerCase(Locale.ROOT);
        }
        return none("preferred-language", written, "two letters such as en", facts, strict);
    }

    private String none(String name, String written, String expected, Facts facts, boolean strict) {
        if (strict) {
            throw facts.fault(
                    texts.get(name).column(facts),
                    Reason.ROW_MALFORMED,
                    name + " is \"" + Shown.text(written) + "\", expected " + expected + ". "
                            + Reason.ROW_MALFORMED.remedy());
        }
        facts.drop(name);
        return null;
    }
}
