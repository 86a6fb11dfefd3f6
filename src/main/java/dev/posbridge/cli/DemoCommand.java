package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ShellWord;
import dev.posbridge.gameball.Credentials;
import dev.posbridge.operations.AmountText;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxBook;
import dev.posbridge.sandbox.SandboxSettings;
import dev.posbridge.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge demo}: the samples to a sandbox of its own. */
@Command(
        name = "demo",
        description = {
            "Takes the messages and files of samples/ to a sandbox of its own and prints the report; needs no account and",
            "no server.",
            "Among them are a broken row and a file with wrong totals: samples/README.md says what each file shows.",
            "Keeps its data in data/demo. A second run finds everything known and sends nothing.",
            "With --console you look at it in a browser, and mend the broken row there.",
            "",
            "Examples: posbridge demo",
            "          posbridge demo --console"
        })
final class DemoCommand implements Callable<Integer> {
    private static final String URL = "posbridge.gameball.url";
    private static final String CONSOLE = "--console";

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = CONSOLE, description = "Leaves the console open afterwards, with the sandbox, until Ctrl-C.")
    private boolean console;

    @Option(names = "--port", paramLabel = "N", description = "Of the console; 0 for any that is free.")
    private Integer port;

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = posbridge.options();
        Settings settings = options.settings(Map.of());
        refuseRealAccount(settings);
        Path data = options.hasDataDir()
                ? settings.folders().data()
                : settings.folders().data().resolve("demo");
        GlobalOptions.logIn(data);
        proposeCommandsFor(data);
        CountDownLatch closed = new CountDownLatch(1);
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Terminal terminal = new Terminal(spec.commandLine(), options.quiet());
            Demo demo = Demo.at(settings.folders().home(), data, sandbox.uri());
            if (!console) {
                return tell(demo.run(terminal), terminal, sandbox, data);
            }
            demo.run(
                    terminal,
                    port,
                    outcome -> tell(outcome, terminal, sandbox, data),
                    open -> ConsoleCommand.tell(terminal, open),
                    closed);
            return ExitCode.ALL_WELL.number();
        } finally {
            closed.countDown();
        }
    }

    private int tell(Demo.Outcome outcome, Terminal terminal, Sandbox sandbox, Path data) {
        GlobalOptions options = posbridge.options();
        IngestResult result = outcome.files();
        ExitCode exit = result.exitCode() == ExitCode.LOOK ? ExitCode.ALL_WELL : result.exitCode();
        if (exit != ExitCode.ALL_WELL) {
            result.print(terminal, false, options.quiet());
        } else if (!options.quiet()) {
            new ReportText(terminal.out()).print(result.report());
            if (result.stillDead() != null) {
                terminal.out().println(result.stillDead());
            }
            tell(terminal.out(), outcome.messages());
            explain(terminal.out(), sandbox.book().totals(), data);
        }
        return exit.number();
    }

    /** Whoever types what is proposed looks at the demo's ledger, wherever that lies. */
    private void proposeCommandsFor(Path data) {
        if (!posbridge.options().hasDataDir()) {
            List<String> arguments = new ArrayList<>(typed());
            arguments.addAll(List.of("--data-dir", shown(data)));
            NextCommands.after(arguments.toArray(String[]::new)).addTo(spec.commandLine());
        }
    }

    private List<String> typed() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    /** As it is typed from here. */
    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }

    private static void refuseRealAccount(Settings settings) {
        String url = settings.source().text(URL);
        if (url != null) {
            throw new ConfigurationException(URL + ": found \"" + url
                    + "\", expected nothing: the demo starts a sandbox of its own. Leave the key out, or use ingest.");
        }
        if (hasLiveKey(settings.gameball())) {
            throw new ConfigurationException("posbridge.gameball.api-key, secret-key: found a live key, expected none: "
                    + "the demo is no place for it. Remove it from the environment and the settings.");
        }
    }

    private static boolean hasLiveKey(Settings.Gameball gameball) {
        boolean api = gameball.apiKey() != null || gameball.apiKeyFile() != null;
        boolean secret = gameball.secretKey() != null || gameball.secretKeyFile() != null;
        return (api || secret)
                && Credentials.of(
                                api ? gameball.apiKey() : "none",
                                gameball.apiKeyFile(),
                                secret ? gameball.secretKey() : "none",
                                gameball.secretKeyFile())
                        .isLive();
    }

    private static void tell(PrintWriter out, List<LiveSamples.Sent> messages) {
        out.printf(
                "%nBefore the files a till sent these as messages, to the queue %s of the embedded broker:%n",
                Demo.QUEUE);
        for (LiveSamples.Sent sent : messages) {
            out.printf(
                    "  %-34s %s%n",
                    "tills/" + sent.name(),
                    sent.outcome() == null
                            ? "not settled"
                            : sent.outcome() + " after " + sent.took().toMillis() + " ms");
        }
    }

    private void explain(PrintWriter out, SandboxBook.Totals totals, Path data) {
        out.printf(
                "%nThe sandbox got in this run: %d orders (%s), %d refunds (%s), %d customers, %d events.%n",
                totals.orders(),
                AmountText.shown(totals.totalPaid()),
                totals.refunds(),
                AmountText.shown(totals.totalRefunded()),
                totals.customers(),
                totals.events());
        out.printf("%nWhat to look at next:%n");
        String again = typed().stream()
                .filter(argument -> !argument.equals(CONSOLE))
                .map(ShellWord::of)
                .collect(Collectors.joining(" ", "posbridge ", ""));
        next(out, "which file shows what", "samples/README.md");
        next(out, "the rejected file, with the reason beside it", shown(data.resolve("rejected")));
        next(out, "what did not arrive, and why", "posbridge dead-letters list");
        next(out, "what waits, and for what", "posbridge status");
        next(out, "all of it in a browser, and mend it there", again + " " + CONSOLE);
        next(out, "once more: all is a duplicate, nothing is sent", again);
        out.flush();
    }

    private static void next(PrintWriter out, String why, String what) {
        out.printf("  %-46s  %s%n", why, what);
    }
}
