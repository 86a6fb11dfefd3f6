package dev.posbridge.cli;

import dev.posbridge.intake.sftp.ExpectedFiles.Missing;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.SequenceBook.Gap;
import java.util.List;

/**
 * A report: files with their outcomes, and what a person should see first of what went wrong.
 *
 * @param firstErrors some open dead letters, the oldest first
 * @param missing files that sources had to bring and have not
 * @param gaps numbers that tills gave to receipts that never came
 */
record Report(
        LedgerAccount account,
        List<FileReport> files,
        List<DeadLetter> firstErrors,
        List<Missing> missing,
        List<Gap> gaps) {

    /** A report of what came, without a look at what did not. */
    Report(LedgerAccount account, List<FileReport> files, List<DeadLetter> firstErrors) {
        this(account, files, firstErrors, List.of(), List.of());
    }

    Outcomes outcomes() {
        return files.stream().map(FileReport::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    }

    long heldFiles() {
        return files.stream()
                .filter(file -> file.outcomes().of("held").records() > 0)
                .count();
    }

    long rejectedFiles() {
        return files.stream().filter(file -> file.state() == FileState.REJECTED).count();
    }
}
