package dev.posbridge.cli;

import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.Outcomes;
import java.util.List;

/**
 * A report: files with their outcomes, and what a person should see first of what went wrong.
 *
 * @param firstErrors some open dead letters, the oldest first
 */
record Report(LedgerAccount account, List<FileReport> files, List<DeadLetter> firstErrors) {

    Outcomes outcomes() {
        return files.stream().map(FileReport::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    }

    long rejectedFiles() {
        return files.stream().filter(file -> file.state() == FileState.REJECTED).count();
    }
}
