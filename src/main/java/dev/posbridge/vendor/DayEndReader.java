package dev.posbridge.vendor;

import dev.posbridge.vendor.value.DayEnd;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.time.LocalTime;

/**
 * Reads {@code day-ends} when it is first asked for: values may need it, and it may be a value. So it can only name one that
 * stands above those that need it, and nothing ever waits for itself.
 */
final class DayEndReader {
    private final Section root;
    private final Vocabulary vocabulary;
    private DayEnd found;
    private boolean read;

    DayEndReader(Section root, Vocabulary vocabulary) {
        this.root = root;
        this.vocabulary = vocabulary;
    }

    /** When business days end; null where they are calendar days. */
    DayEnd read() {
        if (!read) {
            read = true;
            found = root.hasSection("day-ends") ? named(root.section("day-ends")) : one(root.word("day-ends"));
        }
        return found;
    }

    private static DayEnd one(Word word) {
        LocalTime time = word == null ? null : time(word, "day-ends");
        return time == null ? null : new DayEnd(time, null);
    }

    private DayEnd named(Section own) {
        Word from = own.requiredWord("from");
        Word otherwise = own.word("otherwise");
        own.refuseUnknown();
        LocalTime usual = otherwise == null ? null : time(otherwise, "otherwise");
        if (from == null) {
            return null;
        }
        Section values = root.section("values");
        if (values != null && values.has(from.text()) && vocabulary.named(from.text()) == null) {
            from.problem(
                    "\"" + from.text() + "\" stands under values below one that asks when days end (day: business)."
                            + " Put it above that one.");
            return null;
        }
        Source source = vocabulary.source(from);
        source.possible().stream()
                .filter(text -> !text.isEmpty() && DayEnd.time(text) == null)
                .sorted()
                .findFirst()
                .ifPresent(text -> from.problem("\"" + from.text() + "\" may say \"" + text
                        + "\", expected a time of the night such as 04:00. Correct it there."));
        return new DayEnd(usual, source);
    }

    private static LocalTime time(Word word, String key) {
        LocalTime time = DayEnd.time(word.text());
        if (time == null) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected a time of the night such as \"04:00\".");
        }
        return time;
    }
}
