package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import dev.posbridge.harness.Guard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * What is due in the lanes, and who has it in hand. A lane is a share of the customers; whoever works in it is alone there, which
 * the one process that sends sees to in its memory. That it is the only one the ledger sees to: {@link SenderLease}, or the lock of
 * the data folder. Thread-safe.
 */
public final class LaneBook {
    /** So many turns of one process have epochs of their own; the rest of an epoch says of which process. */
    private static final int EPOCH_BITS = 32;

    private static final long LONG_LOOK_NANOS = 5_000_000;
    private static final int REST_FACTOR = 20;
    private static final long LONGEST_REST_NANOS = 10_000_000_000L;

    /** What somebody may see to: in the hands of no job, and not to be asked about by one. */
    private static final String DUE = RecordState.open("r")
            + " and r.due_at <= :now and not (r.state = 1 and (r.job is not null or r.epoch = 0 and r.kind = 1))";

    private final LedgerDatabase database;
    private final LaneRules rules;
    private final boolean messagesOnly;
    private final Map<Integer, Long> restingUntil = new ConcurrentHashMap<>();
    private volatile List<Pauses.Pause> restingFor = List.of();
    private final Set<LaneTurn> claimedWithoutCommit = ConcurrentHashMap.newKeySet();

    /** Of the last turn, of files and of messages; 0 before the first. */
    private final AtomicLong lastEpoch;

    public LaneBook(LedgerDatabase database, LaneRules rules) {
        this(database, rules, false, new AtomicLong());
    }

    private LaneBook(LedgerDatabase database, LaneRules rules, boolean messagesOnly, AtomicLong lastEpoch) {
        this.database = database;
        this.rules = rules;
        this.messagesOnly = messagesOnly;
        this.lastEpoch = lastEpoch;
    }

    /** The same lanes for messages alone: files are not claimed from it, and it does not wait behind them to write. */
    public LaneBook ofMessages() {
        return new LaneBook(database.urgent(), rules, true, lastEpoch);
    }

    /** For whoever is alone in the lane now. */
    public LaneTurn turn(int lane) {
        synchronized (lastEpoch) {
            if (lastEpoch.get() == 0) {
                lastEpoch.set(database.write(handle -> LedgerDatabase.nextIds(handle, "turns", 1)) << EPOCH_BITS);
            }
            return new LaneTurn(lane, lastEpoch.incrementAndGet());
        }
    }

    /** As below, with nothing left to batches. */
    public Claim claim(LaneTurn turn, int limit) {
        return claim(turn, limit, way -> false);
    }

    /**
     * Claims what is due in the lane, in order, and commits the attempts.
     *
     * @param limit most records to claim
     * @param left which sales are left alone, and their customers with them, because they go by batch
     */
    public Claim claim(LaneTurn turn, int limit, Predicate<Way> left) {
        Failpoint.BEFORE_CLAIM.reach();
        Claim claim = database.write(handle -> claim(handle, turn, limit, left));
        Failpoint.AFTER_CLAIM.reach();
        if (!claim.unverified().isEmpty()) {
            Failpoint.AFTER_CLAIM_OF_UNKNOWN.reach();
        }
        return claim;
    }

    private Claim claim(Handle handle, LaneTurn turn, int limit, Predicate<Way> left) {
        if (Guard.ATTEMPT_FIRST.isOff()) {
            return claimWithoutCommit(handle, turn, limit, left);
        }
        long began = System.nanoTime();
        Claim claim = new Claiming(handle, turn, rules, left, database.lastTimes()).claim(limit, messagesOnly);
        if (claim.deliveries().isEmpty() && claim.unverified().isEmpty()) {
            restFor(turn.lane(), System.nanoTime() - began);
        }
        Failpoint.WITHIN_CLAIM.reach();
        return claim;
    }

    /** The error that a harness must notice: what is about to be sent is not written down. */
    private Claim claimWithoutCommit(Handle handle, LaneTurn turn, int limit, Predicate<Way> left) {
        if (!claimedWithoutCommit.add(turn)) {
            return Claim.NOTHING;
        }
        handle.savepoint("unguarded");
        Claim claim = new Claiming(handle, turn, rules, left, database.lastTimes()).claim(limit, messagesOnly);
        handle.rollbackToSavepoint("unguarded");
        return claim;
    }

    /** Writes outcomes, and what was learnt of customers. */
    public void settle(List<Settlement> settlements, Collection<CustomerStanding> customers) {
        Failpoint.BEFORE_OUTCOMES.reach();
        database.update(handle -> {
            Customers.learn(handle, customers);
            Settling.settle(handle, settlements);
        });
        Failpoint.AFTER_OUTCOMES.reach();
    }

