package dev.posbridge.intake.sftp;

/** The name of the file that says that another is whole: {@code {file}.done}, {@code {base}.ok}, or one for all. */
public final class DoneFile {
    private DoneFile() {}

    static String of(String pattern, String file) {
        int dot = file.lastIndexOf('.');
        return pattern.replace("{file}", file).replace("{base}", dot > 0 ? file.substring(0, dot) : file);
    }

    /** The pattern as Camel writes it; null stays null. */
    public static String asCamelWritesIt(String pattern) {
        return pattern == null
                ? null
                : pattern.replace("{file}", "${file:name}").replace("{base}", "${file:name.noext}");
    }
}
