package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When calls were made in the last moments, so that a restart does not spend a quota twice. Calls that a crash kept from
 * the log are those of records left in sending: each may have been asked about, created and sent. Thread-safe.
 */
public final class QuotaLog {
    private final LedgerDatabase database;
    private int kept;

    /** @param resource name of the quota's resource */
    public record Call(String resource, Instant at) {}

    public QuotaLog(LedgerDatabase database) {
        this.database = database;
    }

    /** Replaces the log by this one; costs nothing while no call is made. */
    public synchronized void keep(List<Call> calls) {
        if (calls.isEmpty() && kept == 0) {
            return;
        }
        kept = calls.size();
        database.writeLightly(handle -> {
            handle.execute("delete from quota");
            Failpoint.WITHIN_QUOTA_LOG.reach();
            var batch = handle.prepareBatch("insert into quota (resource, sent_at) values (?, ?)");
            calls.forEach(call -> batch.add(call.resource(), call.at().toEpochMilli()));
            if (!calls.isEmpty()) {
                batch.execute();
            }
            return null;
        });
    }

    /** @param ofRecord resources of which a record in sending may have used a call each that nobody logged */
    public List<Call> read(List<String> ofRecord) {
        return database.read(handle -> {
            List<Call> calls = new ArrayList<>(handle.createQuery("select resource, sent_at from quota")
                    .map((row, context) -> new Call(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
                    .list());
            handle.createQuery("select r.sent_at from file f join record r on r.file_id = f.id and r.state = 1 "
                            + "and r.job is null where f.state = 1 and r.sent_at is not null")
                    .mapTo(Long.class)
                    .forEach(sentAt ->
                            ofRecord.forEach(resource -> calls.add(new Call(resource, Instant.ofEpochMilli(sentAt)))));
            return calls;
        });
    }
}
