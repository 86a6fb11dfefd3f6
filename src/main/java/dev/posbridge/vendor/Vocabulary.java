package dev.posbridge.vendor;

import dev.posbridge.Nearest;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.set.SetFormat;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Conditions;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import dev.posbridge.vendor.yaml.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that a profile's templates and {@code from} may use: captures of the file name, derived values, and columns.
 * Captures and values go before columns of the same name.
 */
final class Vocabulary {
    /** What a template may use besides, once the receipt's key is made. */
    private static final Map<String, Source> MADE = Map.of("identity", Source.Made.IDENTITY, "key", Source.Made.KEY);

    private final Map<String, Source> named = new LinkedHashMap<>();
    private final Columns columns;
    private final List<String> knownColumns;
    private final Set<String> placeholders;
    private List<String> parts = List.of();
    private List<String> shared = List.of();

    /** @param knownColumns every column there is, or empty where only the file's header will tell */
    Vocabulary(List<String> knownColumns) {
        this(knownColumns, Set.of());
    }

    /** @param placeholders texts, in small letters, that read as blank in every column */
    Vocabulary(List<String> knownColumns, Set<String> placeholders) {
        this.knownColumns = List.copyOf(knownColumns);
        this.placeholders = Set.copyOf(placeholders);
        this.columns = new Columns(placeholders);
    }

    /**
     * Says that columns are those of several files.
     *
     * @param partNames one of which stands, with a point, before each column
     * @param sharedColumns but before those that all have
     */
    void ofParts(List<String> partNames, List<String> sharedColumns) {
        parts = List.copyOf(partNames);
        shared = List.copyOf(sharedColumns);
    }

    /** The column of that name, which is known to be there. */
    Source column(String name) {
        Source column = new Source.Column(name, columns.slot(name));
        return placeholders.isEmpty() ? column : new Source.Blanked(column, placeholders);
    }

    /** What rows say, also where the file's name has a group of that name. */
    Source written(Word name) {
        Source known = named.get(name.text());
        if (known != null && !(known instanceof Source.Capture)) {
            return known;
        }
        refuseUnknown(name, 0, name.text());
        return column(name.text());
    }

    /** The same way of reading over other columns. */
    Vocabulary over(List<String> otherColumns) {
        return new Vocabulary(otherColumns, placeholders);
    }

    /** Values of the profile's own, and captures. */
    List<Source> named() {
        return List.copyOf(named.values());
    }

    /** A value of the profile's own, or a capture; null where none has that name yet. */
    Source named(String name) {
        return named.get(name);
    }

    Columns columns() {
        return columns;
    }

    /** Makes a name known besides the columns. */
    void add(String name, Source source) {
        named.put(name, source);
    }

    Source source(Word name) {
        if (name.text().indexOf('{') >= 0) {
            name.problem("\"" + name.text() + "\" is a template, expected the name of one column.");
        }
        return source(name, 0, name.text());
    }

    private Source source(Word word, int offset, String name) {
        Source known = named.get(name);
        if (known != null) {
            return known;
        }
        refuseUnknown(word, offset, name);
        return column(name);
    }

    private void refuseUnknown(Word word, int offset, String name) {
        if (!parts.isEmpty() && !isOfParts(name)) {
            word.problemAt(
                    offset,
                    "column \"" + name + "\" is of no part. Write which part it is of, such as " + parts.get(0) + "."
                            + name.substring(name.indexOf('.') + 1) + "; parts are: " + String.join(", ", parts)
                            + "; without a part: " + String.join(", ", shared) + ", " + SetFormat.PART + ", "
                            + SetFormat.PARTS + ".");
            return;
        }
        if (!knownColumns.isEmpty() && !Columns.contains(knownColumns, name)) {
            List<String> known = new ArrayList<>(knownColumns);
            known.addAll(named.keySet());
            word.problemAt(offset, "unknown column \"" + name + "\"." + Nearest.hint(name, known));
        }
    }

    /** The slot of a column, as it stands in the file; -1 after a problem was reported. */
    int column(Word word) {
        if (word.text().indexOf('{') >= 0) {
            word.problem("\"" + word.text() + "\" is a template, expected the name of one column.");
            return -1;
        }
        refuseUnknown(word, 0, word.text());
        return columns.slot(word.text());
    }

    private boolean isOfParts(String name) {
        int point = name.indexOf('.');
        return Columns.contains(shared, name)
                || Columns.contains(List.of(SetFormat.PART, SetFormat.PARTS), name)
                || point > 0 && parts.contains(name.substring(0, point));
    }

    /** Text with names in braces. Null stays null. */
    Template template(Word word, Map<String, Source> more) {
        if (word == null) {
            return null;
        }
        String text = word.text();
        List<Template.Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (open >= 0 && close < 0) {
                word.problemAt(open, "template \"" + text + "\": { is never closed.");
                break;
            }
            int end = open < 0 ? text.length() : open;
            if (end > at) {
                parts.add(new Template.Part(text.substring(at, end), null));
            }
            if (open < 0) {
                break;
            }
            String name = text.substring(open + 1, close);
            Source made = more.get(name);
            parts.add(new Template.Part(null, made == null ? source(word, open + 1, name) : made));
            at = close + 1;
        }
        return new Template(text, parts);
    }

    Template template(Word word) {
        return template(word, MADE);
    }

    /** A template that differs from receipt to receipt: an id without any name in braces is a mistake. */
    Template idTemplate(String what, Word word, Map<String, Source> more) {
        if (word != null && word.text().indexOf('{') < 0) {
            word.problem("\"" + what + "\" is \"" + word.text() + "\" for every row. Put columns in braces: \"{"
                    + word.text() + "}\".");
        }
        return template(word, more);
    }

    /** A column's name, or a template where there are braces. Null stays null. */
    Template text(Word word) {
        if (word == null || word.text().indexOf('{') >= 0) {
            return template(word);
        }
        return new Template(word.text(), List.of(new Template.Part(null, source(word))));
    }

    /** Null stays null. */
    Condition condition(Word word) {
        return condition(word, named);
    }

    /** A condition that is asked before there are receipts, and so no values either. Null stays null. */
    Condition conditionOverColumns(Word word) {
        return condition(word, Map.of());
    }

    private Condition condition(Word word, Map<String, Source> values) {
        if (word == null) {
            return null;
        }
        int before = columns.names().size();
        Condition made = Conditions.of(word, columns, values);
        columns.names().stream()
                .skip(before)
                .forEach(name -> refuseUnknown(word, Math.max(0, word.text().indexOf(name)), name));
        return made;
    }
}
