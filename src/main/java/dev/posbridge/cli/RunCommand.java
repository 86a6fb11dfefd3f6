package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.console.Console;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Doors;
import dev.posbridge.engine.Engine;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge run}: the service. */
@Command(
        name = "run",
        description = {
            "Runs as a service: watches the inboxes, one folder a vendor, and delivers what comes.",
            "SIGTERM (or Ctrl-C) lets what is under way end, within 30 seconds, and keeps the rest.",
            "SIGHUP has the vendors' profiles read anew, as 'posbridge reload' does. A broken one stops its vendor only.",
            "",
            "Example: posbridge run, then drop a file into inbox/acme/; it ends up in data/archive or data/rejected."
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--intake-only", description = "Takes in and keeps everything, delivers nothing; needs no keys.")
    private boolean intakeOnly;

    @Option(
            names = "--lock-wait",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "How long to wait for another process on the data folder.")
    private String lockWait;

    @Override
    @SuppressWarnings("try") // the folder is only held
    public Integer call() throws InterruptedException {
        GlobalOptions options = posbridge.options();
        Duration lockTime = GlobalOptions.duration("--lock-wait", lockWait);
        Settings settings = AccountDefaults.complete(options, null);
        Profiles profiles = options.profiles(settings);
        SortedMap<String, String> broken = profiles.readAll();
        List<String> problems = problems(settings, profiles);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        GlobalOptions.dataFolder(settings);
        Terminal terminal = new Terminal(spec.commandLine(), options.quiet());
        BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
        CountDownLatch stopped = new CountDownLatch(1);
        try (DataFolder ignoredFolder = DataFolder.take(
                settings.folders().data(), intakeOnly ? DataFolder.INTAKE_ONLY : DataFolder.SERVICE, lockTime)) {
            Turn turn = begin(settings, profiles, broken, terminal, turns, stopped);
            while (turn != Turn.STOP) {
                turn = again(settings, profiles, terminal, turns);
            }
        } finally {
            stopped.countDown();
        }
        return ExitCode.ALL_WELL.number();
    }

    /** What a service that runs is told. */
    private enum Turn {
        STOP,
        OTHER_ROLE
    }

    /** Another node sends now, or none does any more: begins anew from what is written, until the ledger is there to do so. */
    private Turn again(Settings settings, Profiles profiles, Terminal terminal, BlockingQueue<Turn> turns)
            throws InterruptedException {
        try {
            return serve(settings, profiles, turns, (engine, console) -> {
                terminal.say(engine.role());
                tell(console, terminal);
            });
        } catch (ConfigurationException | LedgerUnavailableException unreachable) {
            terminal.say(unreachable.getMessage());
            Turn turn = turns.poll(1, TimeUnit.SECONDS);
            return turn == null ? Turn.OTHER_ROLE : turn;
        }
    }

    private static void tell(Console console, Terminal terminal) {
        if (console != null) {
            terminal.say("Console: " + console.address()
                    + (console.keyFile() == null ? "" : " (its key lies in " + console.keyFile() + ")"));
        }
    }

    private interface Beginning {
        void told(Engine engine, Console console) throws InterruptedException;
    }

    /** Runs an engine until a turn is taken. */
    private Turn serve(Settings settings, Profiles profiles, BlockingQueue<Turn> turns, Beginning beginning)
            throws InterruptedException {
        try (Engine engine = Engine.start(
                        settings,
                        profiles,
                        intakeOnly ? Engine.Mode.INTAKE_ONLY : Engine.Mode.SERVICE,
                        new NightReport());
                Console console = console(settings, engine)) {
            engine.whenRoleChanges(() -> turns.add(Turn.OTHER_ROLE));
            HangUp.does(engine::reloadProfiles);
            beginning.told(engine, console);
            return turns.take();
        }
    }

    private Turn begin(
            Settings settings,
            Profiles profiles,
            SortedMap<String, String> broken,
            Terminal terminal,
            BlockingQueue<Turn> turns,
            CountDownLatch stopped)
            throws InterruptedException {
        return serve(settings, profiles, turns, (engine, console) -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(turns, stopped), "stop"));
            if (engine.standsBy()) {
                terminal.say(engine.role());
            }
            broken.forEach((name, lines) -> {
                terminal.say(lines);
                terminal.say(Doors.stands(name, settings.folders()) + " Mend its profile, then posbridge reload.");
            });
            strays(settings.folders().inbox(), profiles.names()).forEach(terminal::say);
            if (engine.waitsFor() != null) {
                terminal.say(engine.waitsFor() + ".");
            }
            settings.sources().all().forEach(source -> terminal.say("Source: " + source.outline()));
            tell(console, terminal);
            terminal.say("Ready. Watching " + settings.folders().inbox() + ", delivering to " + settings.gameball());
            inboxOfItsOwn(settings).ifPresent(terminal::say);
            tellServiceManager(terminal);
        });
    }

    /** What is wrong with the sources. A broken profile is told elsewhere. */
    static List<String> problems(Settings settings, Profiles profiles) {
        return settings.sources().problems(profiles.names(), vendor -> profiles.find(vendor)
                .map(profile -> profile.expectedStores().isPresent())
                .orElse(true));
    }

    /**
     * Says that we are ready to systemd, where it started us and waits for that (sd_notify): by its own tool, since Java 17
     * has no sockets of the kind.
     */
    private static void tellServiceManager(Terminal terminal) throws InterruptedException {
        if (System.getenv("NOTIFY_SOCKET") == null) {
            return;
        }
        try {
            int code = new ProcessBuilder("systemd-notify", "--ready")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                terminal.say("systemd-notify ended with " + code + ": systemd does not know that we are ready.");
            }
        } catch (IOException missing) {
            terminal.say("NOTIFY_SOCKET is set, and systemd-notify cannot be started (" + missing.getMessage()
                    + "): systemd does not know that we are ready. Install it, or use Type=exec.");
        }
    }

    /** Nothing of it is loaded where no port is set. */
    private static Console console(Settings settings, Engine engine) {
        return settings.operations().console().port() == null
                ? null
                : ConsoleCommand.open(settings, engine.ledger(), null);
    }

    /** Where somebody chose a data folder alone, and might expect the inbox in it. */
    private static Optional<String> inboxOfItsOwn(Settings settings) {
        boolean follows = settings.source().text("posbridge.inbox") != null
                || settings.source().text("posbridge.data-dir") == null;
        return follows
                ? Optional.empty()
                : Optional.of("posbridge.inbox is not set: the inbox does not follow the data folder, "
                        + settings.folders().data() + ". Another one: --set posbridge.inbox=DIR");
    }

    /** What lies in the inbox and will never be taken, because no profile goes with it. */
    private static List<String> strays(Path inbox, List<String> vendors) {
        try (Stream<Path> entries = Files.list(inbox)) {
            return entries.filter(entry -> !vendors.contains(entry.getFileName().toString()))
                    .map(entry -> entry + ": is left where it is: expected a folder named as a vendor, one of "
                            + String.join(", ", vendors) + ".")
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of(inbox + ": cannot be listed (" + unreadable.getMessage() + ").");
        }
    }

    /** Keeps the process alive until the engine has closed. */
    private static void awaitEnd(BlockingQueue<Turn> turns, CountDownLatch stopped) {
        turns.add(Turn.STOP);
        try {
            stopped.await();
            // A service that was told to stop, and has, ended well; left alone the JVM would say 143.
            Runtime.getRuntime().halt(ExitCode.ALL_WELL.number());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
