package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.operations.CorrectionWish;
import dev.posbridge.operations.ListedOrders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
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

    /** @throws ConfigurationException where a list names nothing */
    CorrectionWish wish() {
        return new CorrectionWish(file, file != null ? null : ListedOrders.of(where(), words(records)), reverseOnly);
    }

    /** Of a list that looks like the name of a file it is said that none has it. */
    private String where() {
        return records.matches("[^,]+\\.[A-Za-z]{3,4}") && !Files.exists(Path.of(records))
                ? "--records (there is no such file in " + Path.of("").toAbsolutePath() + ")"
                : "--records";
    }

    private static List<String> words(String list) {
        try {
            Path path = Path.of(list);
            return Files.isRegularFile(path) ? Files.readAllLines(path) : Arrays.asList(list.split(","));
        } catch (InvalidPathException noPath) {
            return Arrays.asList(list.split(","));
        } catch (IOException problem) {
            throw new ConfigurationException(
                    FileProblem.of(Path.of(list), problem) + ". Name a list of keys, one a line.", problem);
        }
    }

    String vendor(CorrectionBook book) {
        return vendor != null ? vendor : wish().vendor(book);
    }
}
