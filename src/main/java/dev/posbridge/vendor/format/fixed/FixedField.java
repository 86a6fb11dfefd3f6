package dev.posbridge.vendor.format.fixed;

/**
 * A field of a line.
 *
 * @param from first character, from 1
 * @param to last character
 * @param pad what fills the field up, besides blanks
 * @param right whether the value stands at the field's right, so that it is filled up before
 */
record FixedField(String name, int from, int to, char pad, boolean right) {
    String read(String line) {
        String text = line.substring(from - 1, Math.min(to, line.length())).strip();
        if (pad == ' ') {
            return text;
        }
        int start = 0;
        int end = text.length();
        while (right && start < end && text.charAt(start) == pad) {
            start++;
        }
        while (!right && start < end && text.charAt(end - 1) == pad) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Puts the value into its place; what does not fit is cut, as a till would. */
    void write(String value, StringBuilder line) {
        while (line.length() < to) {
            line.append(' ');
        }
        int room = to - from + 1;
        String kept = value.length() > room ? value.substring(0, room) : value;
        String filler = String.valueOf(pad).repeat(room - kept.length());
        line.replace(from - 1, to, right ? filler + kept : kept + filler);
    }
}
