package dev.posbridge.vendor.value;

import dev.posbridge.vendor.format.Blank;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A cell in which people write a phone number, an e-mail address, or both. */
final class ContactCell {
    private static final String BETWEEN = "[\\s\\h,;|]+";

    private ContactCell() {}

    /** What remains without words that have an @. */
    static String withoutAddress(String cell) {
        return cell.indexOf('@') < 0 ? cell : words(cell, false);
    }

    /** The words that have an @, joined by blanks. */
    static String address(String cell) {
        return cell.indexOf('@') < 0 ? "" : words(cell, true);
    }

    private static String words(String cell, boolean addresses) {
        return Arrays.stream(Blank.strip(cell).split(BETWEEN))
                .filter(word -> word.indexOf('@') >= 0 == addresses)
                .collect(Collectors.joining(" "))
                .replaceFirst("[/]+$", "");
    }
}
