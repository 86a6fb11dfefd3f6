package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.console.Console;
import dev.posbridge.console.Workplace;
import dev.posbridge.engine.Ledger;
import dev.posbridge.settings.ConsoleAccess;
import dev.posbridge.settings.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge console}: the pages of a data folder, beside a running service or without one. */
@Command(
        name = "console",
        description = {
            "Opens the console on a data folder: what came in tonight, what did not arrive and why, and the button that mends",
            "it. Works beside a running service, which delivers what is mended; without one it waits for the next.",
            "A service of its own port opens it too: posbridge.console.port.",
            "Without posbridge.console.users-file the address that is printed lets in whoever opens it, on this machine only.",
            "",
            "Example: posbridge console"
        },
        subcommands = ConsoleUserCommand.class)
final class ConsoleCommand implements Callable<Integer> {
    static final int USUAL_PORT = 8086;

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Where it answers. Default: posbridge.console.port, or " + USUAL_PORT + "; 0 for any that is free.")
    private Integer port;

    GlobalOptions options() {
        return posbridge.options();
    }

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = posbridge.options();
        Settings settings = ReadAgain.settings(options);
        CountDownLatch closed = new CountDownLatch(1);
        try (Ledger ledger = Ledger.openExisting(settings);
                Console console = open(settings, ledger, port)) {
            tell(new Terminal(spec.commandLine(), options.quiet()), console);
            untilStopped(closed);
        } finally {
            closed.countDown();
        }
        return ExitCode.ALL_WELL.number();
    }

    /** @param port null for that of the settings, or the usual one */
    static Console open(Settings settings, Ledger ledger, Integer port) {
        ConsoleAccess access = settings.operations().console();
        int wanted = port != null ? port : access.port() != null ? access.port() : USUAL_PORT;
        if (wanted < 0 || wanted > 65_535) {
            throw new ConfigurationException("--port is " + wanted + ", expected a number from 0 to 65535.");
        }
        return Console.open(access.at(wanted), new Workplace(settings, ledger.database(), ledger.account()));
    }

    static void tell(Terminal terminal, Console console) {
        terminal.out().println("Console: " + console.link());
        terminal.out().println("Open it in a browser on this machine; Ctrl-C ends it.");
        terminal.out().flush();
    }

    /**
     * Returns when the process is told to end, which it does once all is closed. Nobody can wait for the thread that closes: it
     * asks the machine to exit at its end, and waits there for whoever waits for it.
     */
    static void untilStopped(CountDownLatch closed) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.countDown();
                            try {
                                closed.await();
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stop"));
        stop.await();
    }
}
