package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.CorrectionBook.Choice;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which orders are to be corrected: those of a file, or a list; never by default. */
final class CorrectChoice {
    @Option(names = "--file", paramLabel = "F", description = "The orders of this file, by its name; VENDOR/NAME too.")
    private String file;

    @Option(
            names = "--records",
            paramLabel = "LIST",
            description = "These orders: record keys or order ids with commas between, or a text file with one a line.")
    private String records;

    @Option(
            names = "--vendor",
            paramLabel = "V",
            description = "By whose profile --with is read, where --records says which orders.")
    private String vendor;

    @Option(names = "--reverse-only", description = "Takes them back, and sends nothing instead.")
    private boolean reverseOnly;

    boolean isReverseOnly() {
        return reverseOnly;
    }

    /** @throws ConfigurationException where the options contradict each other */
    void require(Path with) {
        if ((file == null) == (records == null)) {
            throw new ConfigurationException("Say which orders: --file F or --records LIST, one of the two.");
        }
        if (with != null && reverseOnly) {
            throw new ConfigurationException(
                    "Give --with FILE or --reverse-only, not both: the one sends corrected sales, "
                            + "the other none.");
        }
        if (with != null && file == null && vendor == null) {
            throw new ConfigurationException("--with is read by a vendor's profile: name it with --vendor V.");
        }
    }

    Choice choice(CorrectionBook book) {
        return file == null ? Choice.ofRecords(ListedOrders.of(records).wanted()) : book.choice(files(book));
    }

    /** @throws ConfigurationException where an order is listed that never came */
    void requireKnown(CorrectionBook book, Choice choice, boolean withFile) {
        if (records != null) {
            ListedOrders.of(records).requireKnown(book.database(), found(book, choice), withFile);
        }
    }

    /** What is wrong, and why nothing is done about others: those that are listed, and returns that only a person can correct. */
    Comparison wrong(CorrectionBook book, Choice choice) {
        Comparison found = found(book, choice);
        List<String> refused = new ArrayList<>(found.refused());
        if (records != null) {
            refused.addAll(ListedOrders.of(records).leftAlone(book.database(), found, reverseOnly));
        }
        return Comparison.of(found.wrong(), refused);
    }

    private Comparison found(CorrectionBook book, Choice choice) {
        return reverseOnly ? Comparison.of(book.delivered(choice), List.of()) : book.changed(choice);
    }

    String vendor(CorrectionBook book) {
        return vendor != null ? vendor : book.vendor(files(book).get(0));
    }

    /** For people, in the name of what comes of it. */
    String name() {
        return file == null ? "records" : file.substring(file.indexOf('/') + 1);
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
