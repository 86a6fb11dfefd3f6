package dev.posbridge.ledger;

import dev.posbridge.pos.Reason;
import java.time.Duration;

/** Records that wait for something that may never come. Thread-safe. */
public final class Parking {
    private static final int MOST_AT_ONCE = 500;

    private static final Duration TRY_AGAIN = Duration.ofHours(1);

    private final LedgerDatabase database;
    private final Duration tryAgain;

    public Parking(LedgerDatabase database) {
        this(database, TRY_AGAIN);
    }

    /** @param tryAgain how long a record is parked before it is tried once more */
    Parking(LedgerDatabase database, Duration tryAgain) {
        this.database = database;
        this.tryAgain = tryAgain;
    }

    /** What we wait for may come to Gameball from elsewhere, which nobody tells us: so it is asked now and then. */
    public void tryAgain() {
        long before = System.currentTimeMillis() - tryAgain.toMillis();
        String parked = "select id from record where state = 5 and coalesce(settled_at, 0) <= " + before + " limit "
                + MOST_AT_ONCE;
        boolean any = database.read(
                handle -> handle.select(parked).mapTo(Long.class).findFirst().isPresent());
        if (any) {
            database.update(handle -> Settling.wake(handle, parked));
        }
    }

    /** Parked records whose time is over are dead. */
    public void buryOverdue() {
        long now = System.currentTimeMillis();
        boolean any = database.read(
                handle -> handle.select("select 1 from record where state = 5 and due_at <= ? limit 1", now)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
        if (!any) {
            return;
        }
        database.update(handle -> handle.select(
                        "select r.id, r.reason, r.original, r.line, f.name from record r join file f on f.id = r.file_id "
                                + "where r.state = 5 and r.due_at <= ? limit " + MOST_AT_ONCE,
                        now)
                .map((row, context) -> {
                    Reason reason = Reason.ofCode(row.getString("reason"));
                    String problem =
                            row.getString("name") + ":" + row.getLong("line") + ": waited to the end of its time for "
                                    + (row.getString("original") == null
                                            ? "its customer"
                                            : "sale \"" + row.getString("original") + '"')
                                    + ". " + reason.remedy();
                    return new Settlement(row.getLong("id"), Outcome.dead(reason, problem));
                })
                .list()
                .forEach(overdue -> Settling.settle(handle, overdue.recordId(), overdue.outcome())));
    }
}
