package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Engine;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Approval;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.operations.HeldFiles;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A file that was held or rejected is read again because a person says so: here, or by the service that runs. */
final class ReadAgain {
    @Option(
            names = "--wait",
            paramLabel = "stored|delivered|none",
            defaultValue = "delivered",
            description = "Until when to wait: every record ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private IngestCommand.Wait wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "4h",
            description = "Longest wait; what is not delivered then is stored. Default: ${DEFAULT-VALUE}.")
    private String timeout;

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    /** @param command as it stands in the audit table */
    int run(
            GlobalOptions options,
            CommandLine line,
            String reason,
            Function<HoldBook, Held> choice,
            Approval approval,
            String command)
            throws InterruptedException {
        requireReason(reason);
        Duration longest = GlobalOptions.duration("--timeout", timeout);
        Settings settings = settings(options);
        Profiles profiles = options.profiles(settings);
        Held file = approve(settings, reason, choice, approval, command);
        Terminal terminal = new Terminal(line, options.quiet() || json);
        IngestResult result = HandOver.isPossible(settings)
                ? beside(settings, terminal, file, longest)
                : here(settings, profiles, terminal, file, longest, "posbridge " + command);
        result.print(terminal, json, options.quiet());
        return result.exitCode().number();
    }

    static void requireReason(String reason) {
        if (reason.isBlank()) {
            throw new ConfigurationException("--reason is blank, expected why, in your own words.");
        }
    }

    /** As the ledger knows its account. */
    static Settings settings(GlobalOptions options) {
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(options)) {
            return ledger.settings(options);
        }
    }

    private static Held approve(
            Settings settings, String reason, Function<HoldBook, Held> choice, Approval approval, String command) {
        try (Ledger ledger = Ledger.open(settings)) {
            Held file = choice.apply(new HoldBook(ledger.database()));
            return new HeldFiles(ledger.database(), settings).approve(file, approval, command, reason);
        }
    }

    private IngestResult beside(Settings settings, Terminal terminal, Held file, Duration longest)
            throws InterruptedException {
        try (Ledger ledger = Ledger.openExisting(settings)) {
            HandOver service = new HandOver(settings, ledger, terminal);
            return isThere(file)
                    ? service.run(List.of(Path.of(file.path())), file.vendor(), wait, longest)
                    : service.watch(List.of(file.id()), wait, longest);
        }
    }

    private static boolean isThere(Held file) {
        return file.state() != FileState.RELEASED && file.state() != FileState.SETTLED;
    }

    @SuppressWarnings({"try", "PMD.UnusedLocalVariable"}) // the folder is only held
    private IngestResult here(
            Settings settings, Profiles profiles, Terminal terminal, Held file, Duration longest, String holder)
            throws InterruptedException {
        try (DataFolder folder = DataFolder.take(settings.folders().data(), holder, Duration.ZERO);
                Engine engine = Engine.start(settings, profiles, Engine.Mode.ONE_SHOT)) {
            IngestRun run = new IngestRun(engine, terminal);
            return isThere(file)
                    ? run.run(List.of(new IngestRun.Input(Path.of(file.path()), file.vendor())), wait, longest)
                    : run.watch(List.of(file.id()), wait, longest);
        }
    }
}
