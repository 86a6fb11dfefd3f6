package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What tests ask of a ledger, and the little that they arrange in one. What people can ask is answered by the books that
 * answer people; only what nobody needs to know but a test is asked of the tables, here and nowhere else: where these change,
 * this class does.
 */
public final class LedgerView {
    /** For {@link #refuse}: where a new record comes to lie. */
    private static final List<String> NEW_RECORDS = List.of("record", "segment_state");

    private final LedgerDatabase database;

    /**
     * A record and what became of it.
     *
     * @param kind as reports spell it, {@code row} for one that could not be translated
     * @param attempts how often it was tried
     */
    public record Seen(
            long id, String kind, String key, String customer, int lane, String state, String reason, int attempts) {
        /** As {@code sale R-1 delivered}, with its reason if it has one. */
        public String text() {
            String name = "row".equals(kind) ? "row" : kind + " " + key;
            return name + " " + state + (reason == null ? "" : " " + reason);
        }

        public boolean is(RecordState wanted) {
            return wanted.word().equals(state);
        }
    }

    public LedgerView(LedgerDatabase database) {
        this.database = database;
    }

    /** Every record, those of files that are still being read too, in the order in which they came. */
    public List<Seen> records() {
        return database.read(handle -> {
            List<Seen> all = new ArrayList<>(inRows(handle));
            all.addAll(inSegments(handle));
            all.sort(Comparator.comparingLong(Seen::id));
            return all;
        });
    }

    private static List<Seen> inSegments(Handle handle) {
        List<Seen> seen = new ArrayList<>();
        SegmentSums.forEach(handle, "", (row, columns, position) -> {
            String key = columns.key(position);
            String customer = columns.customerId(position);
            seen.add(new Seen(
                    row.first() + position,
                    RecordKind.SALE.word(),
                    key,
                    customer,
                    Fingerprint.lane(
                            customer == null ? key : customer,
                            Segments.of(handle).lanes(handle)),
                    RecordState.ofCode(row.state(position)).word(),
                    null,
                    row.state(position) == SegmentRow.PENDING ? 0 : 1));
        });
        return seen;
    }

    private static List<Seen> inRows(Handle handle) {
        return handle.createQuery(
                        "select id, kind, key, customer_id, lane, state, reason, attempts from record order by id")
                .map((row, context) -> new Seen(
                        row.getLong("id"),
                        row.getInt("kind") == NewRecord.UNTRANSLATED
                                ? "row"
                                : RecordKind.values()[row.getInt("kind")].word(),
                        row.getString("key"),
                        row.getString("customer_id"),
                        row.getInt("lane"),
                        RecordState.ofCode(row.getInt("state")).word(),
                        row.getString("reason"),
                        row.getInt("attempts")))
                .list();
    }

    /** What counts and states say against each other. */
    public List<String> contradictions() {
        return new LedgerCheck(database).check().problems();
    }

    /** Those whose key begins so. */
    public List<Seen> records(String key) {
        return records().stream().filter(one -> one.key().startsWith(key)).toList();
    }

    public List<String> texts() {
        return records().stream().map(Seen::text).toList();
    }

    public long count(RecordState... states) {
        List<String> words = List.of(states).stream().map(RecordState::word).toList();
        return records().stream().filter(one -> words.contains(one.state())).count();
    }

    /** How many came in; asked often, so counted alone. */
    public long count() {
        return number("select count(*) from record")
                + number("select coalesce(sum(count), 0) from segment_state")
                - number(
                        "select count(*) from segment_state s join record r on r.id >= s.id and r.id < s.id + s.count");
    }

    /** The most attempts that any record with such a key had. */
    public int mostAttempts(String key) {
        return records(key).stream().mapToInt(Seen::attempts).max().orElseThrow();
    }

    /** Those that are delivered in one order with the record of this key, and wait where it waits: it is one of them. */
    public List<Seen> besides(String key) {
        List<Seen> all = records();
        int lane = all.stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow()
                .lane();
        return all.stream().filter(one -> one.lane() == lane).toList();
    }

