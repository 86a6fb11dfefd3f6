package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code receipt}: how rows become receipts. */
final class ReceiptReader {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})\\s*([smh])");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*([KM])iB");
    private static final long LARGEST = 64 << 20;

    private final Section section;
    private final Vocabulary vocabulary;

    private ReceiptReader(Section section, Vocabulary vocabulary) {
        this.section = section;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads it, where it is there: else each row is a receipt.
     *
     * @param on columns by which several files are joined, null where a receipt stands in one
     */
    static Assembly read(Section root, List<String> on, Vocabulary vocabulary) {
        Section section = root.section("receipt");
        if (section == null) {
            return on == null
                    ? Assembly.ROW_BY_ROW
                    : Assembly.ROW_BY_ROW.scattered(
                            on.stream().map(vocabulary::column).toList());
        }
        return new ReceiptReader(section, vocabulary).assembly(on);
    }

    private Assembly assembly(List<String> on) {
        Condition starts = vocabulary.condition(section.word("starts"));
        if (starts == null) {
            section.requireKey("key");
        }
        boolean scattered = on != null;
        List<Source> key =
                section.words("key").stream().map(word -> keyPart(word, on)).toList();
        String rows = section.choice("rows", List.of("adjacent", "scattered"), scattered ? "scattered" : "adjacent");
        if (scattered && rows.equals("adjacent")) {
            section.problem("\"rows\" is \"adjacent\", but the rows of a receipt lie in several files. Remove it.");
        }
        scattered |= rows.equals("scattered");
        if (scattered && starts != null) {
            section.problem("\"starts\" says that the rows behind it belong to a receipt, but rows are \"scattered\"."
                    + " Remove one of them.");
        }
        Assembly made = new Assembly(
                key,
                starts,
                scattered,
                varies(),
                duration("time-spread"),
                count("max-rows", Assembly.MAX_ROWS),
                size(),
                count("max-lines", Assembly.MAX_LINES),
                new int[0],
                sequence());
        section.refuseUnknown();
        return made;
    }

    /** Rows of several files have in common only that by which these are joined. */
    private Source keyPart(Word word, List<String> on) {
        Source source = vocabulary.source(word);
        if (on != null) {
            List<String> names = vocabulary.columns().names();
            source.columns(slot -> {
                if (!Columns.contains(on, names.get(slot))) {
                    word.problem("\"key\" has \"" + word.text() + "\", expected columns by which the files are joined: "
                            + String.join(", ", on) + ".");
                }
            });
        }
        return source;
    }

    private Set<Integer> varies() {
        Set<Integer> slots = new HashSet<>();
        for (Word word : section.words("varies")) {
            vocabulary.source(word).columns(slots::add);
        }
        return slots;
    }

    private int count(String key, int otherwise) {
        return FormatKeys.count(section, key, otherwise);
    }

    private int size() {
        Word word = section.word("max-size");
        if (word == null) {
            return Assembly.MAX_SIZE;
        }
        Matcher matcher = SIZE.matcher(word.text());
        long size = matcher.matches()
                ? Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("K") ? 10 : 20)
                : 0;
        if (size == 0 || size > LARGEST) {
            word.problem("\"max-size\" is \"" + word.text() + "\", expected a size up to 64MiB, such as 8MiB.");
            return Assembly.MAX_SIZE;
        }
        return (int) size;
    }

    private Duration duration(String key) {
        Word word = section.word(key);
        if (word == null) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(word.text());
        if (!matcher.matches()) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected a time such as 90s, 5m or 1h.");
            return Duration.ZERO;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private Sequence sequence() {
        Section own = section.section("sequence");
        if (own == null) {
            return null;
        }
        Word number = own.requiredWord("number");
        own.requireKey("register");
        List<Source> register =
                own.words("register").stream().map(vocabulary::source).toList();
        boolean daily =
                own.choice("restarts", List.of("daily", "never"), "never").equals("daily");
        own.refuseUnknown();
        return number == null ? null : new Sequence(vocabulary.source(number), register, daily);
    }
}
