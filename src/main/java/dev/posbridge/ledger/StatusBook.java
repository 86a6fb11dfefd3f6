package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What still waits, and for what. Reads only; thread-safe. */
public final class StatusBook {
    private static final String OPEN =
            "select f.vendor, r.store, r.kind, count(*), count(*) filter (where r.state = 1), "
                    + "count(*) filter (where r.state = 0 and r.due_at > :now) from file f join record r on r.file_id = f.id and "
                    + RecordState.open("r") + " where f.state = 1 group by f.vendor, r.store, r.kind";

    private static final long WINDOW_MILLIS = 30_000;

    private final LedgerDatabase database;

    /**
     * What waits of one vendor.
     *
     * @param due could be sent now, as far as this tells
     * @param sending left us, and the answer is not stored yet
     * @param later waits for its next attempt
     * @param paused would be due, were it not for a pause
     */
    public record Waiting(long due, long sending, long later, long paused, long parked, long held, long dead) {
        static final Waiting NOTHING = new Waiting(0, 0, 0, 0, 0, 0, 0);

        Waiting plus(Waiting other) {
            return new Waiting(
                    due + other.due,
                    sending + other.sending,
                    later + other.later,
                    paused + other.paused,
                    parked + other.parked,
                    held + other.held,
                    dead + other.dead);
        }
    }

    /**
     * What went by batch since the ledger began.
     *
     * @param lists handed over
     * @param objects in them: orders, customers, questions
     * @param underWay jobs that have not ended yet
     */
    public record Batches(long lists, long objects, long underWay) {
        /** Calls that would have been made one by one, less those that were: a list and a question after its job each. */
        public long callsSaved() {
            return Math.max(0, objects - 2 * lists);
        }
    }

    /** The file that came last. */
    public record LastFile(String vendor, String name, FileState state, Instant at) {}

    /**
     * Everything that waits, as of one instant.
     *
     * @param vendors by name
     * @param open records to deliver by kind, paused ones too
     * @param unknownCustomers of these records: nobody asked Gameball about them yet
     * @param callsOfWindow calls of the last 30 seconds, by the name of the quota's resource
     * @param oldest when the oldest file with records to deliver came, or null
     */
    public record Status(
            Map<String, Waiting> vendors,
            Map<RecordKind, Long> open,
            long unknownCustomers,
            Instant oldest,
            Optional<LastFile> lastFile,
            List<Pauses.Pause> pauses,
            Batches batches,
            Map<String, Long> callsOfWindow) {
        public Waiting total() {
            return vendors.values().stream().reduce(Waiting.NOTHING, Waiting::plus);
        }
    }

    /**
     * A file that is being read, or whose reading was interrupted.
     *
     * @param receipts stored of it
     * @param bytesRead of the file as it lies there, when these were read
     */
    public record Reading(String vendor, String name, Path path, long receipts, long bytesRead, Instant since) {}

    /** Files that are not read to their end. Cheap, for asking again and again. */
    public List<Reading> reading() {
        return database.read(
                handle -> handle.select("select vendor, name, path, receipts_stored, bytes_read, started_at "
                                + "from file where state = 0 order by id")
                        .map((row, context) -> new Reading(
                                row.getString(1),
                                row.getString(2),
                                Path.of(row.getString(3)),
                                row.getLong(4),
                                row.getLong(5),
                                Instant.ofEpochMilli(row.getLong(6))))
                        .list());
    }

    /** Calls of the last 30 seconds, by the name of the quota's resource. */
    public Map<String, Long> callsOfWindow() {
        return database.read(StatusBook::calls);
    }

    private record Group(String vendor, Waiting waiting) {}

    public StatusBook(LedgerDatabase database) {
        this.database = database;
    }

    public Status now() {
        return database.read(handle -> handle.inTransaction(StatusBook::status));
    }

    private static Status status(Handle handle) {
        Map<String, Waiting> vendors = new TreeMap<>();
        Map<RecordKind, Long> open = new TreeMap<>();
        List<Pauses.Pause> pauses = Pauses.all(handle);
        addOpen(handle, pauses, vendors, open);
        addOpenInSegments(handle, pauses, vendors, open);
        add(
                vendors,
                handle,
                "select f.vendor, count(*) from record r join file f on f.id = r.file_id "
                        + "where r.state = 5 group by f.vendor",
                count -> new Waiting(0, 0, 0, 0, count, 0, 0));
        add(
                vendors,
                handle,
                "select f.vendor, count(*) from record r join file f on f.id = r.file_id "
                        + "where r.state = 3 group by f.vendor",
                count -> new Waiting(0, 0, 0, 0, 0, count, 0));
        add(
                vendors,
                handle,
                "select vendor, sum(held_records) from file where state = 6 group by vendor",
                count -> new Waiting(0, 0, 0, 0, 0, count, 0));
        add(
                vendors,
                handle,
                "select coalesce(vendor, ''), count(*) from dead_letter where state = 0 group by vendor",
                count -> new Waiting(0, 0, 0, 0, 0, 0, count));
        return new Status(
                vendors,
                open,
                unknownCustomers(handle),
                oldest(handle),
                lastFile(handle),
                pauses,
                batches(handle),
                calls(handle));
    }

