package dev.posbridge.ledger;

import dev.posbridge.ledger.HealthBook.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people were told is wrong, and the last good night: a restart tells nothing a second time. Thread-safe. */
public final class AlarmBook {
    private final LedgerDatabase database;

    /**
     * An alarm that nobody has called off.
     *
     * @param concern as health names it
     * @param cause the same for all that is told of it, from the alarm to the all-clear
     * @param toldAt the last time
     */
    public record Alarm(String concern, String cause, State state, Instant since, Instant toldAt) {}

    /** @param lastFile the newest file then */
    public record Heartbeat(Instant sentAt, long lastFile) {}

    public AlarmBook(LedgerDatabase database) {
        this.database = database;
    }

    public List<Alarm> all() {
        return database.read(
                handle -> handle.createQuery("select concern, cause, state, since, told_at from alarm order by concern")
                        .map((row, context) -> new Alarm(
                                row.getString(1),
                                row.getString(2),
                                State.values()[row.getInt(3)],
                                Instant.ofEpochMilli(row.getLong(4)),
                                Instant.ofEpochMilli(row.getLong(5))))
                        .list());
    }

    /** It was told, first or once more. */
    public void told(Alarm alarm) {
        database.update(handle -> handle.execute(
                "insert into alarm (concern, cause, state, since, told_at) values (?,?,?,?,?) on conflict (concern) do update "
                        + "set cause = excluded.cause, state = excluded.state, since = excluded.since, told_at = excluded.told_at",
                alarm.concern(),
                alarm.cause(),
                alarm.state().ordinal(),
                alarm.since().toEpochMilli(),
                alarm.toldAt().toEpochMilli()));
    }

    /** The all-clear was given. */
    public void cleared(String concern) {
        database.update(handle -> handle.execute("delete from alarm where concern = ?", concern));
    }

    public Optional<Heartbeat> heartbeat() {
        return database.read(handle -> handle.createQuery("select sent_at, last_file from heartbeat")
                .map((row, context) -> new Heartbeat(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2)))
                .findOne());
    }

    public void beaten(Heartbeat heartbeat) {
        database.update(handle -> {
            handle.execute("delete from heartbeat");
            handle.execute(
                    "insert into heartbeat (sent_at, last_file) values (?,?)",
                    heartbeat.sentAt().toEpochMilli(),
                    heartbeat.lastFile());
        });
    }
}
