package dev.posbridge.vendor;

import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.regex.Pattern;

/** Reads what a profile names under {@code values}. */
final class NamedValueReader {
    private static final int WIDEST = 64;

    private NamedValueReader() {}

    /** @param values null where the profile names none */
    static void addTo(Vocabulary vocabulary, Section values) {
        if (values == null) {
            return;
        }
        for (String name : values.keys()) {
            Section value = values.section(name);
            if (value != null) {
                Source made = read(name, value, vocabulary);
                if (made != null) {
                    vocabulary.add(name, made);
                }
            }
        }
    }

    private static Source read(String name, Section value, Vocabulary vocabulary) {
        Word from = value.requiredWord("from");
        Word extract = value.word("extract");
        Pattern pattern = FileNameReader.pattern(extract);
        if (pattern != null && pattern.matcher("").groupCount() != 1) {
            extract.problem("\"extract\" needs exactly one group in parentheses.");
        }
        Word width = value.word("width");
        boolean padded = value.flag("pad", false);
        if (extract == null && width == null) {
            value.problem("a value needs \"extract\", \"width\" or both.");
        } else if (padded && width == null) {
            value.problem("\"pad\" needs \"width\": how many digits there should be.");
        }
        value.refuseUnknown();
        if (from == null) {
            return null;
        }
        Source part = new Source.Derived(name, vocabulary.source(from), pattern);
        return width == null ? part : new Source.Wide(part, width(width), padded);
    }

    private static int width(Word word) {
        int width = word.text().matches("[1-9]\\d?") ? Integer.parseInt(word.text()) : WIDEST + 1;
        if (width > WIDEST) {
            word.problem(
                    "\"width\" is \"" + word.text() + "\", expected a number of characters from 1 to " + WIDEST + ".");
        }
        return width;
    }
}