    private static Batches batches(Handle handle) {
        return handle.createQuery("select count(*), coalesce(sum(size), 0), count(*) filter (where state = 0) from job "
                        + "where gameball_id is not null")
                .map((row, context) -> new Batches(row.getLong(1), row.getLong(2), row.getLong(3)))
                .one();
    }

    private static Map<String, Long> calls(Handle handle) {
        Map<String, Long> calls = new TreeMap<>();
        handle.createQuery("select resource, count(*) from quota where sent_at > :since group by resource")
                .bind("since", System.currentTimeMillis() - WINDOW_MILLIS)
                .map((row, context) -> calls.put(row.getString(1), row.getLong(2)))
                .list();
        return calls;
    }

    private static void addOpen(
            Handle handle, List<Pauses.Pause> pauses, Map<String, Waiting> vendors, Map<RecordKind, Long> open) {
        handle.createQuery(OPEN)
                .bind("now", LedgerClock.millis())
                .map((row, context) -> {
                    String vendor = row.getString(1);
                    String store = row.getString(2);
                    RecordKind kind = RecordKind.values()[row.getInt(3)];
                    long sending = row.getLong(5);
                    long later = row.getLong(6);
                    long due = row.getLong(4) - sending - later;
                    boolean paused = pauses.stream().anyMatch(pause -> pause.covers(vendor, store, kind));
                    open.merge(kind, row.getLong(4), Long::sum);
                    return new Group(vendor, new Waiting(paused ? 0 : due, sending, later, paused ? due : 0, 0, 0, 0));
                })
                .list()
                .forEach(group -> vendors.merge(group.vendor(), group.waiting(), Waiting::plus));
    }

    private static void addOpenInSegments(
            Handle handle, List<Pauses.Pause> pauses, Map<String, Waiting> vendors, Map<RecordKind, Long> open) {
        Map<Long, String> vendorOf = new HashMap<>();
        SegmentSums.ofOpen(handle).forEach((group, sum) -> {
            String vendor = vendorOf.computeIfAbsent(
                    group.file(), file -> handle.select("select vendor from file where id = ?", file)
                            .mapTo(String.class)
                            .one());
            long sending = group.state() == RecordState.SENDING ? sum.records() : 0;
            long due = sum.records() - sending;
            boolean paused = pauses.stream().anyMatch(pause -> pause.covers(vendor, group.store(), RecordKind.SALE));
            open.merge(RecordKind.SALE, sum.records(), Long::sum);
            vendors.merge(vendor, new Waiting(paused ? 0 : due, sending, 0, paused ? due : 0, 0, 0, 0), Waiting::plus);
        });
    }

    private static void add(
            Map<String, Waiting> vendors,
            Handle handle,
            String countsByVendor,
            java.util.function.LongFunction<Waiting> as) {
        handle.createQuery(countsByVendor)
                .map((row, context) -> new Group(row.getString(1), as.apply(row.getLong(2))))
                .list()
                .forEach(group -> vendors.merge(group.vendor(), group.waiting(), Waiting::plus));
    }

    private static long unknownCustomers(Handle handle) {
        Segments segments = Segments.of(handle);
        LongSet unknown = new LongSet();
        long[] count = {0};
        handle.createQuery("select distinct r.customer_id from file f join record r on r.file_id = f.id "
                        + "and " + RecordState.open("r") + " left join customer c on c.id = r.customer_id "
                        + "where f.state = 1 and c.id is null and r.customer_id is not null")
                .mapTo(String.class)
                .forEach(customer ->
                        count[0] += unknown.add(segments.hash(handle).ofCustomer(customer)) ? 1 : 0);
        SegmentSums.forEachOpen(handle, (row, columns, position) -> {
            long customer = columns.customerHash(position);
            if (customer != 0 && !segments.known().contains(handle, customer)) {
                count[0] += unknown.add(customer) ? 1 : 0;
            }
        });
        return count[0];
    }

    private static Instant oldest(Handle handle) {
        return handle.createQuery("select started_at from file f where f.state = 1 and " + RecordState.anyOpenIn("f.id")
                        + " order by started_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    private static Optional<LastFile> lastFile(Handle handle) {
        return handle.createQuery("select vendor, name, state, started_at from file order by id desc limit 1")
                .map((row, context) -> new LastFile(
                        row.getString(1),
                        row.getString(2),
                        FileState.ofCode(row.getInt(3)),
                        Instant.ofEpochMilli(row.getLong(4))))
                .findOne();
    }
}
