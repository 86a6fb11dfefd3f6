package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Count;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.operations.Discarding;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge dead-letters discard}: closed for good. */
@Command(
        name = "discard",
        description = {
            "Closes dead letters for good: nothing of them will be sent. They stay counted as dead, with your words.",
            "",
            "Example: posbridge dead-letters discard --reason \"refunded by hand\" 12 13"
        })
final class DeadLettersDiscard implements Callable<Integer> {
    @ParentCommand
    private DeadLettersCommand deadLetters;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeadLetterChoice choice;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, in your own words; whoever looks later reads it.")
    private String why;

    @Option(
            names = "--reason-code",
            paramLabel = "R",
            description = "Only those with this reason code, such as original-not-found.")
    private String reason;

    @Override
    public Integer call() {
        if (why.isBlank()) {
            throw new ConfigurationException("--reason is blank, expected why they are discarded, in your own words.");
        }
        GlobalOptions options = deadLetters.options();
        try (LedgerDatabase database = LedgerDatabase.openExisting(Ledger.address(options.settings(Map.of())))) {
            choice.requireKnown(options, database);
            DeadLetters book = new DeadLetters(database);
            List<DeadLetter> chosen = choice.of(book, reason);
            List<Long> discarded = Discarding.discard(
                    database, chosen.stream().map(DeadLetter::id).toList(), why);
            List<DeadLetter> closed = chosen.stream()
                    .filter(letter -> !discarded.contains(letter.id()))
                    .toList();
            if (!options.quiet()) {
                spec.commandLine()
                        .getOut()
                        .println("Discarded " + Count.of(discarded.size(), "dead letter") + "."
                                + DeadLetterChoice.closed(closed));
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.ALL_WELL.number();
    }
}
