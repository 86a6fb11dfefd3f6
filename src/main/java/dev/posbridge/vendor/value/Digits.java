package dev.posbridge.vendor.value;

/** Digits of other scripts: Arabic-Indic, Persian, Devanagari, full width and their kind. */
final class Digits {
    private Digits() {}

    /** The ASCII digit of the same value; what is no digit stays. */
    static char plain(char found) {
        if (found < 0x660) {
            return found;
        }
        int value = Character.digit(found, 10);
        return value < 0 ? found : (char) ('0' + value);
    }

    /** The text with every digit in ASCII; the same object where there is no other. */
    static String plain(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (plain(text.charAt(index)) != text.charAt(index)) {
                return converted(text);
            }
        }
        return text;
    }

    private static String converted(String text) {
        StringBuilder made = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            made.append(plain(text.charAt(index)));
        }
        return made.toString();
    }
}
