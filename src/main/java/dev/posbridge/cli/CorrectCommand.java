package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Engine;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge correct}: orders that were delivered wrong are taken back, and sent as they should have been. */
@Command(
        name = "correct",
        description = {
            "Takes back orders that were delivered wrong: a refund of the whole of each, then the corrected sale under a",
            "revised order id (acme-7~2), then what was returned meanwhile. Later returns find the revised order. What was",
            "not sent yet is replaced. Each step is in the ledger before it is sent: interrupted, it goes on; run it again",
            "for what was not written yet. Beside a running service the service delivers.",
            "",
            "Without --with the corrections are those that came already, as dead letters changed-after-delivery.",
            "",
            "Examples: posbridge correct --file EOD_07_20260131.csv --with fixed/EOD_07.csv --reason pence --dry-run",
            "          posbridge correct --records 07-3-1182-20260131 --reverse-only --reason 'training till'"
        })
final class CorrectCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorrectChoice choice;

    @Option(names = "--with", paramLabel = "FILE", description = "The corrected file, in the vendor's format.")
    private Path with;

    @Option(names = "--reason", required = true, paramLabel = "T", description = "Why; kept in the audit table.")
    private String reason;

    @Option(names = "--dry-run", description = "Says what it would do, and does nothing.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "4h",
            description = "Longest wait; what is not delivered then is stored. Default: ${DEFAULT-VALUE}.")
    private String timeout;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        ReadAgain.requireReason(reason);
        choice.require(with);
        Duration longest = GlobalOptions.duration("--timeout", timeout);
        GlobalOptions options = posbridge.options();
        Settings settings = ReadAgain.settings(options);
        Profiles profiles = options.profiles(settings);
        if (with != null && !Files.isRegularFile(with)) {
            throw new ConfigurationException(FileProblem.absent(with) + ". Name the file with the corrected sales.");
        }
        Terminal terminal = new Terminal(spec.commandLine(), options.quiet() || json);
        if (dryRun) {
            try (ReadOnlyLedger ledger = ReadOnlyLedger.open(options)) {
                return new CorrectionLook(settings, profiles, choice).print(ledger, with, terminal, json);
            }
        }
        return HandOver.isPossible(settings)
                ? beside(settings, terminal, longest)
                : here(settings, profiles, terminal, longest);
    }

    @SuppressWarnings({"try", "PMD.UnusedLocalVariable"}) // the folder is only held
    private int here(Settings settings, Profiles profiles, Terminal terminal, Duration longest)
            throws InterruptedException {
        try (DataFolder folder = DataFolder.take(settings.folders().data(), "posbridge correct", Duration.ZERO);
                Engine engine = Engine.start(settings, profiles, Engine.Mode.ONE_SHOT)) {
            IngestRun run = new IngestRun(engine, terminal);
            CorrectionBook book = new CorrectionBook(engine.ledger().database());
            return run(settings, book, engine.ledger(), terminal)
                    .run(
                            with == null
                                    ? null
                                    : () -> run.run(
                                            List.of(new IngestRun.Input(corrected(), choice.vendor(book))),
                                            IngestCommand.Wait.stored,
                                            longest),
                            files -> run.watch(files, IngestCommand.Wait.delivered, longest));
        }
    }

    private int beside(Settings settings, Terminal terminal, Duration longest) throws InterruptedException {
        try (Ledger ledger = Ledger.openExisting(settings)) {
            CorrectionBook book = new CorrectionBook(ledger.database());
            HandOver service = new HandOver(settings, ledger, terminal);
            return run(settings, book, ledger, terminal)
                    .run(
                            with == null
                                    ? null
                                    : () -> service.run(
                                            List.of(corrected()),
                                            choice.vendor(book),
                                            IngestCommand.Wait.stored,
                                            longest),
                            files -> service.watch(files, IngestCommand.Wait.delivered, longest));
        }
    }

    private CorrectionRun run(Settings settings, CorrectionBook book, Ledger ledger, Terminal terminal) {
        return new CorrectionRun(
                settings,
                book,
                ledger.account(),
                terminal,
                choice.wish(),
                reason,
                json,
                posbridge.options().quiet());
    }

    private Path corrected() {
        return with.toAbsolutePath().normalize();
    }
}
