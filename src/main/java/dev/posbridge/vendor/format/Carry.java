package dev.posbridge.vendor.format;

import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code format.carry}: rows of such record types are no receipt's; what they say in these columns holds for all rows behind
 * them, up to the next one. The first type is the outermost: a new one of it ends what those behind it said.
 *
 * @param columns by record type
 */
public record Carry(Map<String, List<String>> columns) {
    public static final Carry NONE = new Carry(Map.of());

    /**
     * Reads it.
     *
     * @param types columns by record type; null or empty for those that are passed over
     */
    public static Carry read(Section format, Map<String, List<String>> types) {
        Section section = format.section("carry");
        if (section == null) {
            return NONE;
        }
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (String type : section.keys()) {
            List<Word> words = section.words(type);
            List<String> known = types.get(type);
            if (known == null || known.isEmpty()) {
                words.stream()
                        .findFirst()
                        .ifPresent(word -> word.problem("record type \"" + type
                                + "\" has no columns under format.types. Known there: "
                                + String.join(", ", new TreeSet<>(types.keySet())) + "."));
                continue;
            }
            for (Word word : words) {
                if (!Columns.contains(known, word.text())) {
                    word.problem("unknown column \"" + word.text() + "\" of record type \"" + type + "\". It has: "
                            + String.join(", ", known) + ".");
                }
            }
            columns.put(type, FormatKeys.texts(words));
        }
        return new Carry(columns);
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Whether rows of that type say what holds for others. */
    public boolean isHead(String type) {
        return columns.containsKey(type);
    }

    /** All columns that are carried, in order. */
    List<String> names() {
        return columns.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** The columns that rows have besides their own. */
    public List<String> besides(List<String> own) {
        return names().stream().filter(name -> !Columns.contains(own, name)).toList();
    }

    /** The columns of rows with what is carried to them. */
    public List<String> with(List<String> own) {
        List<String> all = new ArrayList<>(own);
        all.addAll(besides(own));
        return all;
    }

    /** Their places: what is carried to them stands in another row. */
    public static int[] places(int[] own, int all) {
        return Arrays.copyOf(own, all);
    }
}