    /** Records that are being sent and are not in the hands of a job that Gameball has taken: nobody may be left so by a stop. */
    public long sendingByNobody() {
        List<Long> taken =
                database.read(handle -> handle.createQuery("select id from job where gameball_id is not null")
                        .mapTo(Long.class)
                        .list());
        long[] inSegments = {0};
        database.read(handle -> {
            SegmentSums.forEach(handle, "", (row, columns, position) -> {
                boolean nobodys =
                        row.state(position) == SegmentRow.SENDING && !taken.contains((long) row.job(position));
                inSegments[0] += nobodys ? 1 : 0;
            });
            return null;
        });
        return inSegments[0]
                + number("select count(*) from record r left join job j on j.id = r.job "
                        + "where r.state = 1 and j.gameball_id is null");
    }

    /** Records whose sending nobody saw end, and that nobody asks about yet. */
    public long unclear() {
        return number("select count(*) from record where state = 1 and unclear = 1 and epoch = 0");
    }

    public List<FileReport> files() {
        return new ReportBook(database).filesAfter(0);
    }

    public Outcomes outcomes() {
        return files().stream().map(FileReport::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    }

    public boolean isSettled() {
        return new ReportBook(database).isSettled();
    }

    public StatusBook.Status status() {
        return new StatusBook(database).now();
    }

    /** The first hundred open ones. */
    public List<DeadLetters.DeadLetter> deadLetters() {
        return new DeadLetters(database).first(0, 100);
    }

    /** Whether the report of its source told of every file that is settled. */
    public boolean isReported(String source) {
        return new SourceFiles(database).unreported(source, Instant.now()).isEmpty();
    }

    /** Messages of the queue that were taken and are not stored yet. */
    public long notStored(String queue) {
        return new MessageBook(database, null)
                .inHand(queue).values().stream()
                        .filter(message -> !message.stored())
                        .count();
    }

    /** Receipts of files that are stored, though the files may be read no further yet. */
    public long receiptsStored() {
        return number("select coalesce(sum(receipts_stored), 0) from file");
    }

    /** Files of SFTP servers that are remembered, because they lie there still. */
    public long remembered() {
        return number("select count(*) from taken");
    }

    /** Files that were put away and are looked at again. */
    public long watched() {
        return number("select count(*) from watched");
    }

    /** How many processes died reading the ledger's files since they last came further. */
    public long deathsWhileReading() {
        return number("select coalesce(sum(deaths), 0) from file");
    }

    /** As if so many processes had died reading the files. */
    public void diedReading(int deaths) {
        database.update(handle -> handle.execute("update file set deaths = ?", deaths));
    }

    /** As if it had been made then. */
    public void madeAt(Instant time) {
        database.update(handle -> handle.execute("update account set created_at = ?", time.toEpochMilli()));
    }

    /** New records are refused from now on, as on a full disk. */
    public void refuse() {
        database.update(handle -> NEW_RECORDS.forEach(table -> handle.execute("create trigger refused_" + table
                + " before insert on " + table + " begin select raise(abort, 'no room'); end")));
    }

    public void allow() {
        database.update(handle -> NEW_RECORDS.forEach(table -> handle.execute("drop trigger refused_" + table)));
    }

    /** A copy as it is this moment: what {@code kill -9} would leave. */
    public void copyTo(Path file) {
        database.read(handle -> handle.execute("vacuum into ?", file.toString()));
    }

    /** How large its file is, in SQLite's pages. */
    public long pages() {
        return number("pragma page_count");
    }

    /** It grows no further, as if the disk were full. */
    public void limit(long pages) {
        number("pragma max_page_count = " + pages, database::write);
    }

    private long number(String sql) {
        return number(sql, database::read);
    }

    private static long number(String sql, Function<Function<Handle, Long>, Long> by) {
        return by.apply(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
