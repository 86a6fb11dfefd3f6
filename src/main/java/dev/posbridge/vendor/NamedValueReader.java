package dev.posbridge.vendor;

import dev.posbridge.vendor.value.Composed;
import dev.posbridge.vendor.value.Dated;
import dev.posbridge.vendor.value.Formed;
import dev.posbridge.vendor.value.LookedUp;
import dev.posbridge.vendor.value.Mapped;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what a profile names under {@code values}. */
final class NamedValueReader {
    private static final int WIDEST = 64;

    private NamedValueReader() {}

    /** @param values null where the profile names none */
    static void addTo(Vocabulary vocabulary, Section values, Lookups lookups, DayEndReader dayEnds) {
        if (values == null) {
            return;
        }
        for (String name : values.keys()) {
            Section value = values.section(name);
            if (value != null) {
                Source made = value.has("lookup") || value.has("column")
                        ? lookups.value(name, value, vocabulary)
                        : read(name, value, vocabulary, dayEnds);
                if (made != null) {
                    vocabulary.add(name, made);
                }
            }
        }
    }

    private static Source read(String name, Section value, Vocabulary vocabulary, DayEndReader dayEnds) {
        if (value.has("patterns") || value.has("as")) {
            return dated(name, value, vocabulary, dayEnds);
        }
        if (value.has("text")) {
            return composed(name, value, vocabulary);
        }
        return part(name, value, vocabulary);
    }

    private static Source composed(String name, Section value, Vocabulary vocabulary) {
        Word text = value.word("text");
        value.refuseUnknown();
        return text == null ? null : new Composed(name, vocabulary.idTemplate("text", text, Map.of()));
    }

    /** A part of a value, in a width of its own or in other words. */
    private static Source part(String name, Section value, Vocabulary vocabulary) {
        Word from = value.requiredWord("from");
        Word extract = value.word("extract");
        Pattern pattern = FileNameReader.pattern(extract);
        if (pattern != null && pattern.matcher("").groupCount() != 1) {
            extract.problem("\"extract\" needs exactly one group in parentheses.");
        }
        Word width = value.word("width");
        boolean padded = value.flag("pad", false);
        Word matches = value.word("matches");
        Pattern form = FileNameReader.pattern(matches);
        Section map = value.section("map");
        String unknown = value.choice("otherwise", List.of("blank", "keep", "dead"), "blank");
        if (extract == null && width == null && matches == null && map == null) {
            value.problem(
                    "a value needs \"extract\", \"width\", \"matches\" or \"map\", or \"patterns\" and \"as\" for a day, or"
                            + " \"lookup\" and \"column\".");
        } else if (padded && width == null) {
            value.problem("\"pad\" needs \"width\": how many digits there should be.");
        }
        value.refuseUnknown();
        if (from == null) {
            return null;
        }
        Source part = new Source.Derived(name, vocabulary.source(from), pattern);
        if (map != null) {
            Map<String, String> words = new LinkedHashMap<>();
            map.allWords().forEach((word, meaning) -> words.put(word, meaning.text()));
            part = new Mapped(name, part, words, LookedUp.Missing.valueOf(unknown.toUpperCase(Locale.ROOT)));
        }
        Source wide = width == null ? part : new Source.Wide(part, width(width), padded);
        return form == null ? wide : new Formed(wide, form);
    }

    /** A day written another way. */
    private static Source dated(String name, Section value, Vocabulary vocabulary, DayEndReader dayEnds) {
        value.requireKey("from");
        value.requireKey("patterns");
        List<Source> from = value.words("from").stream().map(vocabulary::source).toList();
        List<Word> words = value.words("patterns");
        Word as = value.requiredWord("as");
        String day = value.choice("day", List.of("calendar", "business", "before"), "calendar");
        boolean business = day.equals("business");
        if (business && dayEnds.read() == null) {
            value.problem("\"day\" is \"business\", but the profile does not say when days end (day-ends).");
        }
        value.refuseUnknown();
        DateTimeFormatter format = format(as);
        if (from.isEmpty() || words.isEmpty() || format == null) {
            return null;
        }
        return new Dated(
                name,
                from,
                words.stream().map(Word::text).toList(),
                ValueReader.patterns(words),
                format,
                business ? dayEnds.read() : null,
                day.equals("before"));
    }

    private static DateTimeFormatter format(Word as) {
        try {
            DateTimeFormatter format = as == null ? null : DateTimeFormatter.ofPattern(as.text(), Locale.ENGLISH);
            if (format != null) {
                format.format(LocalDate.EPOCH);
            }
            return format;
        } catch (IllegalArgumentException | DateTimeException problem) {
            as.problem("\"as\" is \"" + as.text() + "\", expected a pattern of days such as yyyyMMdd.");
            return null;
        }
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
