package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes how a record ended, and what follows from it, within somebody's transaction. */
final class Settling {
    /** Those that wait for a sale, and those that died waiting unless a person has closed the matter since. */
    static final String WAITING = "(r.state = 5 or (r.state = 6 and r.reason = 'original-not-found' and exists "
            + "(select 1 from dead_letter d where d.record_id = r.id and d.state = 0)))";

    /** The same, and those that were skipped because their sale was, or had not come, and now is delivered after all. */
    static final String WAITING_OR_SKIPPED = "(" + WAITING
            + " or (r.state = 7 and r.reason in ('original-skipped', 'void-of-nothing', 'voided-unsent')))";

    private static final String REFUNDS_OF_SALE = "select r.id from record s join record r on r.original = s.order_id "
            + "and r.kind = 2 and r.revision = 0 where s.kind = 1 and s.id = ? and ";

    private Settling() {}

    static void settle(Handle handle, long record, Outcome outcome) {
        AttemptWriter.note(handle, record, outcome);
        write(handle, record, outcome);
        handle.afterCommit(Segments.of(handle).window()::rowEnded);
        Failpoint.WITHIN_OUTCOME.reach();
        if (outcome.state() != RecordState.PENDING && outcome.state() != RecordState.SENDING) {
            OutcomeCounts.count(handle, outcome.state(), outcome.reason(), 1);
        }
        switch (outcome.state()) {
            case DEAD -> {
                DeadLetterWriter.delivered(handle, record, outcome);
                Failpoint.WITHIN_BURIAL.reach();
            }
            case PARKED -> Failpoint.WITHIN_PARKING.reach();
            case DELIVERED -> {
                Customers.tell(handle, record);
                Correcting.reversed(handle, record);
                wakeRefunds(handle, record, WAITING_OR_SKIPPED);
            }
            case SKIPPED -> wakeRefunds(handle, record, WAITING);
            default -> {
                // the others concern nobody else
            }
        }
    }

    private static void write(Handle handle, long record, Outcome outcome) {
        boolean open = outcome.state() == RecordState.PENDING || outcome.state() == RecordState.SENDING;
        // Closed at once, so that the next one of the transaction finds it prepared.
        try (Update row = handle.createUpdate(
                "update record set state = :state, reason = :reason, due_at = case when :state = 5 then coalesce(parked_until, :due) else :due end, "
                        + "parked_until = case when :state = 5 then coalesce(parked_until, :due) else parked_until end, points = :points, redeemed = :redeemed, "
                        + "api_code = :code, request_id = :requestId, settled_at = :settled, attempts = attempts - :uncounted, unclear = case when unclear > :unclear then unclear else :unclear end, epoch = case when :unclear = 1 then 0 else epoch end where id = :id")) {
            row.bind("state", outcome.state().code())
                    .bind(
                            "reason",
                            outcome.reason() == null ? null : outcome.reason().code())
                    .bind("due", outcome.dueAt())
                    .bind("points", outcome.points())
                    .bind("redeemed", outcome.redeemed())
                    .bind("code", outcome.apiCode())
                    .bind("requestId", outcome.requestId())
                    .bind("uncounted", outcome.attempted() ? 0 : 1)
                    .bind("unclear", outcome.state() == RecordState.SENDING ? 1 : 0)
                    .bind("settled", open ? null : System.currentTimeMillis())
                    .bind("id", record)
                    .execute();
        }
    }

    /** Refunds that were parked for this sale are due now, whichever file they came in. */
    private static void wakeRefunds(Handle handle, long sale, String which) {
        // Bound, not put into the text: a text of its own for each sale would be parsed anew each time.
        handle.select(REFUNDS_OF_SALE + which, sale).mapTo(Long.class).list().forEach(refund -> wake(handle, refund));
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
