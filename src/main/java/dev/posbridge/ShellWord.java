package dev.posbridge;

/** A word of a command that somebody is to copy, as a shell takes it. */
public final class ShellWord {
    private ShellWord() {}

    public static String of(Object value) {
        String word = value.toString();
        return word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
