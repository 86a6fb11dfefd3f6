package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.ledger.store.Moving;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Carries a ledger from a file to a server and compares both sides: every row, what became of the records and their money, and
 * what the ledger counts with what it says of each sale. For the process that holds the data folder.
 */
public final class LedgerMove {
    private final Path file;
    private final LedgerAddress target;

    /**
     * What was carried.
     *
     * @param rows 0 where an earlier run carried all
     * @param outcomes of both sides
     */
    public record Moved(LedgerAccount account, long rows, int tables, Outcomes outcomes) {}

    /** What is told while it goes on. */
    public interface Progress {
        /** How many rows there are. */
        void begins(long rows);

        /** So many more were carried. */
        LongConsumer carried();

        /** All were carried, and both sides are compared. */
        void compares();
    }

    /** @param target of a server; either empty, or with what came of this ledger */
    public LedgerMove(Path file, LedgerAddress target) {
        this.file = file;
        this.target = target;
    }

    /** @throws ConfigurationException where it cannot be moved, or came over wrong; it may be run again */
    public Moved run(Progress progress) {
        LedgerAddress source = LedgerAddress.ofFile(file);
        if (!LedgerDatabase.isThere(source)) {
            throw LedgerDatabase.absent(source);
        }
        try (Moving moving = Moving.begin(file, target, LedgerDatabase.VERSION);
                LedgerDatabase here = LedgerDatabase.openMoving(source)) {
            LedgerAccount account = LedgerAccount.require(here, source);
            if (moving.hasEnded()) {
                return new Moved(account, 0, 0, outcomes(here));
            }
            long rows = moving.rows();
            progress.begins(rows);
            moving.carry(progress.carried());
            progress.compares();
            int tables = moving.compare();
            Outcomes outcomes = compareBooks(here);
            moving.end();
            return new Moved(account, rows, tables, outcomes);
        }
    }

    /** As {@link Moving#abandon}. */
    public boolean abandon() {
        if (!LedgerDatabase.isThere(LedgerAddress.ofFile(file))) {
            throw LedgerDatabase.absent(LedgerAddress.ofFile(file));
        }
        return Moving.abandon(file, target);
    }

    private Outcomes compareBooks(LedgerDatabase here) {
        try (LedgerDatabase there = LedgerDatabase.openMoving(target)) {
            Outcomes expected = outcomes(here);
            Outcomes found = outcomes(there);
            List<String> problems = new LedgerCheck(there).check().problems();
            Optional<String> wrong = expected.agree(found)
                    ? problems.stream().findFirst()
                    : Optional.of("found " + found + ", expected " + expected);
            wrong.ifPresent(problem -> {
                throw new ConfigurationException(
                        target + ": " + problem + ". Look whether the file agrees with itself before"
                                + " it is moved: " + Moving.command(file, target)
                                + " --abandon, then posbridge status --verify.");
            });
            return found;
        }
    }

    private static Outcomes outcomes(LedgerDatabase database) {
        return new ReportBook(database)
                .filesAfter(0).stream().map(FileReport::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    }
}
