package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import dev.posbridge.pos.Reason;
import java.time.Duration;

/** Records that wait for something that may never come. Thread-safe. */
public final class Parking {
    private static final int MOST_AT_ONCE = 500;

    private static final long SELDOM_MILLIS = 15 * 60 * 1000L;

    /** However short it waits, what is parked asks a few times. */
    private static final int LEAST_ASKINGS = 4;

    private final LedgerDatabase database;
    private final long askEveryMillis;
    private long nextAsking;

    /** @param wait how long a record is parked at most */
    public Parking(LedgerDatabase database, Duration wait) {
        this.database = database;
        this.askEveryMillis = Math.min(SELDOM_MILLIS, wait.toMillis() / LEAST_ASKINGS);
    }

    /** What is parked asks again now and then: nobody tells us when Gameball gets to know a customer or a sale. */
    public void askAgain() {
        long now = LedgerClock.millis();
        if (now < nextAsking) {
            return;
        }
        nextAsking = now + askEveryMillis;
        database.update(handle -> {
            String waiting = "state = 5 and due_at > :now";
            handle.createUpdate("update file set state = 1 where state = 2 and id in (select file_id from record where "
                            + waiting + ")")
                    .bind("now", now)
                    .execute();
            Failpoint.WITHIN_ASKING_AGAIN.reach();
            handle.createUpdate(
                            "update record set state = 0, settled_at = null, due_at = 0, attempts = 0 where " + waiting)
                    .bind("now", now)
                    .execute();
        });
    }

    /** Parked records whose time is over are dead. */
    public void buryOverdue() {
        long now = LedgerClock.millis();
        boolean any = database.read(
                handle -> handle.select("select 1 from record where state = 5 and due_at <= ? limit 1", now)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
        if (!any) {
            return;
        }
        database.update(handle -> Settling.settle(
                handle,
                handle.select(
                                "select r.id, r.reason, r.original, r.line, f.name from record r join file f on f.id = r.file_id "
                                        + "where r.state = 5 and r.due_at <= ? limit " + MOST_AT_ONCE,
                                now)
                        .map((row, context) -> {
                            Reason reason = Reason.ofCode(row.getString("reason"));
                            String problem = row.getString("name") + ":" + row.getLong("line")
                                    + ": waited to the end of its time for "
                                    + (row.getString("original") == null
                                            ? "its customer"
                                            : "sale \"" + row.getString("original") + '"')
                                    + ". " + reason.remedy();
                            return new Settlement(row.getLong("id"), Outcome.dead(reason, problem));
                        })
                        .list()));
    }
}
