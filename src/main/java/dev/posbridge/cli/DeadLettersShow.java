package dev.posbridge.cli;

import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.operations.document.DeadLetterJson;
import dev.posbridge.operations.document.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge dead-letters show}: everything about one. */
@Command(
        name = "show",
        description = {
            "Shows everything about one dead letter: where it stood, why it died, what to do, its rows, its record.",
            "",
            "Example: posbridge dead-letters show 12"
        })
final class DeadLettersShow implements Callable<Integer> {
    @ParentCommand
    private DeadLettersCommand deadLetters;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Its id, as posbridge dead-letters list shows it.")
    private long id;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(deadLetters.options())) {
            DeadLetters book = new DeadLetters(ledger.database());
            DeadLetter letter = DeadLetterChoice.byId(book, id);
            if (json) {
                out.println(Json.text(DeadLetterJson.one(ledger.account(), letter)));
            } else {
                DeadLetterView.print(out, letter);
                DeadLetter newest = book.newest(letter);
                if (newest.id() != letter.id()) {
                    out.println("It is dead again, as dead letter " + newest.id()
                            + ". A sheet with the old id works, too.");
                }
            }
        }
        out.flush();
        return ExitCode.ALL_WELL.number();
    }
}
