package dev.posbridge.cli;

import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.operations.document.DeadLetterJson;
import dev.posbridge.operations.document.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge dead-letters list}: a line each. */
@Command(
        name = "list",
        description = {
            "Lists dead letters, a line each: id, reason, and what was found where; the oldest first.",
            "",
            "Example: posbridge dead-letters list --vendor acme --reason phone-invalid --newest"
        })
final class DeadLettersList implements Callable<Integer> {
    @ParentCommand
    private DeadLettersCommand deadLetters;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeadLetterOptions options;

    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "Only those with this reason code, such as phone-invalid.")
    private String reason;

    @Option(names = "--all", description = "Closed ones too: replayed and discarded.")
    private boolean all;

    @Option(names = "--newest", description = "The newest first.")
    private boolean newest;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Prints JSON, with everything that show shows.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        DeadLetterFilter filter = options.filter(reason, all);
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(deadLetters.options())) {
            options.requireKnown(deadLetters.options(), ledger.database());
            DeadLetters book = new DeadLetters(ledger.database());
            List<DeadLetter> found = book.find(filter, newest, Math.max(1, limit));
            long count = book.count(filter);
            if (json) {
                out.println(Json.text(DeadLetterJson.list(ledger.account(), count, found)));
            } else if (count > 0 || !deadLetters.options().quiet()) {
                print(out, found, count);
            }
        }
        out.flush();
        return ExitCode.ALL_WELL.number();
    }

    private static void print(PrintWriter out, List<DeadLetter> found, long count) {
        found.forEach(letter -> out.println(DeadLetterView.line(letter)));
        if (count == 0) {
            out.println("No dead letters.");
        } else if (count > found.size()) {
            out.printf("%d of %d; more with --limit %d%n", found.size(), count, count);
        }
    }
}
