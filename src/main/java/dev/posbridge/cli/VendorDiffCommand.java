package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.pos.Money;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge vendor diff}: what a changed profile makes of files, beside what the former one made of them. */
@Command(
        name = "diff",
        description = {
            "Reads files by two versions of a profile and lists the receipts and the money that differ. Sends nothing.",
            "Exit 0 where nothing differs, 3 where something does.",
            "",
            "Example: ./posbridge vendor diff acme --against acme-before.yaml --files data/archive/acme"
        })
final class VendorDiffCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @ParentCommand
    private VendorCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "V", description = "The vendor; its profile as it is now.")
    private String vendor;

    @Option(
            names = "--against",
            required = true,
            paramLabel = "FILE",
            description = "The profile as it was, under any file name.")
    private Path against;

    @Option(
            names = "--files",
            required = true,
            arity = "1..*",
            paramLabel = "FILE or DIR",
            description = "Files to read, for instance of the archive.")
    private List<Path> paths;

    @Override
    public Integer call() {
        GlobalOptions options = parent.options();
        Profiles profiles = options.profiles(options.settings(Map.of()));
        Profile now = profiles.named(vendor);
        Profile before = profiles.read(vendor, against);
        Settings settings = options.settings(
                Map.of("posbridge.account.currency", now.currency().getCurrencyCode()));
        List<Path> files = InputFiles.of(paths, now);
        if (files.isEmpty()) {
            throw InputFiles.none(paths);
        }
        PrintWriter out = spec.commandLine().getOut();
        ProfileDifference all = new ProfileDifference(settings.account());
        for (Path file : files) {
            all.compare(before, now, file);
        }
        all.first(MOST_SHOWN).forEach(change -> {
            out.println(change.place());
            out.println("  before  " + change.before());
            out.println("  now     " + change.now());
        });
        if (all.changed() > MOST_SHOWN) {
            out.println("... and " + (all.changed() - MOST_SHOWN) + " more");
        }
        all.rejected().stream().limit(MOST_SHOWN).forEach(out::println);
        int read = files.size() - all.rejected().size();
        out.println(
                read == 0
                        ? "Nothing was compared: both profiles reject " + Count.of(files.size(), "file") + "."
                        : (all.changed() == 0
                                        ? "Nothing differs"
                                        : Count.of(all.changed(), "receipt differs", "receipts differ"))
                                + " in " + Count.of(read, "file") + ", " + Count.of(all.compared(), "receipt") + "."
                                + (all.rejected().isEmpty()
                                        ? ""
                                        : " Both profiles reject "
                                                + Count.of(all.rejected().size(), "file") + ", not compared."));
        out.println("  sales    " + money(all.salesBefore(), now) + " before, " + money(all.salesNow(), now) + " now");
        out.println(
                "  refunds  " + money(all.refundsBefore(), now) + " before, " + money(all.refundsNow(), now) + " now");
        out.flush();
        return (all.changed() == 0 && all.rejected().isEmpty() ? ExitCode.ALL_WELL : ExitCode.LOOK).number();
    }

    private static Money money(BigDecimal amount, Profile profile) {
        return new Money(amount, profile.currency());
    }
}
