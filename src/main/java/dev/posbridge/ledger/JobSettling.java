package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.pos.Reason;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes a job's outcomes within somebody's transaction. The delivered, nearly all, are written by the batch; the others
 * one by one. Plain JDBC: this is the hot path.
 */
final class JobSettling {
    private static final String DELIVERED = "update record set state = 4, reason = null, due_at = 0, points = ?, "
            + "settled_at = ? where id = ? and job = ? and state = 1";
    private static final String TOLD =
            "insert into customer (id, standing, last_time) values (?, 1, ?) on conflict (id) do update set "
                    + "last_time = max(coalesce(customer.last_time, 0), excluded.last_time)";

    private final Handle handle;
    private final Job job;

    JobSettling(Handle handle, Job job) {
        this.handle = handle;
        this.job = job;
    }

    void settle(List<JobOutcome> outcomes) {
        List<JobOutcome> delivered = outcomes.stream()
                .filter(outcome -> outcome.outcome().state() == RecordState.DELIVERED)
                .toList();
        if (!delivered.isEmpty()) {
            deliver(delivered);
            waitingRefunds(delivered).forEach(refund -> Settling.wake(handle, refund));
        }
        for (JobOutcome outcome : outcomes) {
            if (outcome.outcome().state() != RecordState.DELIVERED) {
                settleOne(outcome);
            }
        }
    }

    private void settleOne(JobOutcome outcome) {
        long record = outcome.carried().recordId();
        if (handle.execute(
                        "update record set way = ? where id = ? and job = ? and state = 1",
                        outcome.way().code(),
                        record,
                        job.id())
                == 0) {
            return;
        }
        Settling.settle(handle, record, outcome.outcome());
        handle.execute("update record set job = null where id = ? and state in " + RecordState.OPEN, record);
    }

    private void deliver(List<JobOutcome> delivered) {
        long now = System.currentTimeMillis();
        try (PreparedStatement rows = handle.getConnection().prepareStatement(DELIVERED);
                PreparedStatement customers = handle.getConnection().prepareStatement(TOLD)) {
            for (JobOutcome outcome : delivered) {
                rows.setObject(
                        1,
                        outcome.outcome().points() == null
                                ? null
                                : outcome.outcome().points().doubleValue());
                rows.setLong(2, now);
                rows.setLong(3, outcome.carried().recordId());
                rows.setLong(4, job.id());
                rows.addBatch();
                if (outcome.carried().customerId() != null) {
                    customers.setString(1, outcome.carried().customerId());
                    customers.setLong(2, outcome.carried().sentTime());
                    customers.addBatch();
                }
            }
            rows.executeBatch();
            customers.executeBatch();
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    /** Refunds that wait for one of these sales, or died waiting: one look-up for all. */
    private List<Long> waitingRefunds(List<JobOutcome> delivered) {
        String sql = "select r.id from record r where r.original in (select value from json_each(?)) "
                + "and r.kind = 2 and r.revision = 0 and (r.state = 5 or (r.state = 6 and r.reason = ? and exists "
                + "(select 1 from dead_letter d where d.record_id = r.id and d.state = 0)))";
        try (PreparedStatement query = handle.getConnection().prepareStatement(sql)) {
            query.setString(
                    1,
                    CanonicalJson.list(delivered.stream()
                            .map(outcome -> outcome.carried().orderId())
                            .toList()));
            query.setString(2, Reason.ORIGINAL_NOT_FOUND.code());
            List<Long> refunds = new ArrayList<>();
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    refunds.add(found.getLong(1));
                }
            }
            return refunds;
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }
}
