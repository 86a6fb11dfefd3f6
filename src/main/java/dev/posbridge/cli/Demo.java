package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.cli.IngestRun.Input;
import dev.posbridge.console.Console;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Engine;
import dev.posbridge.settings.Settings;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.Profiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The samples, taken to a sandbox: a till's messages first, then the files of the night. */
final class Demo {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** In this order the day before comes before the night, and a sale before its return at another counter. */
    private static final List<String> VENDORS = List.of("acme", "generic-csv");

    /** To which the messages of {@code samples/tills} go. */
    static final String QUEUE = "tills.receipts";

    private final Settings settings;
    private final Profiles profiles;

    /** How it went: what came of the files, and of each message. */
    record Outcome(IngestResult files, List<LiveSamples.Sent> messages) {}

    private Demo(Settings settings) {
        this.settings = settings;
        this.profiles = Profiles.in(settings.folders().vendors());
    }

    /**
     * A demo with settings of its own; nobody's account is concerned.
     *
     * @param data its data folder
     */
    static Demo at(Path home, Path data, URI sandbox) {
        return new Demo(SettingsReader.readOnly(
                home,
                Map.of(
                        "posbridge.account.name", "demo",
                        "posbridge.account.environment", "test",
                        "posbridge.account.currency", "GBP",
                        "posbridge.gameball.url", sandbox.toString(),
                        "posbridge.data-dir", data.toString(),
                        "posbridge.inbox", data.resolve("inbox").toString(),
                        "posbridge.sources.tills.queue", QUEUE,
                        "posbridge.sources.tills.vendor", "generic-csv",
                        "posbridge.sources.tills.body", "receipt")));
    }

    Outcome run(Terminal terminal) throws InterruptedException {
        return run(terminal, null);
    }

    /**
     * As {@link #run(Terminal)}, and leaves the console open until the process is told to end.
     *
     * @param port null for the usual one
     * @param through is told how it went, before the console opens
     * @param open is told once there is something to look at
     * @param closed when the process may end
     */
    void run(Terminal terminal, Integer port, Consumer<Outcome> through, Consumer<Console> open, CountDownLatch closed)
            throws InterruptedException {
        run(terminal, (engine, outcome) -> {
            through.accept(outcome);
            try (Console console = ConsoleCommand.open(settings, engine.ledger(), port)) {
                open.accept(console);
                ConsoleCommand.untilStopped(closed);
            }
        });
    }

    /** What is done with the engine once the samples are through. */
    private interface Afterwards {
        void with(Engine engine, Outcome outcome) throws InterruptedException;
    }

    @SuppressWarnings("try") // the folder is only held
    private Outcome run(Terminal terminal, Afterwards afterwards) throws InterruptedException {
        List<Input> inputs = new ArrayList<>();
        for (String vendor : VENDORS) {
            Path folder = samples().resolve(vendor);
            InputFiles.of(List.of(folder), profiles.named(vendor)).forEach(file -> inputs.add(new Input(file, vendor)));
        }
        if (inputs.isEmpty()) {
            throw new ConfigurationException(samples()
                    + ": found no samples, expected a folder for each vendor. Restore it from the distribution.");
        }
        GlobalOptions.dataFolder(settings);
        try (DataFolder ignoredFolder = DataFolder.take(settings.folders().data(), "posbridge demo", Duration.ZERO);
                Engine engine = Engine.start(settings, profiles, Engine.Mode.SERVICE)) {
            List<LiveSamples.Sent> messages =
                    new LiveSamples(engine, QUEUE).send(samples().resolve("tills"));
            IngestResult files = new IngestRun(engine, terminal).run(inputs, IngestCommand.Wait.delivered, LONGEST);
            Outcome outcome = new Outcome(files, messages);
            if (afterwards != null) {
                afterwards.with(engine, outcome);
            }
            return outcome;
        }
    }

    private Path samples() {
        return settings.folders().home().resolve("samples");
    }
}
