package dev.posbridge.cli;

import picocli.CommandLine.Command;

/** {@code posbridge held}: what waits for a person before anything of it leaves. */
@Command(
        name = "held",
        description = {
            "Shows files that are held: outside of their profile's limits, unlike what their store usually brings, or the",
            "first by a new or changed profile. 'posbridge release' lets one go, 'posbridge reject' sends it away.",
            "",
            "Example: posbridge held list"
        },
        subcommands = {HeldList.class, HeldShow.class})
final class HeldCommand extends CommandGroup {
    HeldCommand() {
        super(": list or show FILE");
    }
}
