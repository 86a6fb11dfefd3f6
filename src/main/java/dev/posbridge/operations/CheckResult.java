package dev.posbridge.operations;

import dev.posbridge.Count;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.ContentHash;
import dev.posbridge.intake.DryRun;
import dev.posbridge.ledger.Forecast;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.settings.Account;
import dev.posbridge.vendor.Profile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a dry run of files found. Rejected files send nothing and leave no key, so the sums are those of the others.
 *
 * @param keys of the files that would be taken
 */
public record CheckResult(Profile profile, Account account, List<FileCheck> files, CheckedKeys keys) {

    /** @param forecast tells what would be held */
    public static CheckResult of(Profile profile, Account account, List<Path> paths, Forecast forecast) {
        return of(profile, account, paths, forecast, Long.MAX_VALUE);
    }

    /**
     * @param forecast tells what would be held
     * @param most receipts of a file
     * @throws dev.posbridge.ConfigurationException where one has more
     */
    public static CheckResult of(Profile profile, Account account, List<Path> paths, Forecast forecast, long most) {
        DryRun dryRun = new DryRun(profile, new AccountRules(account));
        PlannedCall.Planner planner = new PlannedCall.Planner(account);
        CheckedKeys keys = new CheckedKeys();
        List<FileCheck> files = new ArrayList<>();
        for (Path path : paths) {
            FileCheck file = new FileCheck(path.getFileName().toString(), planner, keys, profile, forecast, most);
            file.lookWhetherKnown(hash(path));
            file.end(dryRun.read(path, file));
            if (!file.isRejected()) {
                keys.addAll(file.keys());
            }
            files.add(file);
        }
        CheckResult result = new CheckResult(profile, account, files, keys);
        result.refuseTooMuchGivenBack();
        return result;
    }

    private static String hash(Path path) {
        try {
            return ContentHash.of(path);
        } catch (IOException unreadable) {
            return ""; // Whoever reads it says so.
        }
    }

    private void refuseTooMuchGivenBack() {
        GivenBack given = new GivenBack(keys, profile.again());
        for (FileCheck file : taken()) {
            for (GivenBack.Asked refund : file.keys().refunds()) {
                String problem = given.problem(refund);
                if (problem != null) {
                    file.refuse(refund, problem);
                }
            }
        }
    }

    public List<FileCheck> taken() {
        return files.stream().filter(file -> !file.isRejected()).toList();
    }

    /** Calls for records of the kind, had nothing of it been sent before. */
    public long calls(RecordKind kind) {
        return taken().stream()
                .mapToLong(file -> file.count(kind) - file.repeated(kind))
                .sum();
    }

    /** Most customers that Gameball would be asked for; guests come with their orders. */
    public long customers() {
        return keys.customers() - taken().stream().mapToLong(FileCheck::guests).sum();
    }

    public BigDecimal sum(Function<FileCheck, BigDecimal> amount) {
        return taken().stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public long repeated() {
        return taken().stream()
                .mapToLong(file -> List.of(RecordKind.values()).stream()
                        .mapToLong(file::repeated)
                        .sum())
                .sum();
    }

    public List<String> firstRepeated() {
        return taken().stream()
                .flatMap(file -> file.firstRepeated().stream())
                .limit(FileCheck.MOST_ERRORS)
                .toList();
    }

    /** Different customers, the first of each file. */
    public Set<String> firstCustomers() {
        Set<String> customers = new LinkedHashSet<>();
        taken().forEach(file -> customers.addAll(file.firstCustomers()));
        return customers;
    }

    public List<PlannedCall> firstCalls() {
        return taken().stream()
                .flatMap(file -> file.firstCalls().stream())
                .limit(FileCheck.FIRST_CALLS)
                .toList();
    }

    public long bad() {
        return files.stream().mapToLong(FileCheck::bad).sum();
    }

    /** Receipts that became no record, so that nobody knows which sales they are. */
    public long unread() {
        return files.stream().mapToLong(FileCheck::unread).sum();
    }

    public long rejected() {
        return files.size() - taken().size();
    }

    /** Files that would wait until a person has looked, or sales of some of their customers. */
    public long held() {
        return files.stream().filter(file -> file.hold() != null).count();
    }

    public boolean isGood() {
        return bad() == 0 && rejected() == 0 && held() == 0;
    }

    /** Cause, count and what to do next; null where all is well. */
    public String lastLine() {
        return isGood()
                ? null
                : Count.of(bad(), "bad record") + " and " + Count.of(rejected(), "file")
                        + " that would be rejected"
                        + (held() == 0 ? "" : ", and " + held() + " that would be held until a person has looked")
                        + ". Correct them, or the profile, and check again; nothing was sent.";
    }
}
