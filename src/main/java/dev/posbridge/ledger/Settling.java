package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes how a record ended, and what follows from it, within somebody's transaction. */
final class Settling {
    /** Those that wait for a sale, and those that died waiting unless a person has closed the matter since. */
    static final String WAITING = "(r.state = 5 or (r.state = 6 and r.reason = 'original-not-found' and exists "
            + "(select 1 from dead_letter d where d.record_id = r.id and d.state = 0)))";

    /** The same, and those that were skipped because their sale was, or had not come, and now is delivered after all. */
    static final String WAITING_OR_SKIPPED = "(" + WAITING
            + " or (r.state = 7 and r.reason in ('original-skipped', 'void-of-nothing', 'voided-unsent')))";

    /** Bound, not put into the text: a text of its own for each sale would be parsed anew each time. */
    private static final String THESE = " in (select cast(value as bigint) from json_each(:records)) and ";

    /** Refunds that were parked for one of these sales, whichever file they came in. */
    private static final String REFUNDS_OF_SALES = "from record s join record r on r.original = s.order_id "
            + "and r.kind = 2 and r.revision = 0 where s.kind = 1 and s.id" + THESE;

    /** As above, and corrections whose order one of these records took back. */
    private static final String FREED = "select r.id, null as order_id " + REFUNDS_OF_SALES + WAITING_OR_SKIPPED
            + " union all select c.reversal, c.order_id from correction c where c.reversal" + THESE + "c.state = 0";

    private Settling() {}

    /** @param corrected the order that it took back for a correction; null of one that is to wake */
    private record Freed(long refund, String corrected) {}

    static void settle(Handle handle, long record, Outcome outcome) {
        settle(handle, List.of(new Settlement(record, outcome)));
    }

    /** What ends together is written together: of a customer's sales, or a lane's, each statement is made once for all. */
    static void settle(Handle handle, List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return;
        }
        settlements.forEach(settled -> AttemptWriter.note(handle, settled.recordId(), settled.outcome()));
        write(handle, settlements);
        handle.afterCommit(Segments.of(handle).window()::rowEnded);
        settlements.forEach(settled -> bury(handle, settled));
        follow(handle, records(settlements, RecordState.DELIVERED), records(settlements, RecordState.SKIPPED));
    }

    private static void bury(Handle handle, Settlement settled) {
        Outcome outcome = settled.outcome();
        Failpoint.WITHIN_OUTCOME.reach();
        if (!isOpen(outcome)) {
            OutcomeCounts.count(handle, outcome.state(), outcome.reason(), 1);
        }
        if (outcome.state() == RecordState.DEAD) {
            DeadLetterWriter.delivered(handle, settled.recordId(), outcome);
            Failpoint.WITHIN_BURIAL.reach();
        } else if (outcome.state() == RecordState.PARKED) {
            Failpoint.WITHIN_PARKING.reach();
        }
    }

    /** What others have to know: a customer's next time, the correction that waits for this, refunds that do. */
    private static void follow(Handle handle, List<Long> delivered, List<Long> skipped) {
        if (!delivered.isEmpty()) {
            Customers.tell(handle, delivered);
            Map<Boolean, List<Freed>> freed = handle.createQuery(FREED)
                    .bind("records", delivered.toString())
                    .map((row, context) -> new Freed(row.getLong(1), row.getString(2)))
                    .collect(Collectors.partitioningBy(one -> one.corrected() != null));
            freed.get(true).forEach(one -> Correcting.finish(handle, one.corrected()));
            freed.get(false).forEach(one -> wake(handle, one.refund()));
        }
        if (!skipped.isEmpty()) {
            handle.createQuery("select r.id " + REFUNDS_OF_SALES + WAITING)
                    .bind("records", skipped.toString())
                    .mapTo(Long.class)
                    .list()
                    .forEach(refund -> wake(handle, refund));
        }
    }

    private static List<Long> records(List<Settlement> settlements, RecordState state) {
        return settlements.stream()
                .filter(settled -> settled.outcome().state() == state)
                .map(Settlement::recordId)
                .toList();
    }

    private static boolean isOpen(Outcome outcome) {
        return outcome.state() == RecordState.PENDING || outcome.state() == RecordState.SENDING;
    }

    private static void write(Handle handle, List<Settlement> settlements) {
        // Closed at once, so that the next one of the transaction finds it prepared.
        try (PreparedBatch rows = handle.prepareBatch(
                "update record set state = :state, reason = :reason, due_at = case when :state = 5 then coalesce(parked_until, :due) else :due end, "
                        + "parked_until = case when :state = 5 then coalesce(parked_until, :due) else parked_until end, points = :points, redeemed = :redeemed, "
                        + "api_code = :code, request_id = :requestId, settled_at = :settled, attempts = attempts - :uncounted, unclear = case when unclear > :unclear then unclear else :unclear end, epoch = case when :unclear = 1 then 0 else epoch end where id = :id")) {
            for (Settlement settled : settlements) {
                Outcome outcome = settled.outcome();
                rows.bind("state", outcome.state().code())
                        .bind(
                                "reason",
                                outcome.reason() == null
                                        ? null
                                        : outcome.reason().code())
                        .bind("due", outcome.dueAt())
                        .bind("points", outcome.points())
                        .bind("redeemed", outcome.redeemed())
                        .bind("code", outcome.apiCode())
                        .bind("requestId", outcome.requestId())
                        .bind("uncounted", outcome.attempted() ? 0 : 1)
                        .bind("unclear", outcome.state() == RecordState.SENDING ? 1 : 0)
                        .bind("settled", isOpen(outcome) ? null : System.currentTimeMillis())
                        .bind("id", settled.recordId())
                        .add();
            }
            rows.execute();
        }
    }

    /** The same for sales that were skipped as they came in, which nobody settles. */
    static void wakeRefundsOfSkippedSales(Handle handle) {
        handle.select("select r.id from record r where r.state = 5 and r.kind = 2 and exists (select 1 from record s "
                        + "where s.state = 7 and s.id in (" + OrderIds.current("r.original", "(1)") + "))")
                .mapTo(Long.class)
                .list()
                .forEach(refund -> wake(handle, refund));
    }

    static void wake(Handle handle, long refund) {
        handle.afterCommit(Segments.of(handle).window()::rowsChanged);
        handle.execute(
                "update file set state = 1 where state = 2 and id = (select file_id from record where id = ?)", refund);
        handle.execute(
                "update record set state = 0, settled_at = null, due_at = 0, attempts = 0, reason = null where id = ?",
                refund);
        handle.execute(
                "update dead_letter set state = 1, closed_at = ? where state = 0 and record_id = ?",
                System.currentTimeMillis(),
                refund);
        Failpoint.WITHIN_WAKING.reach();
    }
}
