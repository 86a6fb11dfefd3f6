package dev.posbridge.cli;

import picocli.CommandLine.Command;

/** {@code posbridge vendor}: the profiles, for whoever writes them. */
@Command(
        name = "vendor",
        description = "Lists the vendors' profiles, drafts a new one from a file, shows what a change of one changes.",
        subcommands = {VendorListCommand.class, VendorNewCommand.class, VendorDiffCommand.class})
final class VendorCommand extends CommandGroup {
    VendorCommand() {
        super(", for instance: ./posbridge vendor list");
    }
}
