package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentBodies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What the sender remembers of the sales that wait in segments, so that nobody asks the ledger again and again: how far it
 * has come, whose sales are in the hands of jobs, and which it passed over because an earlier one of their customer is under
 * way. A million in backlog cost it a list of their segments and at most some that wait for their turn
 * ({@link WaitingSales}). What it says is a proposal: whoever claims looks into the ledger once more. Thread-safe.
 *
 * <p>The order: files as they were released, within them as they stand there; a message goes before what was released after
 * it came. A customer's sale waits for everything of the customer that is earlier in this order, whether that lies in a
 * segment or has a row of its own; {@link #hasOpenBefore} is the same rule seen from a row.
 */
final class SegmentWindow {
    /** So many sales of a customer get rows at once. */
    private static final int MOST_SINGLY = 8;

    /** Whoever waits for what nobody tells of (a moment to pass, a customer whom the account does not create) is looked at so often. */
    private static final long WAKE_ALL_NANOS = 1_000_000_000L;

    private static final long ROWS_FRESH_NANOS = 1_000_000_000L;
    private static final long KEPT_BACK_NANOS = 500_000_000L;

    static final Comparator<Open> ORDER =
            Comparator.comparingLong(Open::releaseOrder).thenComparingLong(Open::first);

    private final LedgerDatabase database;
    private final Segments segments;
    private final LongSet inFlight = new LongSet();
    private final WaitingSales waiting = new WaitingSales();
    private final LongSet held = new LongSet();
    private final Map<Long, long[]> byJob = new ConcurrentHashMap<>();
    /** Sales that were proposed and are in no job's hands yet. */
    private final Map<Long, WaitingSales.Sale> proposed = new ConcurrentHashMap<>();

    /** Customers whose sales could not be claimed a moment ago. */
    private LongSet keptBack = new LongSet();

    private long keptBackAt;

    private final Queue<Job> endedJobs = new ConcurrentLinkedQueue<>();
    /** Hashes of customers whom Gameball knows since a moment ago. */
    private final Queue<long[]> learnt = new ConcurrentLinkedQueue<>();

    /** Held by whoever reads the list of open segments, and by no one who waits for anything else. */
    private final Object listing = new Object();

    private final Map<Long, CustomerFilter> filters = new ConcurrentHashMap<>();
    /** The list as the walk goes through it. */
    private List<Open> open = List.of();

    private OpenRows rows = OpenRows.NONE;
    private long released;
    private long opened;
    private long rowsReadAt;
    private long rowsFreshNanos;
    private long rowsCostNanos;
    private volatile boolean rowsEnded;
    private long allWokenAt;
    private volatile List<Pauses.Pause> pauses = List.of();
    private int cursor;
    private int position;
    /** How often it was asked to begin anew, and for which of them it did: one that comes while it begins is not lost. */
    private final AtomicLong resets = new AtomicLong();

    private long resetsSeen;
    private long begunFor = -1;
    private volatile boolean jobsRead;
    /** What was committed, counted: whoever reads remembers what it was before the reading began. */
    private final AtomicLong filesReleased = new AtomicLong();
    /** The newest release that the ledger told of, where others release files, too. */
    private final AtomicLong newestRelease = new AtomicLong();

    private final AtomicLong rowsOpened = new AtomicLong();
    private final AtomicLong dissolved = new AtomicLong();
    private long rowsKnown = -1;
    /** Customers who could go when somebody counted last; 0 for sales without one. */
    private volatile LongSet mayGo = new LongSet();

    private volatile Listed listed = new Listed(-1, List.of());

    /**
     * A segment of a released file with something open.
     *
     * @param releasedBefore records with this id or a higher one came after its file's release
     */
    record Open(
            long first,
            long file,
            String fileName,
            String vendor,
            String identity,
            long releaseOrder,
            long releasedBefore) {}

    /** @param released what was counted before it was read */
    private record Listed(long released, List<Open> segments) {}

    SegmentWindow(LedgerDatabase database, Segments segments) {
        this.database = database;
        this.segments = segments;
    }

    /** A file was released; to be told after the commit. */
    void filesChanged() {
        filesReleased.incrementAndGet();
    }

    /** How many files were released, as far as this process knows: for whoever is about to read. */
    long released() {
        return filesReleased.get();
    }

    /** As above, with those that other nodes released. */
    long releasedByAll() {
        if (database.isShared()) {
            database.read(handle -> {
                seeOthers(handle);
                return null;
            });
        }
        return released();
    }

    /**
     * Other nodes tell nobody of this process what they release: the ledger is asked. The order of release only grows, so
     * whoever sees an older moment notes nothing.
     */
    void seeOthers(Handle handle) {
        if (!database.isShared()) {
            return;
        }
        long newest = handle.select("select coalesce(max(release_order), 0) from file where state = 1")
                .mapTo(Long.class)
                .one();
        if (newestRelease.getAndAccumulate(newest, Math::max) < newest) {
            filesChanged();
        }
    }

    /** A row has ended, which lets later sales of its customer go; found out by and by, too. */
    void rowEnded() {
        rowsEnded = true;
    }

    /** How often sales left their segments for rows, for whoever is about to read. */
    long dissolved() {
        return dissolved.get();
    }

    /** Sales leave their segments; to be told before the commit, and after it. */
    void dissolving() {
        dissolved.incrementAndGet();
        rowsChanged();
    }

    /** Rows came to be open; to be told after the commit. */
    void rowsChanged() {
        rowsOpened.incrementAndGet();
    }

    /** Begins anew, with whatever the ledger says; what was proposed and not taken yet is still in somebody's hands. */
    private void begin(Handle handle) {
        begunFor = resetsSeen;
        readJobs(handle);
        inFlight.clear();
        // In this order: what was proposed and is claimed just now is in a job's hands before it is proposed no more.
        proposed.values().forEach(sale -> inFlight.add(sale.customer()));
        byJob.values().forEach(ofJob -> Arrays.stream(ofJob).forEach(inFlight::add));
        inFlight.remove(0);
        waiting.clear();
        held.clear();
        pauses = Pauses.all(handle);
        open = list(handle, released);
        readRows(handle);
        cursor = 0;
        position = 0;
    }

    /**
     * What an earlier process left in the hands of jobs; of those of this one we are told as they are committed, which what
     * is read here may be too old to say.
     */
    private void readJobs(Handle handle) {
        if (!jobsRead) {
            JobBook.customersInJobs(handle)
                    .forEach((job, customers) -> byJob.putIfAbsent(
                            job,
                            customers.stream()
                                    .mapToLong(customer -> hash(handle, customer))
                                    .toArray()));
            jobsRead = true;
        }
    }

    /** Customers with a sale in somebody's hands, for whoever looks at rows; no lock is waited for. */
    LongSet customersAtWork(Handle handle) {
        readJobs(handle);
        LongSet customers = new LongSet();
        proposed.values().forEach(sale -> customers.add(sale.customer()));
        inOpenJobs().forEach(ofJob -> Arrays.stream(ofJob).forEach(customers::add));
        customers.remove(0);
        return customers;
    }

    /** Without those of jobs that ended and were not noted yet by the walk. */
    private Stream<long[]> inOpenJobs() {
        Set<Long> ended = endedJobs.stream().map(Job::id).collect(Collectors.toSet());
        return byJob.entrySet().stream()
                .filter(job -> !ended.contains(job.getKey()))
                .map(Map.Entry::getValue);
    }

    /** Whether one of these customers has a sale in the hands of a job; exact within the transaction of a writer. */
    boolean isAnyInJob(Handle handle, Collection<String> customers) {
        LongSet wanted = new LongSet();
        customers.forEach(customer -> wanted.add(hash(handle, customer)));
        return inOpenJobs().anyMatch(ofJob -> Arrays.stream(ofJob).anyMatch(wanted::contains));
    }

    void reset() {
        resets.incrementAndGet();
    }

    private boolean hasBegun() {
        return begunFor == resets.get();
    }

    /** Whether everything was looked at once. */
    synchronized boolean isAtEnd() {
        Listed now = listed;
        return now.released() == filesReleased.get()
                && (now.segments().isEmpty() || hasBegun() && cursor >= open.size());
    }

    /** These are in a job's hands once the transaction is committed. */
    void claimed(Handle handle, Job job, Collection<DueSale> sales) {
        long[] customers = sales.stream()
                .mapToLong(sale -> hash(handle, sale.customerId()))
                .toArray();
        handle.afterCommit(() -> {
            byJob.put(job.id(), customers);
            sales.forEach(sale -> proposed.remove(sale.recordId()));
        });
    }

    /** These proposals were not taken: they wait again, before those that wait already. */
    synchronized void giveBack(List<DueSale> sales) {
        for (int i = sales.size() - 1; i >= 0; i--) {
            WaitingSales.Sale sale = proposed.remove(sales.get(i).recordId());
            if (sale != null) {
                inFlight.remove(sale.customer());
                waiting.putBack(sale);
            }
        }
    }

    /** Sales of these customers were proposed, and somebody had them: for a moment they are not proposed again. */
    synchronized void keepBack(LongSet customers) {
        keptBack = customers;
        keptBackAt = System.nanoTime();
    }

    /** What the job had is in nobody's hands any more: it ended, or has rows of its own. */
    void ended(Job job) {
        endedJobs.add(job);
    }

    /** What the job had waits again, and was passed over: the walk begins anew before anything of its customers goes. */
    void putBack(Job job) {
        byJob.remove(job.id());
        reset();
    }

    private void noteEnded() {
        for (Job job = endedJobs.poll(); job != null; job = endedJobs.poll()) {
            long[] customers = byJob.remove(job.id());
            if (customers == null) {
                // An earlier process handed it over, and nobody has read yet what was in its hands.
                reset();
            } else {
                Arrays.stream(customers).forEach(inFlight::remove);
                waiting.wake(customers);
            }
        }
    }

    /** Gameball got to know customers, by their hashes: their sales may go. */
    void learnt(long... customers) {
        learnt.add(customers);
    }

    private long hash(Handle handle, String customer) {
        return segments.hash(handle).ofCustomer(customer);
    }

    /**
     * Proposes sales to go by batch, at most one of a customer. What it gives is in somebody's hands from then on.
     *
     * @param ready whether a sale may go now; if not, it waits
     * @param enough whether to stop early
     */
    synchronized List<DueSale> next(int most, Predicate<DueSale> ready, BooleanSupplier enough) {
        long before = dissolved.get();
        prepare();
        if (isSurelyEmpty()) {
            return List.of();
        }
        List<DueSale> found = database.read(handle -> handle.inTransaction(it -> next(it, most, ready, enough)));
        if (before == dissolved.get()) {
            return found;
        }
        // Some of what waits got rows meanwhile, and the look at the rows may have been too early to know.
        giveBack(found);
        return List.of();
    }

    /** Whether no segment is open, as far as was committed before: what is settled never opens again. */
    private boolean isSurelyEmpty() {
        Listed now = listed;
        return now.segments().isEmpty() && now.released() == released;
    }

    /** Before the ledger is read, so that what is read is not older than what is noted here. */
    private void prepare() {
        noteEnded();
        for (long[] customers = learnt.poll(); customers != null; customers = learnt.poll()) {
            waiting.wake(customers);
        }
        resetsSeen = resets.get();
        released = releasedByAll();
        opened = rowsOpened.get();
    }

    private List<DueSale> next(Handle handle, int most, Predicate<DueSale> ready, BooleanSupplier enough) {
        List<DueSale> found = new ArrayList<>();
        if (list(handle, released).isEmpty()) {
            // Nothing is to be compared with: the rows, which may be a million, are not read for it.
            return found;
        }
        if (!hasBegun()) {
            begin(handle);
        }
        boolean moreFiles = goOnWith(list(handle, released));
        if (moreFiles || areRowsStale()) {
            readRows(handle);
            allWokenAt = 0;
            List<Pauses.Pause> now = Pauses.all(handle);
            if (!now.equals(pauses)) {
                begin(handle);
            }
        }
        if (pauses.stream().anyMatch(Pauses.Pause::coversAll)) {
            return found;
        }
        Map<Long, SegmentRow> seen = new HashMap<>();
        if (System.nanoTime() - allWokenAt > WAKE_ALL_NANOS) {
            waiting.wakeAllBut(sale -> inFlight.contains(sale.customer()));
            allWokenAt = System.nanoTime();
        }
        if (waiting.isTime()) {
            lookAtWaiting(handle, most, ready, enough, seen, found);
        }
        while (found.size() < most && cursor < open.size() && !waiting.isFull() && !enough.getAsBoolean()) {
            lookAt(handle, open.get(cursor), most, ready, enough, seen, found);
        }
        lookAtWaiting(handle, most, ready, enough, seen, found);
        return found;
    }

    private void lookAtWaiting(
            Handle handle,
            int most,
            Predicate<DueSale> ready,
            BooleanSupplier enough,
            Map<Long, SegmentRow> seen,
            List<DueSale> found) {
        for (WaitingSales.Sale next = waiting.next();
                next != null && found.size() < most && !enough.getAsBoolean();
                next = waiting.next()) {
            if (mustWait(next)) {
                waiting.sleep();
                continue;
            }
            SegmentRow row = row(handle, next.segment(), seen);
            boolean over = row == null || row.state(next.position()) != SegmentRow.PENDING;
            if (over) {
                waiting.remove();
                waiting.wake(next.customer());
            } else if (take(handle, next, row, ready, found)) {
                waiting.remove();
            } else {
                waiting.sleep();
            }
        }
    }

    private boolean mustWait(WaitingSales.Sale sale) {
        long record = sale.record();
        return proposed.containsKey(record)
                || sale.customer() != 0
                        && (inFlight.contains(sale.customer())
                                || isKeptBack(sale.customer())
                                || sale.held()
                                || rows.hasBefore(sale.customer(), sale.segment(), record));
    }

    private boolean isKeptBack(long customer) {
        return keptBack.contains(customer) && System.nanoTime() - keptBackAt < KEPT_BACK_NANOS;
    }

    private void lookAt(
            Handle handle,
            Open segment,
            int most,
            Predicate<DueSale> ready,
            BooleanSupplier enough,
            Map<Long, SegmentRow> seen,
            List<DueSale> found) {
        SegmentRow row = row(handle, segment, seen);
        int count = row == null || row.open() == 0 ? 0 : row.count();
        Segment columns = count == 0 ? null : segments.columns(handle, row);
        while (position < count && found.size() < most && !waiting.isFull() && !enough.getAsBoolean()) {
            if (row.state(position) == SegmentRow.PENDING) {
                long customer = columns.customerHash(position);
                WaitingSales.Sale sale = new WaitingSales.Sale(segment, position, customer, held.contains(customer));
                boolean waits = waiting.hasOf(customer) || mustWait(sale);
                if (isPaused(segment, columns.store(position))) {
                    hold(customer);
                } else if (waits || !take(handle, sale, row, ready, found)) {
                    waiting.add(sale);
                }
            }
            position++;
        }
        if (position >= count) {
            cursor++;
            position = 0;
        }
    }

    private void hold(long customer) {
        if (customer != 0) {
            held.add(customer);
        }
    }

    private boolean isPaused(Open segment, String store) {
        return !pauses.isEmpty()
                && pauses.stream()
                        .anyMatch(pause -> pause.covers(segment.vendor(), store, dev.posbridge.pos.RecordKind.SALE));
    }

    private boolean take(
            Handle handle, WaitingSales.Sale sale, SegmentRow row, Predicate<DueSale> ready, List<DueSale> found) {
        DueSale due = dueSale(handle, sale, row);
        if (!ready.test(due)) {
            return false;
        }
        if (sale.customer() != 0) {
            inFlight.add(sale.customer());
        }
        proposed.put(due.recordId(), sale);
        found.add(due);
        return true;
    }

    private DueSale dueSale(Handle handle, WaitingSales.Sale sale, SegmentRow row) {
        Segment columns = segments.columns(handle, row);
        int at = sale.position();
        return new DueSale(
                row.first() + at,
                sale.segment().identity() + '-' + columns.key(at),
                columns.customerId(at),
                sale.segment().fileName() + ":" + columns.line(at),
                Instant.ofEpochMilli(columns.sentTime(at)),
                false,
                Way.EITHER,
                segments.known().contains(handle, sale.customer()),
                0,
                0,
                false,
                () -> canonical(row, at));
    }

    /** Neighbours are read one after another: of most of them the block is in memory, and the ledger is not asked. */
    private byte[] canonical(SegmentRow row, int at) {
        SegmentBodies kept = segments.keptBodies(row);
        SegmentBodies bodies = kept == null ? database.read(reading -> segments.bodies(reading, row)) : kept;
        return bodies.canonicalBytes(at);
    }

    private SegmentRow row(Handle handle, Open segment, Map<Long, SegmentRow> seen) {
        return seen.computeIfAbsent(segment.first(), first -> segments.recent().of(handle, first));
    }

    /**
     * How many sales could go now, as far as it takes to know that it is so many.
     *
     * @return at most {@code wanted}
     */
    synchronized int available(int wanted) {
        prepare();
        return isSurelyEmpty() ? 0 : database.read(handle -> handle.inTransaction(it -> available(it, wanted)));
    }

    private int available(Handle handle, int wanted) {
        List<Open> all = list(handle, released);
        if (all.isEmpty()) {
            return 0;
        }
        if (!hasBegun()) {
            begin(handle);
            reset();
        }
        pauses = Pauses.all(handle);
        if (areRowsStale()) {
            readRows(handle);
        }
        if (pauses.stream().anyMatch(Pauses.Pause::coversAll)) {
            return 0;
        }
        LongSet seen = new LongSet();
        LongSet going = new LongSet();
        int found = 0;
        for (int i = 0; i < all.size() && found < wanted; i++) {
            found += available(handle, all.get(i), seen, going, wanted - found);
        }
        mayGo = going;
        if (found == 0) {
            // As good as all is settled: nobody has to look at it again and again.
            listed = new Listed(released, read(handle));
        }
        return found;
    }

    private int available(Handle handle, Open segment, LongSet seen, LongSet going, int wanted) {
        SegmentRow row = segments.recent().of(handle, segment.first());
        int found = 0;
        for (int at = 0; row != null && row.open() > 0 && at < row.count() && found < wanted; at++) {
            if (row.state(at) == SegmentRow.PENDING) {
                Segment columns = segments.columns(handle, row);
                long customer = columns.customerHash(at);
                boolean first = customer == 0 || seen.add(customer);
                boolean waits = isPaused(segment, columns.store(at))
                        || mustWait(new WaitingSales.Sale(segment, at, customer, false));
                if (first && !waits) {
                    going.add(customer);
                    found++;
                }
            }
        }
        return found;
    }

    /**
     * Gives sales that wait rows of their own, so that they go by calls of their own: too few can go by batch. They are those of
     * the customers whom {@link #available} found last: the next few that these bought, or while others are under way the first
     * alone, because with what these free a list may be full again. Whoever looks what may go reads all rows: of a customer with
     * hundreds of sales only a handful has one.
     *
     * @return how many
     */
    int dissolve(Handle handle, int most) {
        int dissolved = 0;
        SegmentSales sales = new SegmentSales(handle);
        LongSet going = mayGo;
        Map<Long, Integer> ofCustomer = new HashMap<>();
        boolean chains = byJob.isEmpty() && proposed.isEmpty();
        List<Open> all = list(handle, filesReleased.get());
        for (int i = 0; i < all.size() && dissolved < most; i++) {
            Open segment = all.get(i);
            SegmentRow row = segments.recent().of(handle, segment.first());
            if (row != null && row.open() > 0) {
                Segment columns = segments.columns(handle, row);
                dissolved += sales.waitingToRows(row, most - dissolved, at -> {
                    long customer = columns.customerHash(at);
                    return going.contains(customer)
                            && !isPaused(segment, columns.store(at))
                            && (customer == 0
                                    || ofCustomer.merge(customer, 1, Integer::sum) <= (chains ? MOST_SINGLY : 1));
                });
            }
        }
        if (dissolved > 0) {
            reset();
        }
        return dissolved;
    }

    /**
     * Whether a segment has an open sale of the customer that goes before a record with a row of its own.
     *
     * @param least what {@link #released()} said before the handle's transaction began
     * @param live whether the record came in a message; releaseOrder of its file
     */
    boolean hasOpenBefore(Handle handle, long least, String customer, boolean live, long releaseOrder, long record) {
        List<Open> all = list(handle, least);
        if (customer == null || all.isEmpty()) {
            return false;
        }
        long wanted = hash(handle, customer);
        for (Open segment : all) {
            boolean before = live
                    ? segment.releasedBefore() <= record
                    : segment.releaseOrder() < releaseOrder
                            || segment.releaseOrder() == releaseOrder && segment.first() < record;
            if (before
                    && filter(handle, segment).mayHave(wanted)
                    && hasOpen(handle, segment, wanted, live, releaseOrder, record)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasOpen(Handle handle, Open segment, long customer, boolean live, long releaseOrder, long record) {
        SegmentRow row = segments.recent().of(handle, segment.first());
        if (row == null || row.open() == 0) {
            return false;
        }
        Segment columns = segments.columns(handle, row);
        boolean sameFile = !live && segment.releaseOrder() == releaseOrder;
        for (int at = 0; at < row.count(); at++) {
            if (columns.customerHash(at) == customer && row.isOpen(at) && (!sameFile || row.first() + at < record)) {
                return true;
            }
        }
        return false;
    }

    /** Whoever sees an older moment, in which the segment is not, leaves nothing behind for others. */
    private CustomerFilter filter(Handle handle, Open segment) {
        CustomerFilter known = filters.computeIfAbsent(segment.first(), first -> {
            SegmentRow row = segments.recent().of(handle, first);
            return row == null ? null : CustomerFilter.of(segments.columns(handle, row));
        });
        return known == null ? CustomerFilter.NONE : known;
    }

    /** New files come behind those that were there, and what is settled is left out: the walk goes on where it is. */
    private boolean goOnWith(List<Open> now) {
        if (now == open) {
            return false;
        }
        Open current = cursor < open.size() ? open.get(cursor) : null;
        Open last = open.isEmpty() ? null : open.get(open.size() - 1);
        int next = 0;
        while (next < now.size() && isBehind(now.get(next), current, last)) {
            next++;
        }
        boolean same = current != null && next < now.size() && now.get(next).first() == current.first();
        open = now;
        cursor = next;
        position = same ? position : 0;
        return true;
    }

    private static boolean isBehind(Open one, Open current, Open last) {
        return current == null ? last != null && ORDER.compare(one, last) <= 0 : ORDER.compare(one, current) < 0;
    }

    /**
     * Open segments of released files in order; the same object as long as no file was released.
     *
     * @param least what had been counted before the handle's transaction began
     */
    private List<Open> list(Handle handle, long least) {
        Listed now = listed;
        if (now.released() < least) {
            synchronized (listing) {
                now = new Listed(least, read(handle));
                if (listed.released() < least) {
                    listed = now;
                    filters.keySet()
                            .retainAll(now.segments().stream().map(Open::first).collect(Collectors.toSet()));
                }
            }
        }
        return now.segments();
    }

    private static List<Open> read(Handle handle) {
        return handle.createQuery(
                        "select s.id, s.file_id, f.name, f.vendor, i.name, f.release_order, f.released_before "
                                + "from segment_state s join file f on f.id = s.file_id join identity i on i.id = s.identity_id "
                                + "where s.open > 0 and f.state = 1 order by f.release_order, s.id")
                .map((row, context) -> new Open(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7)))
                .list();
    }

    /** That a row came to be open counts at once; that one ended, not so often that nothing else is done. */
    private boolean areRowsStale() {
        long age = System.nanoTime() - rowsReadAt;
        return rowsKnown != opened || rowsEnded && age > 20 * rowsCostNanos || age > rowsFreshNanos;
    }

    private void readRows(Handle handle) {
        rowsKnown = opened;
        rowsEnded = false;
        long began = System.nanoTime();
        rows = OpenRows.read(handle, segments.hash(handle));
        rowsReadAt = System.nanoTime();
        rowsCostNanos = rowsReadAt - began;
        rowsFreshNanos = Math.max(ROWS_FRESH_NANOS, 20 * rowsCostNanos);
    }
}
