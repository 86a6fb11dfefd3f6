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

    /** How many slips: a letter too many, one too few, another one, or two neighbours that changed places. */
    private static int distance(String left, String right) {
        int[] twoAbove = new int[right.length() + 1];
        int[] above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = above[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
                if (row > 1
                        && column > 1
                        && left.charAt(row - 1) == right.charAt(column - 2)
                        && left.charAt(row - 2) == right.charAt(column - 1)) {
                    current[column] = Math.min(current[column], 1 + twoAbove[column - 2]);
                }
            }
            twoAbove = above;
            above = current;
        }
        return above[right.length()];
    }
}
