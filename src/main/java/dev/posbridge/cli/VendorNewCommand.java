package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ProfileException;
import dev.posbridge.ShellWord;
import dev.posbridge.ledger.Forecast;
import dev.posbridge.operations.CheckResult;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.draft.ProfileDraft;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge vendor new}: a first profile for a file, and what it makes of that file. */
@Command(
        name = "new",
        description = {
            "Looks at a delimited text file and writes a first profile, config/vendors/NAME.yaml, with its reasons as",
            "comments; then reads the file by it as check does. A profile that is there is never overwritten.",
            "",
            "Example: posbridge vendor new corner-shop night.csv --currency GBP --time-zone Europe/London"
        })
final class VendorNewCommand implements Callable<Integer> {
    @ParentCommand
    private VendorCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "The vendor's name: small letters, digits, hyphens.")
    private String vendor;

    @Parameters(index = "1", paramLabel = "FILE", description = "A file of the vendor's, the longer the better.")
    private Path file;

    @Option(names = "--currency", paramLabel = "ISO", description = "Of its amounts. Default: the account's.")
    private String currency;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "Where its clocks are. Default: this machine's.")
    private String zone;

    @Option(
            names = "--region",
            paramLabel = "XX",
            description = "Whose national phone numbers. Default: of this machine.")
    private String region;

    @Override
    public Integer call() throws IOException {
        GlobalOptions options = parent.options();
        Settings settings = options.settings(Map.of());
        refuseName();
        Path target = settings.folders().vendors().resolve(vendor + ".yaml");
        if (Files.exists(target)) {
            throw new ConfigurationException(
                    target + ": is there already, and is never overwritten. Choose another name, or move it away.");
        }
        if (options.profiles(settings).names().contains(vendor)) {
            throw new ConfigurationException(
                    "NAME is \"" + vendor
                            + "\", and a profile of that name is there already, unverified. Choose another name, or move it away.");
        }
        String text = ProfileDraft.of(vendor, file, currency(settings), zone(), region());
        Files.writeString(target, text, StandardOpenOption.CREATE_NEW);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Wrote " + target
                + ". Read it, and verify what it could not know (VERIFY), then: posbridge check --vendor " + vendor
                + " " + ShellWord.of(file));
        out.println();
        return tried(options, out).number();
    }

    private ExitCode tried(GlobalOptions options, PrintWriter out) {
        try {
            Profile profile = options.profiles(options.settings(Map.of())).named(vendor);
            Settings settings = options.settings(
                    Map.of("posbridge.account.currency", profile.currency().getCurrencyCode()));
            CheckResult result = CheckResult.of(profile, settings.account(), List.of(file), Forecast.WITHOUT_LEDGER);
            new CheckText(out).print(result);
            return result.isGood() ? ExitCode.ALL_WELL : ExitCode.LOOK;
        } catch (ProfileException unusable) {
            out.println("It cannot be used as it is:");
            out.println(unusable.getMessage());
            out.flush();
            return ExitCode.LOOK;
        }
    }

    private void refuseName() {
        if (!vendor.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw usage("NAME is \"" + vendor + "\", expected small letters, digits and hyphens.");
        }
    }

    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    private String currency(Settings settings) {
        String code = currency == null ? settings.source().text("posbridge.account.currency") : currency;
        if (code == null || code.isBlank()) {
            throw usage("--currency: is missing, expected one such as GBP; no file is trusted to tell it.");
        }
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT)).getCurrencyCode();
        } catch (IllegalArgumentException unknown) {
            throw usage("--currency is \"" + code + "\", expected an ISO code such as GBP.");
        }
    }

    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    private String zone() {
        try {
            return zone == null
                    ? ZoneId.systemDefault().getId()
                    : ZoneId.of(zone).getId();
        } catch (DateTimeException unknown) {
            throw usage("--time-zone is \"" + zone + "\", expected one such as Europe/London.");
        }
    }

    private String region() {
        String found = region == null ? Locale.getDefault().getCountry() : region.toUpperCase(Locale.ROOT);
        return found.isEmpty() ? "GB" : found;
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
