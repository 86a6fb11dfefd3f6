package dev.posbridge.cli;

import dev.posbridge.ShellWord;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.operations.document.HeldJson;
import dev.posbridge.operations.document.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge held show}: one held file, its numbers, and where it lies. */
@Command(
        name = "show",
        description = {
            "Shows a held file: what it comes to, each number that is too large, and where it lies.",
            "",
            "Example: posbridge held show EOD_07_20260131.csv"
        })
final class HeldShow implements Callable<Integer> {
    @ParentCommand
    private HeldCommand held;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HeldFile file;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(held.options())) {
            Held found = file.held(new HoldBook(ledger.database()));
            if (json) {
                out.println(Json.text(HeldJson.one(ledger.account(), found)));
            } else {
                out.println(HeldView.line(found));
                out.println("  lies at        " + found.path());
                out.println("  since          " + TraceView.local(found.since()));
                found.told()
                        .replaceFirst("^" + java.util.regex.Pattern.quote(found.name()) + ": ", "")
                        .lines()
                        .flatMap(line -> java.util.Arrays.stream(line.split("; (?!then )")))
                        .forEach(line -> out.println("  - " + line));
                out.println("  look closer    posbridge check --vendor " + found.vendor() + " "
                        + ShellWord.of(found.path()));
            }
        }
        out.flush();
        return ExitCode.ALL_WELL.number();
    }
}
