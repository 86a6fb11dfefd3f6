package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge doctor}: what of going live can be tried, tried. */
@Command(
        name = "doctor",
        description = {
            "Tries what has to be right before an account goes live, and prints the list, ticked.",
            "Without --write it only asks Gameball. With --write it makes a customer of its own there, sells to it, takes the",
            "sale back, and holds and releases points; only in a test account, or at a sandbox.",
            "Ends with 0 where nothing is wrong, 3 where something is, 2 where the account is not named, 5 where Gameball refuses",
            "the keys.",
            "",
            "Example: posbridge doctor --write"
        })
final class DoctorCommand implements Callable<Integer> {
    /** A stand-in on this machine takes any. */
    private static final String OF_A_STAND_IN = "GBP";

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--write", description = "Also tries what leaves something behind in the test account.")
    private boolean write;

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = posbridge.options();
        Settings settings = AccountDefaults.orStandIn(options, OF_A_STAND_IN);
        List<String> missing = AccountDefaults.missing(settings.account());
        if (write
                && missing.isEmpty()
                && !settings.gameball().isLoopback()
                && !"test".equals(settings.account().environment())) {
            throw new ConfigurationException("--write: posbridge.account.environment is \""
                    + settings.account().environment()
                    + "\", expected test: it would sell to a customer that does not exist. Use the keys of a test account, or leave"
                    + " --write out.");
        }
        Profiles profiles = options.profiles(settings);
        Examination examination = new Examination(settings, profiles);
        BrokerTrial broker = new BrokerTrial(settings);
        List<Examination.Finding> findings = new ArrayList<>(examination.all(write));
        findings.addAll(new LedgerTrial().of(settings));
        findings.addAll(broker.findings());
        PrintWriter out = spec.commandLine().getOut();
        out.println("Account "
                + (missing.isEmpty()
                        ? settings.account().name() + " (" + settings.account().environment() + ')'
                        : "not named yet,")
                + " at " + settings.gameball());
        for (Examination.Finding finding : findings) {
            out.printf("  %-7s %-38s %s%n", finding.result().word(), finding.what(), finding.detail());
        }
        out.print(broker.remedy());
        long wrong = findings.stream()
                .filter(finding -> finding.result() == Examination.Result.WRONG)
                .count();
        out.println(
                wrong == 0 ? "Nothing is wrong. docs/go-live.md has the boxes that need a person." : wrong + " wrong.");
        out.flush();
        ExitCode code = !missing.isEmpty()
                ? ExitCode.USAGE_OR_CONFIGURATION
                : examination.isRefused() ? ExitCode.ACCOUNT_REFUSED : ExitCode.LOOK;
        return wrong == 0 ? ExitCode.ALL_WELL.number() : code.number();
    }
}
