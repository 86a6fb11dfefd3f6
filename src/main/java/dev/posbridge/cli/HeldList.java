package dev.posbridge.cli;

import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.operations.document.HeldJson;
import dev.posbridge.operations.document.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge held list}: what is held, and why. */
@Command(
        name = "list",
        description = {
            "Lists held files, the oldest first: what they come to, and why.",
            "",
            "Example: posbridge held list --json"
        })
final class HeldList implements Callable<Integer> {
    @ParentCommand
    private HeldCommand held;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(held.options())) {
            List<Held> files = new HoldBook(ledger.database()).held();
            if (json) {
                out.println(Json.text(HeldJson.list(ledger.account(), files)));
            } else if (files.isEmpty()) {
                if (!held.options().quiet()) {
                    out.println("Nothing is held.");
                }
            } else {
                files.forEach(file -> {
                    out.println(HeldView.line(file));
                    out.println("    " + file.told());
                });
                out.println("Then: posbridge release FILE --reason T, or posbridge reject FILE --reason T");
            }
        }
        out.flush();
        return ExitCode.ALL_WELL.number();
    }
}
