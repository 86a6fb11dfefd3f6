package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Count;
import dev.posbridge.ShellWord;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.vendor.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge dead-letters export}: a sheet to correct. */
@Command(
        name = "export",
        description = {
            "Writes the rows of open dead letters into a CSV file for a person to correct in a spreadsheet.",
            "Correct the values, keep the columns and the ids, save as CSV (UTF-8), then replay --from it.",
            "A value that a spreadsheet would take for a formula has an apostrophe before it; replay takes it off again.",
            "",
            "Example: posbridge dead-letters export --vendor acme --reason phone-invalid --to phones.csv"
        })
final class DeadLettersExport implements Callable<Integer> {
    @ParentCommand
    private DeadLettersCommand deadLetters;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeadLetterOptions options;

    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "Only those with this reason code, such as phone-invalid.")
    private String reason;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "The file to write; it must not be there.")
    private Path to;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            defaultValue = ",",
            description = "What your spreadsheet expects between values. Default: ${DEFAULT-VALUE}")
    private char delimiter;

    @Override
    public Integer call() {
        GlobalOptions global = deadLetters.options();
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(global)) {
            options.requireKnown(global, ledger.database());
            List<DeadLetter> all = new DeadLetters(ledger.database()).all(options.filter(reason, false));
            List<DeadLetter> letters =
                    all.stream().filter(CorrectionSheet::takes).toList();
            Profile profile = global.profiles(global.settings(Map.of())).named(vendor(letters));
            CorrectionSheet.of(profile, letters).write(letters, to, delimiter);
            if (!global.quiet()) {
                tell(letters.size(), all.size() - letters.size());
            }
        }
        return ExitCode.ALL_WELL.number();
    }

    /** @throws ConfigurationException where there is none, or more than one */
    private static String vendor(List<DeadLetter> letters) {
        List<String> vendors =
                letters.stream().map(DeadLetter::vendor).distinct().toList();
        if (vendors.isEmpty()) {
            throw new ConfigurationException(
                    "There is no open dead letter with rows to correct. See: posbridge dead-letters summary");
        }
        if (vendors.size() > 1) {
            throw new ConfigurationException("These dead letters come from " + vendors.size() + " vendors ("
                    + String.join(", ", vendors) + "), expected one. Choose one with --vendor.");
        }
        return vendors.get(0);
    }

    private void tell(int written, int left) {
        var out = spec.commandLine().getOut();
        out.println("Wrote the rows of " + Count.of(written, "dead letter") + " to " + to
                + ". Correct them, then: posbridge dead-letters replay --from " + ShellWord.of(to));
        if (left > 0) {
            out.println(left + " more have no rows of their own to correct (whole files, parts of credit notes): "
                    + "replay them by id.");
        }
        out.flush();
    }
}
