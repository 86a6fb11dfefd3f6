package dev.posbridge.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Writes the attempts that did not deliver their record, within somebody's transaction. The one that did stands in the record's
 * own row, or in its segment's: a night in which all goes well writes none.
 */
final class AttemptWriter {
    /** Of a record; older ones go. */
    static final int KEPT = 20;

    static final String BROKE_OFF = "The process that sent it ended before it wrote down the answer.";

    private static final int LONGEST_MESSAGE = 1_000;
    private static final int LONGEST_ID = 200;

    private static final String NOTE =
            "insert into attempt (record_id, number, sent_at, ended_at, job, call, state, reason, "
                    + "message, status, api_code, request_id) select record.id, coalesce((select max(number) from attempt a where "
                    + "a.record_id = record.id), 0) + 1, record.sent_at, :now, record.job, :call, :state, :reason, :message, :status, "
                    + ":code, :requestId from record where ";

    private AttemptWriter() {}

    /** Before the outcome is written; nothing where it was no attempt, or the one that delivered. */
    static void note(Handle handle, long record, Outcome outcome) {
        if (outcome.call() == null) {
            return;
        }
        Optional<Long> number;
        try (org.jdbi.v3.core.statement.Query row = handle.createQuery(NOTE + "record.id = :record returning number")) {
            number = row.bind("record", record)
                    .bind("now", System.currentTimeMillis())
                    .bind("call", outcome.call())
                    .bind("state", outcome.state().code())
                    .bind(
                            "reason",
                            outcome.reason() == null ? null : outcome.reason().code())
                    .bind("message", cut(outcome.message(), LONGEST_MESSAGE))
                    .bind("status", outcome.status())
                    .bind("code", outcome.apiCode())
                    .bind("requestId", cut(outcome.requestId(), LONGEST_ID))
                    .mapTo(Long.class)
                    .findOne();
        }
        if (number.isPresent() && number.get() > KEPT) {
            handle.execute("delete from attempt where record_id = ? and number <= ?", record, number.get() - KEPT);
        }
    }

    /**
     * The attempts of several records that ended alike.
     *
     * @param which a condition on {@code record}, with one or two times {@code :which}
     * @param call null where nobody knows
     */
    static void note(Handle handle, String which, long bound, String call, RecordState state, String message) {
        try (Update rows = handle.createUpdate(NOTE + which)) {
            rows.bind("which", bound)
                    .bind("now", System.currentTimeMillis())
                    .bind("call", call)
                    .bind("state", state.code())
                    .bind("reason", (String) null)
                    .bind("message", cut(message, LONGEST_MESSAGE))
                    .bind("status", (Integer) null)
                    .bind("code", (Integer) null)
                    .bind("requestId", (String) null)
                    .execute();
        }
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
