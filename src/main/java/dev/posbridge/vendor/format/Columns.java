package dev.posbridge.vendor.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that a profile uses, numbered as they are met ("slots"). A {@link Layout} later says where each slot is in
 * one file, once; reading a value then is two array accesses. Names are compared without case and blanks.
 */
public final class Columns {
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> placeholders;

    public Columns() {
        this(Set.of());
    }

    /** @param placeholders texts, in small letters, that are written where nothing is meant */
    public Columns(Set<String> placeholders) {
        this.placeholders = Set.copyOf(placeholders);
    }

    /** Whether the text is written where nothing is meant. */
    boolean meansNothing(String text) {
        return !placeholders.isEmpty() && placeholders.contains(text.toLowerCase(Locale.ROOT));
    }

    /** The slot of a column; a new one where the name is met first. */
    public int slot(String name) {
        return slots.computeIfAbsent(fold(name), folded -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    /** Names as the profile writes them, by slot. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** Where each slot is among the given columns, -1 for those that are not there. */
    int[] indexesIn(List<String> present) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int index = 0; index < present.size(); index++) {
            places.putIfAbsent(fold(present.get(index)), index);
        }
        int[] indexes = new int[names.size()];
        slots.forEach((folded, slot) -> indexes[slot] = places.getOrDefault(folded, -1));
        return indexes;
    }

    /** A column of ours that stands there more than once, so that nobody knows which is meant. */
    public Optional<String> repeatedIn(List<String> present) {
        Set<String> once = new HashSet<>();
        Set<String> again = new HashSet<>();
        for (String name : present) {
            String folded = fold(name);
            if (!once.add(folded)) {
                again.add(folded);
            }
        }
        return again.isEmpty()
                ? Optional.empty()
                : names.stream().filter(name -> again.contains(fold(name))).findFirst();
    }

    /**
     * Our columns that are not there.
     *
     * @param optional those that need not be, {@link #folded}
     */
    public List<String> missingIn(List<String> present, Set<String> optional) {
        Set<String> there = folded(present);
        List<String> missing = new ArrayList<>();
        slots.forEach((folded, slot) -> {
            if (!there.contains(folded) && !optional.contains(folded)) {
                missing.add(names.get(slot));
            }
        });
        return missing;
    }

    /** Names as they are compared. */
    public static Set<String> folded(Collection<String> names) {
        Set<String> folded = new HashSet<>();
        names.forEach(name -> folded.add(fold(name)));
        return folded;
    }

    public static boolean contains(Collection<String> names, String name) {
        return names.stream().anyMatch(known -> fold(known).equals(fold(name)));
    }

    /** Where the name stands among others; -1 where it does not. */
    public static int indexOf(List<String> names, String name) {
        String folded = fold(name);
        for (int index = 0; index < names.size(); index++) {
            if (fold(names.get(index)).equals(folded)) {
                return index;
            }
        }
        return -1;
    }

    private static String fold(String name) {
        // Each message has a header of its own, and most names are written plainly.
        return isPlain(name) ? name : folded(name);
    }

    private static boolean isPlain(String name) {
        for (int index = 0; index < name.length(); index++) {
            char letter = name.charAt(index);
            if (letter <= ' ' || letter > '~' || letter >= 'A' && letter <= 'Z') {
                return false;
            }
        }
        return true;
    }

    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        name.codePoints()
                .filter(point -> !Character.isWhitespace(point) && point != 0xA0)
                .forEach(folded::appendCodePoint);
        return folded.toString().toLowerCase(Locale.ROOT);
    }
}
