package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import dev.posbridge.harness.Guard;
import dev.posbridge.harness.Harness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Lanes and their leases. A token only wakes somebody; who may send is decided here, by an epoch that grows with every
 * lease. Thread-safe.
 */
public final class LaneBook {
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
    private final Set<Lease> claimedWithoutCommit = ConcurrentHashMap.newKeySet();

    public LaneBook(LedgerDatabase database, LaneRules rules) {
        this(database, rules, false);
    }

    private LaneBook(LedgerDatabase database, LaneRules rules, boolean messagesOnly) {
        this.database = database;
        this.rules = rules;
        this.messagesOnly = messagesOnly;
    }

    /** The same lanes for messages alone: files are not claimed from it, and it does not wait behind them to write. */
    public LaneBook ofMessages() {
        return new LaneBook(database.urgent(), rules, true);
    }

    /** @return empty where somebody else holds the lane; the holder looks again before it lets go */
    public Optional<Lease> lease(int lane, String owner) {
        long now = LedgerClock.millis();
        return database.writeLightly(handle -> handle.createQuery("update lane set owner = :owner, epoch = epoch + 1, "
                        + "until = :until where lane = :lane and (owner is null or until < :now) returning epoch")
                .bind("owner", owner)
                .bind("until", now + Harness.leaseMillis())
                .bind("lane", lane)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(epoch -> new Lease(lane, owner, epoch)));
    }

    /** Lets go; does nothing where the lease was lost meanwhile. */
    public void release(Lease lease) {
        Failpoint.BEFORE_LANE_RELEASE.reach();
        database.writeLightly(handle -> handle.execute(
                "update lane set owner = null, until = 0 where lane = ? and epoch = ?", lease.lane(), lease.epoch()));
        Failpoint.AFTER_LANE_RELEASE.reach();
    }

    /** Frees the leases of a process that died on this data folder; only its new holder may call this. */
    public void freeAll() {
        Failpoint.BEFORE_FREEING_LEASES.reach();
        database.update(handle -> handle.execute("update lane set owner = null, until = 0 where owner is not null"));
        Failpoint.AFTER_FREEING_LEASES.reach();
    }

    /** As below, with nothing left to batches. */
    public Claim claim(Lease lease, int limit) {
        return claim(lease, limit, way -> false);
    }

    /**
     * Claims what is due in the lane, in order, and commits the attempts.
     *
     * @param limit most records to claim
     * @param left which sales are left alone, and their customers with them, because they go by batch
     * @return nothing where the lease was lost
     */
    public Claim claim(Lease lease, int limit, Predicate<Way> left) {
        Failpoint.BEFORE_CLAIM.reach();
        Claim claim =
                database.write(handle -> renew(handle, lease) ? claim(handle, lease, limit, left) : Claim.NOTHING);
        Failpoint.AFTER_CLAIM.reach();
        if (!claim.unverified().isEmpty()) {
            Failpoint.AFTER_CLAIM_OF_UNKNOWN.reach();
        }
        return claim;
    }

    private Claim claim(Handle handle, Lease lease, int limit, Predicate<Way> left) {
        if (Guard.ATTEMPT_FIRST.isOff()) {
            return claimWithoutCommit(handle, lease, limit, left);
        }
        long began = System.nanoTime();
        Claim claim = new Claiming(handle, lease, rules, left, database.lastTimes()).claim(limit, messagesOnly);
        if (claim.deliveries().isEmpty() && claim.unverified().isEmpty()) {
            restFor(lease.lane(), System.nanoTime() - began);
        }
        Failpoint.WITHIN_CLAIM.reach();
        return claim;
    }

    /** The error that a harness must notice: what is about to be sent is not written down. */
    private Claim claimWithoutCommit(Handle handle, Lease lease, int limit, Predicate<Way> left) {
        if (!claimedWithoutCommit.add(lease)) {
            return Claim.NOTHING;
        }
        handle.savepoint("unguarded");
        Claim claim = new Claiming(handle, lease, rules, left, database.lastTimes()).claim(limit, messagesOnly);
        handle.rollbackToSavepoint("unguarded");
        return claim;
    }

    /**
     * Writes outcomes, and what was learnt of customers, under the lease.
     *
     * @return false where the lease was lost: nothing is written, and whoever holds the lane verifies the records
     */
    public boolean settle(Lease lease, List<Settlement> settlements, Collection<CustomerStanding> customers) {
        Failpoint.BEFORE_OUTCOMES.reach();
        boolean written = database.write(handle -> {
            if (!renew(handle, lease) && !Guard.EPOCH.isOff()) {
                return false;
            }
            Customers.learn(handle, customers);
            settlements.forEach(settled -> Settling.settle(handle, settled.recordId(), settled.outcome()));
            return true;
        });
        Failpoint.AFTER_OUTCOMES.reach();
        return written;
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
        return handle.createQuery("select l.lane from lane l where exists (select 1 from file f cross join record r "
                        + "where f.state = 1" + (messagesOnly ? " and f.live = 1" : "")
                        + " and r.file_id = f.id and r.lane = l.lane and " + DUE + ") order by l.lane")
                .bind("now", now)
                .mapTo(Integer.class)
                .list();
    }

    public boolean isDue(int lane) {
        long now = LedgerClock.millis();
        return database.read(handle -> {
            List<OpenFile> files = openFilesOf(handle, lane).stream()
                    .filter(file -> file.live() || !messagesOnly)
                    .toList();
            return !files.isEmpty() && isDue(handle, files, lane, new PausedRecords(handle), now);
        });
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

    /** Renews leases that are still held; one that was lost stays lost. */
    public void renew(Collection<Lease> leases) {
        database.update(handle -> leases.forEach(lease -> renew(handle, lease)));
    }

    static boolean renew(Handle handle, Lease lease) {
        return handle.execute(
                        "update lane set until = ? where lane = ? and epoch = ? and owner = ?",
                        LedgerClock.millis() + Harness.leaseMillis(),
                        lease.lane(),
                        lease.epoch(),
                        lease.owner())
                == 1;
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
