package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes a job's outcomes within somebody's transaction. The delivered, nearly all, are written by one statement; the
 * others one by one. This is the hot path.
 */
final class JobSettling {
    private static final String DELIVERED = "update record set state = 4, reason = null, due_at = 0, points = null, "
            + "settled_at = ? where id in (select cast(value as bigint) from json_each(?)) and job = ? and state = 1";

    /** What nearly all come to. */
    private static final Outcome PLAINLY = Outcome.delivered(null);

    private final Handle handle;
    private final Job job;
    private final LastTimes lastTimes;

    JobSettling(Handle handle, Job job, LastTimes lastTimes) {
        this.handle = handle;
        this.job = job;
        this.lastTimes = lastTimes;
    }

    /** @return how many were delivered, of those that the job had in hand */
    int settle(List<JobOutcome> outcomes) {
        List<Carried> delivered = outcomes.stream()
                .filter(outcome -> outcome.outcome().equals(PLAINLY))
                .map(JobOutcome::carried)
                .toList();
        int settled = 0;
        if (!delivered.isEmpty()) {
            settled = deliver(delivered);
            OutcomeCounts.count(handle, RecordState.DELIVERED, null, settled);
            waitingRefunds(delivered).forEach(refund -> Settling.wake(handle, refund));
        }
        List<Long> others = outcomes.stream()
                .filter(outcome -> !outcome.outcome().equals(PLAINLY))
                .map(outcome -> outcome.carried().recordId())
                .toList();
        new SegmentSales(handle).inHandToRows(SegmentSales.longs(others), job);
        for (JobOutcome outcome : outcomes) {
            if (!outcome.outcome().equals(PLAINLY)) {
                settleOne(outcome);
            }
        }
        return settled;
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
        handle.execute("update record set job = null where id = ? and " + RecordState.open("record"), record);
    }

    private int deliver(List<Carried> delivered) {
        List<Long> ids = delivered.stream().map(Carried::recordId).toList();
        int inSegments = new SegmentSales(handle).deliver(ids, job.id());
        if (inSegments == delivered.size()) {
            return inSegments;
        }
        int settled = inSegments + handle.execute(DELIVERED, System.currentTimeMillis(), ids.toString(), job.id());
        for (Carried sale : delivered) {
            if (sale.customerId() != null) {
                lastTimes.tell(sale.customerId(), sale.sentTime());
            }
        }
        return settled;
    }

    /** Refunds that wait for one of these sales, or died waiting: one look-up for all. */
    private List<Long> waitingRefunds(List<Carried> delivered) {
        boolean anyRefunds = handle.select("select exists (select 1 from record where original is not null)")
                .mapTo(Boolean.class)
                .one();
        if (!anyRefunds) {
            return List.of();
        }
        String sql = "select r.id from record r where r.original in (select value from json_each(?)) "
                + "and r.kind = 2 and r.revision = 0 and " + Settling.WAITING_OR_SKIPPED;
        try (PreparedStatement query = handle.getConnection().prepareStatement(sql)) {
            query.setString(
                    1,
                    CanonicalJson.list(delivered.stream().map(Carried::orderId).toList()));
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
