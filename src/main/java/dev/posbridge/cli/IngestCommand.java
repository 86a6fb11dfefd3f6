package dev.posbridge.cli;

import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Engine;
import dev.posbridge.engine.Ledger;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge ingest}: files in, report out. */
@Command(
        name = "ingest",
        description = {
            "Processes files now, in the order of their business dates, and waits until every record is settled.",
            "The files stay where they are; a rejected one is copied to rejected/ with the reason beside it.",
            "Beside a running service (posbridge run) it hands the files over and waits for the same report.",
            "",
            "Example: posbridge ingest --vendor acme night/EOD_07_20260131.csv"
        })
final class IngestCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--vendor",
            required = true,
            paramLabel = "V",
            description = "Profile to read them by: config/vendors/V.yaml.")
    private String vendor;

    @Parameters(arity = "1..*", paramLabel = "FILE or DIR", description = "Files, or folders whose files are taken.")
    private List<Path> paths;

    @Option(
            names = "--wait",
            paramLabel = "stored|delivered|none",
            defaultValue = "delivered",
            description = "Until when to wait: every record ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Wait wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "4h",
            description =
                    "Longest wait; what is not delivered then is stored and goes on with the next run. Default: ${DEFAULT-VALUE}.")
    private String timeout;

    @Option(
            names = "--lock-wait",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "How long to wait for another process on the data folder.")
    private String lockWait;

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    /** Until when a command waits. */
    enum Wait {
        stored,
        delivered,
        none
    }

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = posbridge.options();
        Duration longest = GlobalOptions.duration("--timeout", timeout);
        GlobalOptions.duration("--lock-wait", lockWait);
        Profiles profiles = options.profiles(options.settings(java.util.Map.of()));
        Profile profile = profiles.named(vendor);
        Settings settings = AccountDefaults.complete(options, profile.currency().getCurrencyCode());
        GlobalOptions.dataFolder(settings);
        // A running service reads them later than this command may live, so they lie in its folder.
        List<Path> files =
                InputFiles.of(paths, profile, settings.folders().data().resolve("sets"));
        if (files.isEmpty()) {
            throw InputFiles.none(paths);
        }
        Terminal terminal = new Terminal(spec.commandLine(), options.quiet() || json);
        IngestResult result = HandOver.isPossible(settings)
                ? handOver(settings, files, longest, terminal)
                : takeInHere(settings, profiles, files, longest, terminal);
        result.print(terminal, json, options.quiet());
        return result.exitCode().number();
    }

    private IngestResult handOver(Settings settings, List<Path> files, Duration longest, Terminal terminal)
            throws InterruptedException {
        try (Ledger ledger = Ledger.openExisting(settings)) {
            return new HandOver(settings, ledger, terminal).run(files, vendor, wait, longest);
        }
    }

    @SuppressWarnings("try") // the folder is only held
    private IngestResult takeInHere(
            Settings settings, Profiles profiles, List<Path> files, Duration longest, Terminal terminal)
            throws InterruptedException {
        Duration lockTime = GlobalOptions.duration("--lock-wait", lockWait);
        try (DataFolder ignoredFolder = DataFolder.take(settings.folders().data(), "posbridge ingest", lockTime);
                Engine engine = Engine.start(settings, profiles, Engine.Mode.ONE_SHOT)) {
            List<IngestRun.Input> inputs = files.stream()
                    .map(file -> new IngestRun.Input(file, vendor))
                    .toList();
            return new IngestRun(engine, terminal).run(inputs, wait, longest);
        }
    }
}
