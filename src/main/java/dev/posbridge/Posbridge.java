package dev.posbridge;

import dev.posbridge.cli.PosbridgeCli;

/** The program. */
public final class Posbridge {
    private Posbridge() {}

    public static void main(String[] arguments) {
        System.exit(PosbridgeCli.run(arguments));
    }
}
