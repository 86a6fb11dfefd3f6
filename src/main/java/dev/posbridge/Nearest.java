package dev.posbridge;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The known name that is closest to {@code found}, or nothing where none is close. */
    public static Optional<String> to(String found, Collection<String> known) {
        String wanted = fold(found);
        int limit = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(name -> distance(wanted, fold(name)) <= limit)
                .min(Comparator.comparingInt(name -> distance(wanted, fold(name))));
    }

    /** The known names, the closest first. */
    public static List<String> sorted(String found, Collection<String> known) {
        String wanted = fold(found);
        return known.stream()
                .sorted(Comparator.comparingInt(name -> distance(wanted, fold(name))))
                .toList();
    }

    /** A question that names the closest, to be put behind the problem; nothing where none is close. */
    public static String question(String found, Collection<String> known) {
        return to(found, known).map(name -> " Did you mean \"" + name + "\"?").orElse("");
    }

    /** A sentence that names the closest and all known names, to be put behind the problem. */
    public static String hint(String found, Collection<String> known) {
        return question(found, known) + " Known here: " + String.join(", ", known) + ".";
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int diagonal = above[0];
            above[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = diagonal + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = above[column];
                above[column] = Math.min(replaced, 1 + Math.min(diagonal, above[column - 1]));
            }
        }
        return above[right.length()];
    }
}
