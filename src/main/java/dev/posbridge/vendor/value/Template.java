package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Blank;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Text with values in it: {@code {store}-{Till}}. A template with any blank part makes nothing (null): half a key is no
 * key.
 */
public final class Template {
    /** Literal text, or a source where {@code source} is not null. */
    public record Part(String literal, Source source) {}

    private final String written;
    private final Part[] parts;
    private final List<String> names;

    public Template(String written, List<Part> parts) {
        this.written = written;
        this.parts = parts.toArray(Part[]::new);
        this.names = parts.stream()
                .filter(part -> part.source() != null)
                .map(Template::nameOf)
                .distinct()
                .toList();
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
            String given = part.source() == null ? part.literal() : values.get(nameOf(part));
            String text =
                    given == null || part.source() == null || !part.source().isWritten() ? given : IdText.of(given);
            if (text == null || text.isBlank()) {
                return null;
            }
            made.append(text);
        }
        return made.toString();
    }

    /** The names that stand in it in braces, in order. */
    public List<String> names() {
        return names;
    }

    /** The value that it is and nothing else; null where there is more, or none. */
    public Source only() {
        return parts.length == 1 ? parts[0].source() : null;
    }

    /** Whether it is that value and nothing else. */
    public boolean isOnly(Source source) {
        return parts.length == 1 && source.equals(parts[0].source());
    }

    /** Tells the slots of the columns that stand in it. */
    public void columns(IntConsumer each) {
        for (Part part : parts) {
            if (part.source() != null) {
                part.source().columns(each);
            }
        }
    }

    private static String nameOf(Part part) {
        return part.source() instanceof Source.Made word
                ? word.word()
                : part.source().name();
    }

    /**
     * The text as an id; null where a part is blank, or says "nothing" in one of the ways that people have for it.
     *
     * @throws dev.posbridge.RecordRejectedException ID_MANGLED where a part cannot be the id that the till meant
     */
    public String id(String what, Facts facts) {
        if (parts.length == 1) {
            String only = idText(parts[0], what, facts);
            return only.isEmpty() ? null : only;
        }
        StringBuilder made = new StringBuilder(32);
        boolean blank = false;
        for (Part part : parts) {
            String text = idText(part, what, facts);
            blank |= text.isEmpty();
            made.append(text);
        }
        return blank ? null : made.toString();
    }

    /** As {@link #id}, but {@code VALUE_MISSING} where a part is blank. */
    public String required(String what, Facts facts) {
        String made = id(what, facts);
        if (made != null) {
            return made;
        }
        for (Part part : parts) {
            if (part.source() != null && idText(part, what, facts).isEmpty()) {
                String found = part.source().of(facts);
                String nothing = Blank.is(found) ? "blank" : "\"" + Shown.text(found) + "\", and means nothing";
                throw facts.fault(
                        part.source().column(facts),
                        Reason.VALUE_MISSING,
                        "the " + what + " \"" + written + "\" needs \"" + nameOf(part) + "\", which is " + nothing
                                + ". " + Reason.VALUE_MISSING.remedy());
            }
        }
        throw facts.fault(0, Reason.VALUE_MISSING, "the " + what + " is blank. " + Reason.VALUE_MISSING.remedy());
    }

    /** What is wrong with the first of its values that cannot be an id: null, or words behind "which is". */
    String mangled(Facts facts) {
        for (Part part : parts) {
            Source source = part.source();
            String found =
                    source == null || !source.isWritten() ? null : source.mangled(IdText.of(source.of(facts)), facts);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether a value in it says what ids look like there, and it does. */
    public boolean vouches(String core) {
        for (Part part : parts) {
            if (part.source() != null && part.source().vouches(core)) {
                return true;
            }
        }
        return false;
    }

    /** Of an id that this made, what stands in the file: without the text around it, where there is one value only. */
    public String core(String made, Facts facts) {
        Source only = null;
        for (Part part : parts) {
            if (part.source() != null && only != null) {
                return made;
            }
            only = part.source() == null ? only : part.source();
        }
        return only == null || !only.isWritten() ? made : IdText.of(only.of(facts));
    }

    /** The column of its first value, for faults of the whole; 0 where it has none. */
    public int column(Facts facts) {
        for (Part part : parts) {
            if (part.source() != null && part.source().column(facts) > 0) {
                return part.source().column(facts);
            }
        }
        return 0;
    }

    private static String idText(Part part, String what, Facts facts) {
        Source source = part.source();
        if (source == null) {
            return part.literal();
        }
        String found = source.of(facts);
        if (!source.isWritten()) {
            return found;
        }
        String id = IdText.of(found);
        String fault = source.mangled(id, facts);
        if (fault != null) {
            throw facts.fault(
                    source.column(facts),
                    Reason.ID_MANGLED,
                    "the " + what + " needs \"" + nameOf(part) + "\", which is \"" + Shown.text(found) + "\": " + fault
                            + ". " + remedy(id, facts));
        }
        String unfit = source.unfit(id);
        if (unfit != null) {
            throw facts.fault(
                    source.column(facts),
                    source.unfitReason(),
                    "the " + what + " needs \"" + nameOf(part) + "\", whose value \"" + Shown.text(found) + "\" "
                            + unfit + " Correct the row and replay, or correct " + source.remedyKey() + " in "
                            + facts.profile() + ".");
        }
        return id;
    }

    /** Where only most tills have no such ids, this one may. */
    private static String remedy(String id, Facts facts) {
        if (IdText.isMasked(id)) {
            return "Have the till write the whole number, or take the customer from another column of "
                    + facts.profile() + ". Where ids do look so, say it with matches under values there.";
        }
        return IdText.mangled(id) != null
                ? Reason.ID_MANGLED.remedy()
                : Reason.ID_MANGLED.remedy() + " Where ids do look so, say it with matches under values in "
                        + facts.profile() + ".";
    }

    private static String text(Part part, Facts facts) {
        return part.source() == null ? part.literal() : part.source().of(facts);
    }
}
