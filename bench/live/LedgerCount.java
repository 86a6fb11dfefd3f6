import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReportBook;
import java.util.List;

/** Counts the records of messages that the ledger of a running service has got since, as its report does; only reads. */
final class LedgerCount implements AutoCloseable {
    private final LedgerDatabase ledger;
    private final ReportBook report;
    /** Days of queues; what came in files would be counted for nothing, again and again. */
    private final List<Long> days;

    private final long last;
    private final long before;

    LedgerCount(LedgerAddress address) {
        ledger = LedgerDatabase.openToRead(address);
        report = new ReportBook(ledger);
        List<FileReport> files = report.filesAfter(0);
        days = files.stream().filter(one -> one.name().contains("@")).map(FileReport::id).toList();
        last = files.isEmpty() ? 0 : files.get(files.size() - 1).id();
        before = records(report.files(days));
    }

    long records() {
        return records(report.files(days)) + records(report.filesAfter(last)) - before;
    }

    private static long records(List<FileReport> files) {
        return files.stream().mapToLong(one -> one.outcomes().in().records()).sum();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
