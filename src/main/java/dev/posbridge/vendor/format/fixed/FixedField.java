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
        if (line.length() < from) {
            return "";
        }
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

    /** Most characters of a value. */
    int room() {
        return to - from + 1;
    }

    boolean takes(String value) {
        return value.length() <= room();
    }

    /** Whether what stands at the other's place is a part of it. */
    boolean covers(FixedField other) {
        return from <= other.from && to >= other.to;
    }

    /** Puts the value into its place; what does not fit is cut, as a till would. */
    void write(String value, StringBuilder line) {
        while (line.length() < to) {
            line.append(' ');
        }
        String kept = takes(value) ? value : value.substring(0, room());
        String filler = String.valueOf(pad).repeat(room() - kept.length());
        line.replace(from - 1, to, right ? filler + kept : kept + filler);
    }
}
