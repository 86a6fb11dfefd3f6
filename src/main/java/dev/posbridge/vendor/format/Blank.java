package dev.posbridge.vendor.format;

/**
 * What looks like nothing on paper: blanks of any width (U+00A0, U+202F, U+2009, U+3000 and their kind) and characters
 * that have no shape at all (zero width, direction marks, a byte order mark in the middle of a file). {@link
 * String#strip()} leaves half of them.
 */
public final class Blank {
    private Blank() {}

    /** The text without what looks like nothing at both ends. */
    public static String strip(String text) {
        int end = text.length();
        int start = 0;
        while (start < end && is(text.charAt(start))) {
            start++;
        }
        while (end > start && is(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == text.length() ? text : text.substring(start, end);
    }

    /** Whether nothing can be seen of the text. */
    public static boolean is(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (!is(text.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing can be seen of the character. */
    public static boolean is(char found) {
        return found <= ' ' || found >= 0x7F && isUnseen(found);
    }

    /** Whether it has no width either, as a direction mark. */
    public static boolean isShapeless(char found) {
        return found >= 0x7F && Character.getType(found) == Character.FORMAT;
    }

    private static boolean isUnseen(char found) {
        return Character.isSpaceChar(found)
                || Character.isWhitespace(found)
                || Character.isISOControl(found)
                || Character.getType(found) == Character.FORMAT
                || found == '\u2800';
    }
}
