package dev.posbridge;

import dev.posbridge.cli.PosbridgeCli;

/** The program. */
public final class Posbridge {
    /** As pom.xml has it. */
    public static final String VERSION = "0.1.0";

    private Posbridge() {}

    public static void main(String[] arguments) {
        System.exit(PosbridgeCli.run(arguments));
    }
}
