package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Count;
import dev.posbridge.ProfileException;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.Forecast;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.operations.CheckResult;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge check}: settings and profiles, or a dry run of files. Starts no broker and no ledger. */
@Command(
        name = "check",
        description = {
            "Looks before anything is sent: at settings and profiles, or at files as ingest would take them.",
            "Without files: reads the settings and all profiles and tells every problem with its place.",
            "With files: translates them as ingest would, and says what would be stored, rejected and sent.",
            "Sends nothing and stores nothing. Exit 0 all well, 2 settings or profiles, 3 bad rows or files.",
            "",
            "Example: posbridge check --vendor acme night/EOD_07_20260131.csv"
        })
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--vendor", paramLabel = "V", description = "Profile to read the files by: config/vendors/V.yaml.")
    private String vendor;

    @Parameters(arity = "0..*", paramLabel = "FILE or DIR", description = "Files, or folders whose files are taken.")
    private List<Path> paths;

    @Option(names = "--json", description = "Prints what was found as JSON (with files).")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "Also writes a page to look through and sign: sums, and receipts beside their rows, masked.")
    private Path review;

    @Option(
            names = "--online",
            description = "Also asks Gameball, read only, how many of the first customers it knows (at most "
                    + KnownCustomers.MOST_ASKED + " questions).")
    private boolean online;

    @Override
    public Integer call() {
        boolean files = paths != null && !paths.isEmpty();
        if (files != (vendor != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    files
                            ? "--vendor: is missing, expected the name of the profile to read the files by."
                            : "FILE: is missing, expected the files that --vendor " + vendor + " is to be tried on.");
        }
        return (files ? checkFiles() : checkConfiguration()).number();
    }

    private ExitCode checkFiles() {
        GlobalOptions options = posbridge.options();
        Profile profile = options.profiles(options.settings(Map.of())).named(vendor);
        Settings settings = options.settings(
                Map.of("posbridge.account.currency", profile.currency().getCurrencyCode()));
        List<Path> files = InputFiles.of(paths, profile);
        if (files.isEmpty()) {
            throw InputFiles.none(paths);
        }
        CheckResult result = check(profile, settings, files);
        print(result, options.quiet());
        if (review != null) {
            CheckReview.write(result, review);
        }
        if (online) {
            tellKnown(result, settings);
        }
        return result.isGood() ? ExitCode.ALL_WELL : ExitCode.LOOK;
    }

    /** Where there is a ledger, it tells what came before, and so what would be held, and what be a dead letter by its number. */
    private static CheckResult check(Profile profile, Settings settings, List<Path> files) {
        LedgerAddress ledger = Ledger.address(settings);
        if (!LedgerDatabase.isThere(ledger)) {
            return CheckResult.of(profile, settings.account(), files, Forecast.WITHOUT_LEDGER);
        }
        try (LedgerDatabase database = LedgerDatabase.openToRead(ledger)) {
            return CheckResult.of(profile, settings.account(), files, Forecast.by(database));
        }
    }

    private void tellKnown(CheckResult result, Settings settings) {
        Set<String> customers = result.firstCustomers();
        KnownCustomers.Share share = new KnownCustomers(settings.gameball()).of(customers);
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        out.println("Gameball knows " + share.known() + " of the first " + Count.of(share.asked(), "customer") + "."
                + (share.known() == 0 && share.asked() > 0
                        ? " If they should be known, customer.id makes other ids than the shop's app does."
                        : ""));
        out.flush();
    }

    private void print(CheckResult result, boolean quiet) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            if (!(quiet && result.lastLine() == null)) {
                out.println(CheckJson.write(result));
                out.flush();
            }
        } else if (!(quiet && result.lastLine() == null)) {
            new CheckText(out).print(result);
        }
        if (result.lastLine() != null) {
            spec.commandLine().getErr().println(result.lastLine());
            spec.commandLine().getErr().flush();
        }
    }

    private ExitCode checkConfiguration() {
        List<String> problems = new ArrayList<>();
        Settings settings = settings(problems);
        List<Profile> profiles = profiles(settings, problems);
        if (settings != null) {
            problems.addAll(
                    RunCommand.problems(settings, Profiles.in(settings.folders().vendors())));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        if (!posbridge.options().quiet()) {
            describe(settings, profiles);
        }
        return ExitCode.ALL_WELL;
    }

    private Settings settings(List<String> problems) {
        try {
            return posbridge.options().settings(Map.of());
        } catch (ConfigurationException problem) {
            problems.add(problem.getMessage());
            return null;
        }
    }

    /** Where the settings do not say where they lie, those that came with the program are looked at. */
    private static List<Profile> profiles(Settings settings, List<String> problems) {
        try {
            return Profiles.in(
                            settings == null
                                    ? GlobalOptions.home().resolve("config/vendors")
                                    : settings.folders().vendors())
                    .all();
        } catch (ConfigurationException | ProfileException problem) {
            problems.add(problem.getMessage());
            return List.of();
        }
    }

    private void describe(Settings settings, List<Profile> profiles) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Settings: good. Gameball at " + settings.gameball() + ", data in "
                + settings.folders().data() + ".");
        out.println("Profiles: good.");
        profiles.forEach(profile -> out.printf("  %-20s %s%n", profile.vendor(), profile.description()));
        settings.sources().all().forEach(source -> out.println("Source: " + source.outline()));
        List<String> missing = AccountDefaults.missingForDelivery(settings);
        out.println(missing.isEmpty() ? "Nothing is missing for delivery." : "Missing for delivery:");
        missing.forEach(line -> out.println("  " + line));
        out.flush();
    }
}
