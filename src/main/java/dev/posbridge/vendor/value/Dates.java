package dev.posbridge.vendor.value;

import java.time.LocalDate;
import java.util.List;

/** Calendar days by patterns tried in order. */
public final class Dates {
    private final List<String> written;
    private final List<DatePattern> patterns;

    public Dates(List<String> written, List<DatePattern> patterns) {
        this.written = List.copyOf(written);
        this.patterns = List.copyOf(patterns);
    }

    /** The day, or null where no pattern fits. */
    public LocalDate parse(String text) {
        ParsedDate parsed = new ParsedDate();
        for (DatePattern pattern : patterns) {
            if (pattern.parse(text, parsed)) {
                return parsed.date();
            }
        }
        for (DatePattern pattern : patterns) {
            if (pattern.parseLoosely(text, parsed)) {
                return parsed.date();
            }
        }
        return null;
    }

    /** The patterns as the profile writes them, for messages. */
    public String patterns() {
        return String.join(" or ", written);
    }
}
