package dev.posbridge.intake.sftp;

/** What a server calls something, fit for a line of the log: short, and without anything that moves a cursor. */
final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    static String of(String text) {
        String plain = String.valueOf(text).replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }
}