    /** Lanes in which something is due now. */
    public List<Integer> due() {
        long now = LedgerClock.millis();
        return database.read(handle -> {
            List<OpenFile> files = lookedAt(handle);
            PausedRecords pauses = new PausedRecords(handle);
            if (!pauses.all().equals(restingFor)) {
                restingFor = pauses.all();
                restingUntil.clear();
            }
            if (pauses.all().isEmpty()) {
                return dueOfAll(handle, now);
            }
            List<Integer> due = new ArrayList<>();
            for (int lane = 0; lane < rules.lanes(); lane++) {
                long began = System.nanoTime();
                if (isRested(lane, began)) {
                    if (isDue(handle, files, lane, pauses, now)) {
                        due.add(lane);
                    } else {
                        restFor(lane, System.nanoTime() - began);
                    }
                }
            }
            return due;
        });
    }

    /** Where nothing is paused: a look into the index for each lane, in one statement. */
    private List<Integer> dueOfAll(Handle handle, long now) {
        return handle.createQuery("select l.lane from lane l where " + anyDueIn("l.lane") + " order by l.lane")
                .bind("now", now)
                .mapTo(Integer.class)
                .list();
    }

    private String anyDueIn(String lane) {
        return "exists (select 1 from file f cross join record r where f.state = 1"
                + (messagesOnly ? " and f.live = 1" : "") + " and r.file_id = f.id and r.lane = " + lane + " and " + DUE
                + ")";
    }

    public boolean isDue(int lane) {
        long now = LedgerClock.millis();
        return database.read(handle -> handle.createQuery(
                        "select " + anyDueIn(":lane") + ", exists (select 1 from pause)")
                .bind("lane", lane)
                .bind("now", now)
                .map((row, context) -> row.getBoolean(1) && (!row.getBoolean(2) || isDueUnpaused(handle, lane, now)))
                .one());
    }

    private boolean isDueUnpaused(Handle handle, int lane, long now) {
        List<OpenFile> files = openFilesOf(handle, lane).stream()
                .filter(file -> file.live() || !messagesOnly)
                .toList();
        return isDue(handle, files, lane, new PausedRecords(handle), now);
    }

    /**
     * While something is paused: where looking took long and found nothing, the next look waits, so that all lanes together
     * spend a small part of their time on looking.
     */
    private void restFor(int lane, long lookNanos) {
        if (!restingFor.isEmpty() && lookNanos > LONG_LOOK_NANOS) {
            long rest = Math.min(LONGEST_REST_NANOS, lookNanos * REST_FACTOR * rules.lanes());
            restingUntil.put(lane, System.nanoTime() + rest);
        }
    }

    private boolean isRested(int lane, long now) {
        Long until = restingUntil.get(lane);
        return until == null || until - now <= 0 && restingUntil.remove(lane, until);
    }

    /**
     * A released file, or a day of messages, with records to deliver.
     *
     * @param releasedBefore records with this id or a higher one came after its release; of a day, nothing
     */
    record OpenFile(long id, boolean live, long releasedBefore, long releaseOrder) {}

    private List<OpenFile> lookedAt(Handle handle) {
        return openFiles(handle).stream()
                .filter(file -> file.live() || !messagesOnly)
                .toList();
    }

    /** Those there are: days of messages first, then files in order of their release. */
    static List<OpenFile> openFiles(Handle handle) {
        return handle.select(
                        "select id, live, released_before, release_order from file where state = 1 order by live desc, release_order")
                .map((row, context) -> new OpenFile(row.getLong(1), row.getBoolean(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    /** Those of them with something open in the lane: each costs a look into the index, and all of them one statement. */
    static List<OpenFile> openFilesOf(Handle handle, int lane) {
        return handle.createQuery(
                        "select id, live, released_before, release_order from file f where state = 1 and exists "
                                + "(select 1 from record r where r.file_id = f.id and r.lane = :lane and r.settled_at is null) "
                                + "order by live desc, release_order")
                .bind("lane", lane)
                .map((row, context) -> new OpenFile(row.getLong(1), row.getBoolean(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    private static boolean isDue(Handle handle, List<OpenFile> files, int lane, PausedRecords pauses, long now) {
        for (OpenFile open : files) {
            long file = open.id();
            boolean found = !pauses.isWhole(file)
                    && pauses.bind(
                                    handle.createQuery(
                                            "select 1 from record r where r.file_id = :file and r.lane = :lane "
                                                    + "and " + DUE + " and not "
                                                    + pauses.condition(file) + " limit 1"),
                                    file)
                            .bind("file", file)
                            .bind("lane", lane)
                            .bind("now", now)
                            .mapTo(Integer.class)
                            .findOne()
                            .isPresent();
            if (found) {
                return true;
            }
        }
        return false;
    }
}
