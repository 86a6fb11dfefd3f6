package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

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
            long ahead = ahead(handle);
            handle.execute("delete from quota");
            Failpoint.WITHIN_QUOTA_LOG.reach();
            var batch = handle.prepareBatch("insert into quota (resource, sent_at) values (?, ?)");
            calls.forEach(call -> batch.add(call.resource(), call.at().toEpochMilli() + ahead));
            if (!calls.isEmpty()) {
                batch.execute();
            }
            return null;
        });
    }

    /** @param ofRecord resources of which a record in sending may have used a call each that nobody logged */
    public List<Call> read(List<String> ofRecord) {
        return database.read(handle -> {
            long ahead = ahead(handle);
            List<Call> calls = new ArrayList<>(handle.createQuery("select resource, sent_at from quota")
                    .map((row, context) -> new Call(row.getString(1), Instant.ofEpochMilli(row.getLong(2) - ahead)))
                    .list());
            Instant now = Instant.now();
            handle.createQuery("select r.sent_at from file f join record r on r.file_id = f.id and r.state = 1 "
                            + "and r.job is null where f.state = 1 and r.sent_at is not null")
                    .mapTo(Long.class)
                    .map(sentAt -> database.isShared() ? now : Instant.ofEpochMilli(sentAt))
                    .forEach(at -> ofRecord.forEach(resource -> calls.add(new Call(resource, at))));
            return calls;
        });
    }

    /**
     * By how many milliseconds the server's clock is ahead of ours, where another node may read what we write: its clock, or
     * ours, may be minutes off. What was in its hands when it ended counts as of now.
     */
    private long ahead(Handle handle) {
        return database.isShared()
                ? handle.select("select (extract(epoch from clock_timestamp()) * 1000)::bigint")
                                .mapTo(Long.class)
                                .one()
                        - System.currentTimeMillis()
                : 0;
    }
}
