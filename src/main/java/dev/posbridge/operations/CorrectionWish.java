package dev.posbridge.operations;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.DryRun;
import dev.posbridge.ledger.CorrectedFile;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.CorrectionBook.Choice;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.Entry;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which orders somebody wants to have corrected: those of a file, or a list; never by default.
 *
 * @param file its name, {@code VENDOR/NAME} too; null where a list says which orders
 * @param records null where a file does
 * @param reverseOnly whether they are taken back, and nothing is sent instead
 */
public record CorrectionWish(String file, ListedOrders records, boolean reverseOnly) {
    private static final int CHUNK = 1_000;

    /** @throws ConfigurationException where no such file was taken in, or it is not clear which is meant */
    public Choice choice(CorrectionBook book) {
        return file == null ? Choice.ofRecords(records.wanted()) : book.choice(files(book));
    }

    /**
     * @param withFile whether a file says what is right
     * @throws ConfigurationException where an order is listed that never came
     */
    public void requireKnown(CorrectionBook book, Choice choice, boolean withFile) {
        if (records != null) {
            records.requireKnown(book.database(), found(book, choice), withFile);
        }
    }

    /** What is wrong, and why nothing is done about others: those that are listed, and returns that only a person can correct. */
    public Comparison wrong(CorrectionBook book, Choice choice) {
        Comparison found = found(book, choice);
        List<String> refused = new ArrayList<>(found.refused());
        if (records != null) {
            refused.addAll(records.leftAlone(book.database(), found, reverseOnly));
        }
        return Comparison.of(found.wrong(), refused);
    }

    private Comparison found(CorrectionBook book, Choice choice) {
        return reverseOnly ? Comparison.of(book.delivered(choice), List.of()) : book.changed(choice);
    }

    /** The vendor of the file. */
    public String vendor(CorrectionBook book) {
        return book.vendor(files(book).get(0));
    }

    /** For people, in the name of what comes of it. */
    public String name() {
        return file == null ? "records" : file.substring(file.indexOf('/') + 1);
    }

    /** What it would do by what is in the ledger already. Reads only. */
    public Comparison look(CorrectionBook book) {
        Choice choice = choice(book);
        requireKnown(book, choice, false);
        return wrong(book, choice);
    }

    /**
     * What it would do by a corrected file. Reads only.
     *
     * @throws ConfigurationException where that file would be rejected
     */
    public Comparison look(CorrectionBook book, Settings settings, Profile profile, Path with) {
        Choice choice = choice(book);
        requireKnown(book, choice, true);
        List<Entry> entries = new ArrayList<>();
        CorrectedFile corrected = new CorrectedFile(
                book.database(), profile.identity(), profile.again().timeTolerance(), choice);
        Runnable flush = () -> {
            corrected.add(entries);
            entries.clear();
        };
        DryRun.Outcome outcome = new DryRun(profile, new AccountRules(settings.account())).read(with, entry -> {
            entries.add(entry);
            if (entries.size() >= CHUNK) {
                flush.run();
            }
        });
        flush.run();
        if (outcome.rejection() != null) {
            throw new ConfigurationException(
                    with + " would be rejected: " + outcome.rejection().getMessage());
        }
        return corrected.result();
    }

    private List<Long> files(CorrectionBook book) {
        List<Long> found = book.files(file);
        if (found.isEmpty()) {
            throw new ConfigurationException("\"" + file + "\": no file of this name was taken in."
                    + Nearest.question(name(), book.names().files()) + " See: posbridge report");
        }
        if (found.stream().map(book::vendor).distinct().count() > 1) {
            throw new ConfigurationException(
                    "\"" + file + "\" names files of several vendors. Write VENDOR/" + file + ".");
        }
        if (reverseOnly && found.size() > 1) {
            throw new ConfigurationException(
                    "\"" + file + "\" names " + found.size()
                            + " files that were taken in, and does not say which to take back. Name the orders with --records.");
        }
        return found;
    }
}
