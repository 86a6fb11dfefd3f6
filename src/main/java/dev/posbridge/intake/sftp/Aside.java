package dev.posbridge.intake.sftp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that a file at a server has between being taken and being put away: {@code night.csv.posbridge-taken}, with a
 * number behind it where that is in use.
 */
final class Aside {
    private static final String SUFFIX = ".posbridge-taken";
    private static final Pattern NAME = Pattern.compile("(.+)" + Pattern.quote(SUFFIX) + "(\\.[0-9]+)?");

    private Aside() {}

    static String of(String path) {
        return path + SUFFIX;
    }

    static boolean is(String path) {
        return NAME.matcher(path).matches();
    }

    /** The name that it had; a path that is not one of ours is returned as it is. */
    static String original(String path) {
        Matcher matcher = NAME.matcher(path);
        return matcher.matches() ? matcher.group(1) : path;
    }
}
