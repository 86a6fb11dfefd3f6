package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * What is well and what is not. Whoever does the work {@linkplain #report reports} it, at no cost and without fail, as
 * often as it likes; {@link #keep} puts it into the ledger, where other processes see it. Thread-safe.
 */
public final class HealthBook {
    /** A green concern that goes on being green is written again after this time, so that others see its age. */
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final LedgerDatabase database;
    private final InstantSource clock;
    private final Map<String, Concern> concerns = new ConcurrentHashMap<>();
    private final Map<String, Concern> kept = new ConcurrentHashMap<>();
    private final Set<String> common = ConcurrentHashMap.newKeySet();

    /** How a concern is. */
    public enum State {
        GREEN,
        /** Something waits as it was told to: nobody has to look. */
        YELLOW,
        /** Somebody must look, or nothing moves until what is outside of us recovers. */
        RED;

        /** As people and programs read it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What was said of a concern.
     *
     * @param message what was found and what to do, one line without secrets or personal data; empty where all is well
     * @param since when it came into this state
     * @param seen when it was last reported
     * @param lastGreen when it was last reported green, or null: the last good poll of a source
     * @param until if nothing was reported again until then, it counts as red
     */
    public record Concern(
            String name, State state, String message, Instant since, Instant seen, Instant lastGreen, Instant until) {

        /** The same as of now: red where its reporter has fallen silent. */
        Concern asOf(Instant now) {
            return now.isBefore(until)
                    ? this
                    : new Concern(
                            name, State.RED, "nothing was heard of it since " + seen, until, seen, lastGreen, until);
        }
    }

    public HealthBook(LedgerDatabase database) {
        this(database, InstantSource.system());
    }

    HealthBook(LedgerDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Says how a concern is, until somebody says otherwise.
     *
     * @param concern a few plain words that stay the same, such as {@code gameball} or {@code sftp acme}
     */
    public void report(String concern, State state, String message) {
        report(concern, state, message, FOR_EVER);
    }

    /** @param goodFor after which it counts as red, unless it is reported again */
    public void report(String concern, State state, String message, Duration goodFor) {
        Instant now = clock.instant();
        concerns.compute(concern, (name, before) -> {
            Instant lastGreen = state == State.GREEN ? now : before == null ? null : before.lastGreen();
            Instant since = before != null && before.state() == state ? before.since() : now;
            return new Concern(name, state, message, since, now, lastGreen, now.plus(goodFor));
        });
    }

    /**
     * Says how a concern is that is everybody's who shares the ledger, such as its dead letters: each node sees it, and it says
     * nothing of the node.
     */
    public void reportCommon(String concern, State state, String message) {
        common.add(concern);
        report(concern, state, message);
    }

    /** Takes back a concern that is none any more. */
    public void forget(String concern) {
        concerns.remove(concern);
    }

    /** What was reported in this process, by name. */
    public List<Concern> reported() {
        Instant now = clock.instant();
        return concerns.values().stream()
                .map(concern -> concern.asOf(now))
                .sorted(Comparator.comparing(Concern::name))
                .toList();
    }

    /** Of what was reported in this process that which is its own: its disk, its queues, what it cannot take in. */
    List<Concern> own() {
        return reported().stream()
                .filter(concern -> !common.contains(concern.name()))
                .toList();
    }

    /** The worst of what was reported in this process. */
    public State worst() {
        return worst(reported());
    }

    /** Green where there is no concern. */
    public static State worst(List<Concern> concerns) {
        return concerns.stream()
                .map(Concern::state)
                .max(Comparator.naturalOrder())
                .orElse(State.GREEN);
    }

    /**
     * Puts what changed into the ledger.
     *
     * @throws LedgerUnavailableException where that failed; the next call tries again
     */
    public void keep() {
        Map<String, Concern> now = Map.copyOf(concerns);
        List<Concern> changed = now.values().stream().filter(this::isNews).toList();
        List<String> gone =
                kept.keySet().stream().filter(name -> !now.containsKey(name)).toList();
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        database.writeLightly(handle -> {
            gone.forEach(name -> handle.execute("delete from health where concern = ?", name));
            changed.forEach(concern -> write(handle, concern));
            return null;
        });
        gone.forEach(kept::remove);
        changed.forEach(concern -> kept.put(concern.name(), concern));
    }

    /** Forgets everything, what an earlier process wrote too; for whoever takes the data folder. */
    public void clear() {
        concerns.clear();
        kept.clear();
        database.update(handle -> handle.execute("delete from health"));
    }

    /** What the running service last put into the ledger, by name. */
    public List<Concern> kept() {
        return database.read(handle -> handle.createQuery(
                        "select concern, state, message, since, seen, well_at, until from health order by concern")
                .map((row, context) -> new Concern(
                                row.getString(1),
                                State.values()[row.getInt(2)],
                                row.getString(3),
                                Instant.ofEpochMilli(row.getLong(4)),
                                Instant.ofEpochMilli(row.getLong(5)),
                                row.getObject(6) == null ? null : Instant.ofEpochMilli(row.getLong(6)),
                                Instant.ofEpochMilli(row.getLong(7)))
                        .asOf(clock.instant()))
                .list());
    }

    private boolean isNews(Concern concern) {
        Concern before = kept.get(concern.name());
        return before == null
                || before.state() != concern.state()
                || !before.message().equals(concern.message())
                || concern.seen().isAfter(before.seen().plus(REFRESH));
    }

    private static void write(Handle handle, Concern concern) {
        handle.execute(
                "insert into health (concern, state, message, since, seen, well_at, until) values (?,?,?,?,?,?,?) "
                        + "on conflict (concern) do update set state = excluded.state, message = excluded.message, "
                        + "since = excluded.since, seen = excluded.seen, well_at = excluded.well_at, until = excluded.until",
                concern.name(),
                concern.state().ordinal(),
                concern.message(),
                concern.since().toEpochMilli(),
                concern.seen().toEpochMilli(),
                concern.lastGreen() == null ? null : concern.lastGreen().toEpochMilli(),
                concern.until().toEpochMilli());
    }
}
