package dev.posbridge.intake.sftp;

import dev.posbridge.ledger.LedgerDatabase;
import java.util.List;

/** Writes down what became of some files, as {@code posbridge report} does. */
@FunctionalInterface
public interface ReportWriter {
    /** @param json false for CSV */
    String write(LedgerDatabase database, List<Long> files, boolean json);
}
