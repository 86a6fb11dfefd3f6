package dev.posbridge.cli;

import dev.posbridge.intake.sftp.ReportWriter;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.operations.Report;
import dev.posbridge.operations.ReportGroup;
import dev.posbridge.operations.document.ReportJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;

/** The report that goes back to a server: as {@code posbridge report} prints it, of some files alone. Thread-safe. */
public final class NightReport implements ReportWriter {
    private static final int FIRST_ERRORS = 10;

    @Override
    public String write(LedgerDatabase database, List<Long> files, boolean json) {
        Set<Long> ids = Set.copyOf(files);
        Report report = new Report(
                LedgerAccount.of(database).orElseThrow(),
                new ReportBook(database).files(files),
                new DeadLetters(database)
                        .all(new DeadLetterFilter(null, null, null, null, false)).stream()
                                .filter(letter -> ids.contains(letter.fileId()))
                                .limit(FIRST_ERRORS)
                                .toList());
        if (json) {
            return ReportJson.write(report) + System.lineSeparator();
        }
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        ReportCsv.print(out, ReportGroup.By.file, report, List.of());
        out.flush();
        return text.toString();
    }
}
