package dev.posbridge;

import java.util.regex.Pattern;

/** Names that we let near a file system: one segment, no dot before, nothing that anybody could take for an instruction. */
public final class PlainName {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,127}");

    private PlainName() {}

    public static boolean is(String name) {
        return PLAIN.matcher(name).matches();
    }
}
