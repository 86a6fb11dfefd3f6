package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Engine;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge dead-letters replay}: once more, by today's profile. */
@Command(
        name = "replay",
        description = {
            "Translates the rows of dead letters again, by today's profiles and account settings, and delivers them.",
            "They keep their keys and order ids, so nothing can arrive twice; what is still bad is a new dead letter,",
            "with an id of its own; a sheet with the old id leads to it, too.",
            "Beside a running service it only stores them; the service delivers.",
            "",
            "Examples: posbridge dead-letters replay --from phones.csv",
            "          posbridge dead-letters replay --vendor uci-online-retail --reason original-not-found"
        })
final class DeadLettersReplay implements Callable<Integer> {
    @ParentCommand
    private DeadLettersCommand deadLetters;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeadLetterChoice choice;

    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "Only those with this reason code, such as phone-invalid.")
    private String reason;

    @Option(names = "--from", paramLabel = "FILE", description = "The corrected file that export wrote.")
    private Path from;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "4h",
            description = "Longest wait; what is not delivered then is stored. Default: ${DEFAULT-VALUE}.")
    private String timeout;

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = deadLetters.options();
        Duration longest = GlobalOptions.duration("--timeout", timeout);
        Profiles profiles = options.profiles(options.settings(Map.of()));
        Settings settings;
        Map<DeadLetter, String> chosen;
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(options)) {
            settings = ledger.settings(options);
            choice.requireKnown(options, ledger.database());
            chosen = chosen(new DeadLetters(ledger.database()), profiles);
        }
        Terminal terminal = new Terminal(spec.commandLine(), options.quiet() || json);
        if (chosen.isEmpty() && !json) {
            terminal.say("There is no such open dead letter; nothing was done.");
            return ExitCode.ALL_WELL.number();
        }
        return replay(settings, profiles, terminal, chosen, longest).number();
    }

    @SuppressWarnings({"try", "PMD.UnusedLocalVariable"}) // the folder is only held
    private ExitCode replay(
            Settings settings, Profiles profiles, Terminal terminal, Map<DeadLetter, String> chosen, Duration longest)
            throws InterruptedException {
        boolean quiet = deadLetters.options().quiet();
        Optional<DataFolder> free = DataFolder.tryTake(settings.folders().data(), "posbridge dead-letters replay");
        if (free.isEmpty()) {
            try (Ledger ledger = Ledger.open(settings)) {
                return new ReplayRun(ledger, settings, profiles, terminal, json, quiet).besideService(chosen);
            }
        }
        try (DataFolder folder = free.get();
                Engine engine = Engine.start(settings, profiles, Engine.Mode.ONE_SHOT)) {
            return new ReplayRun(engine.ledger(), settings, profiles, terminal, json, quiet)
                    .run(engine, chosen, longest);
        }
    }

    private Map<DeadLetter, String> chosen(DeadLetters book, Profiles profiles) {
        if (from != null && !choice.isNone(reason)) {
            throw new ConfigurationException(
                    "Give either --from, or ids, or options that select; not several of them.");
        }
        if (from != null) {
            return new Corrections(from, book, profiles).read();
        }
        Map<DeadLetter, String> asTheyWere = new LinkedHashMap<>();
        choice.of(book, reason).forEach(letter -> asTheyWere.put(letter, null));
        return asTheyWere;
    }
}
