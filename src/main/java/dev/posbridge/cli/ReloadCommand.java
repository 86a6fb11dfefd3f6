package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.Requests;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge reload}: new and changed profiles, without a restart. */
@Command(
        name = "reload",
        description = {
            "Has the running service read the vendors' profiles anew, and says what became of each that changed.",
            "A file that is being read goes on by the profile that it began with. In place of a profile that is broken the one",
            "before stays in force; then this ends with 2. Settings and routes are read at a start only.",
            "",
            "Example: posbridge reload"
        })
final class ReloadCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 100;

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1m",
            description = "Longest wait for the service. Default: ${DEFAULT-VALUE}.")
    private String timeout;

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = posbridge.options();
        Duration longest = GlobalOptions.duration("--timeout", timeout);
        Settings settings = options.settings(Map.of());
        if (!HandOver.isPossible(settings)) {
            look(settings);
            return ExitCode.ALL_WELL.number();
        }
        try (Ledger ledger = Ledger.openExisting(settings)) {
            return ask(new Requests(ledger.database(), settings.folders().data()), longest)
                    .number();
        }
    }

    private ExitCode ask(Requests requests, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long request = requests.askToReload();
        Requests.Progress progress = requests.progress(request);
        while (!progress.ended()) {
            if (System.nanoTime() - end >= 0) {
                spec.commandLine()
                        .getErr()
                        .println("The service has not answered within " + timeout
                                + "; it reads the profiles as soon as it can. Look with posbridge status.");
                return ExitCode.NOT_SETTLED;
            }
            Thread.sleep(LOOK_MILLIS);
            progress = requests.progress(request);
        }
        if (progress.how() != Requests.How.DONE) {
            throw new ConfigurationException(
                    List.of(progress.answer(), "Not every profile was taken. Mend it, then posbridge reload."));
        }
        say(progress.answer());
        return ExitCode.ALL_WELL;
    }

    /** Where nobody would take them it is at least said whether they could be taken. */
    private void look(Settings settings) {
        SortedMap<String, String> broken =
                Profiles.in(settings.folders().vendors()).readAll();
        if (!broken.isEmpty()) {
            throw new ConfigurationException(List.copyOf(broken.values()));
        }
        String other = DataFolder.holder(settings.folders().data())
                .map(DataFolder::command)
                .orElse(null);
        say("No service runs on " + settings.folders().data() + ", which would take them"
                + (other == null ? "" : " (\"" + other + "\" has it, and keeps those that it began with)")
                + "; all profiles are good.");
    }

    private void say(String text) {
        if (!posbridge.options().quiet()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(text);
            out.flush();
        }
    }
}
