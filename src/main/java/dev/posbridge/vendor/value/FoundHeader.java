package dev.posbridge.vendor.value;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The names that a header was found to have, for a message. Where a file has no header its first row stands there, with
 * whom it is about: then only what is a column's name is shown whole.
 */
public final class FoundHeader {
    private static final int DIGITS_OF_DATA = 7;
    private static final int SHOWN_OF_DATA = 2;
    private static final int LONGEST = 1_000;

    private FoundHeader() {}

    /** @param columns that the profile names */
    public static String shown(List<String> found, List<String> columns) {
        boolean data = found.stream().anyMatch(FoundHeader::isData);
        String text = found.stream()
                .map(cell -> data && !columns.contains(cell) ? masked(cell) : cell)
                .collect(Collectors.joining(", "));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static boolean isData(String cell) {
        return cell.indexOf('@') >= 0 || cell.chars().filter(Character::isDigit).count() >= DIGITS_OF_DATA;
    }

    private static String masked(String cell) {
        return cell.length() <= SHOWN_OF_DATA ? cell : cell.substring(0, SHOWN_OF_DATA) + "***";
    }
}
