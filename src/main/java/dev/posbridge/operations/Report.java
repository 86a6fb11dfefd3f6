package dev.posbridge.operations;

import dev.posbridge.intake.expected.ExpectedFiles.Missing;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.SequenceBook.Gap;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A report: files with their outcomes, and what a person should see first of what went wrong.
 *
 * @param firstErrors some open dead letters, the oldest first
 * @param missing files that sources had to bring and have not
 * @param gaps numbers that tills gave to receipts that never came
 */
public record Report(
        LedgerAccount account,
        List<FileReport> files,
        List<DeadLetter> firstErrors,
        List<Missing> missing,
        List<Gap> gaps) {

    /** A report of what came, without a look at what did not. */
    public Report(LedgerAccount account, List<FileReport> files, List<DeadLetter> firstErrors) {
        this(account, files, firstErrors, List.of(), List.of());
    }

    public Outcomes outcomes() {
        return files.stream().map(FileReport::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    }

    public long heldFiles() {
        return files.stream()
                .filter(file -> file.state() == FileState.HELD
                        || file.outcomes().of("held").records() > 0)
                .count();
    }

    public long rejectedFiles() {
        return files.stream().filter(file -> file.state() == FileState.REJECTED).count();
    }

    /** The ledger notes that a file is settled when it next looks at it. */
    public static String state(FileReport file) {
        boolean ended = file.state() == FileState.RELEASED
                && file.outcomes().of("pending").records() == 0;
        return (ended ? FileState.SETTLED : file.state()).word();
    }

    /** When a file came: local time with its offset. */
    public static String came(FileReport file) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                file.startedAt().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
    }
}
