package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Text with values in it: {@code {store}-{Till}}. A template with any blank part makes nothing (null): half a key is no
 * key.
 */
public final class Template {
    /** Literal text, or a source where {@code source} is not null. */
    public record Part(String literal, Source source) {}

    private final String written;
    private final Part[] parts;

    public Template(String written, List<Part> parts) {
        this.written = written;
        this.parts = parts.toArray(Part[]::new);
    }

    /** The text, or null where a part is blank. */
    public String of(Facts facts) {
        if (parts.length == 1) {
            String only = text(parts[0], facts);
            return only.isEmpty() ? null : only;
        }
        StringBuilder made = new StringBuilder(32);
        for (Part part : parts) {
            String text = text(part, facts);
            if (text.isEmpty()) {
                return null;
            }
            made.append(text);
        }
        return made.toString();
    }

    /** The text made of these values by their names, or null where one is missing or blank. */
    public String of(Map<String, String> values) {
        StringBuilder made = new StringBuilder(32);
        for (Part part : parts) {
            String text = part.source() == null ? part.literal() : values.get(nameOf(part));
            if (text == null || text.isBlank()) {
                return null;
            }
            made.append(text);
        }
        return made.toString();
    }

    /** The names that stand in it in braces, in order. */
    public List<String> names() {
        return Stream.of(parts)
                .filter(part -> part.source() != null)
                .map(Template::nameOf)
                .distinct()
                .toList();
    }

    private static String nameOf(Part part) {
        return part.source() instanceof Source.Made word
                ? word.word()
                : part.source().name();
    }

    /** The text; {@code VALUE_MISSING} where a part is blank. */
    public String required(String what, Facts facts) {
        String made = of(facts);
        if (made != null) {
            return made;
        }
        for (Part part : parts) {
            if (part.source() != null && part.source().of(facts).isEmpty()) {
                String blank = nameOf(part);
                throw facts.fault(
                        part.source().column(facts),
                        Reason.VALUE_MISSING,
                        "the " + what + " \"" + written + "\" needs \"" + blank + "\", which is blank. "
                                + Reason.VALUE_MISSING.remedy());
            }
        }
        throw facts.fault(0, Reason.VALUE_MISSING, "the " + what + " is blank. " + Reason.VALUE_MISSING.remedy());
    }

    private static String text(Part part, Facts facts) {
        return part.source() == null ? part.literal() : part.source().of(facts);
    }
}
