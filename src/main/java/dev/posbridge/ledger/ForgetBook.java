package dev.posbridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posbridge.ledger.segment.PackedRecord;
import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentBodies;
import dev.posbridge.ledger.segment.SegmentBuilder;
import dev.posbridge.pos.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Takes a person out of the ledger: what their records said, who they were, what is written of them anywhere. Keys, amounts and
 * days stay, unless they name the person: they guard against sending twice. What waits for delivery is skipped.
 * Thread-safe.
 */
public final class ForgetBook {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Words to be put in place of what named somebody. */
    static final String GONE = "(forgotten)";

    private final LedgerDatabase database;
    private final Forgotten forgotten;

    /**
     * Where records of the person came from.
     *
     * @param lines first lines of their records, by the path where the file lies now
     */
    public record Sources(Map<String, Set<Long>> lines) {}

    /**
     * What was done.
     *
     * @param records that say nothing any more
     * @param cancelled of them, that were still to be delivered
     * @param sending that are being sent just now, and were left alone
     * @param texts in other places
     */
    public record Erased(long records, long cancelled, long sending, long texts) {
        public Erased plus(Erased other) {
            return new Erased(records + other.records, cancelled + other.cancelled, other.sending, texts + other.texts);
        }
    }

    /** What a look through the ledger found. */
    private record Found(Set<Long> records, Set<Long> segments, Sources sources) {}

    public ForgetBook(LedgerDatabase database) {
        this.database = database;
        this.forgotten = new Forgotten(database);
    }

    /** All that the ledger knows the customer by. */
    public Person person(String customer) {
        return database.read(handle -> {
            Person[] known = {Person.of(customer)};
            handle.createQuery("select p.canonical from record r join payload p on p.record_id = r.id "
                            + "where r.customer_id = :customer and p.canonical is not null")
                    .bind("customer", customer)
                    .mapTo(String.class)
                    .forEach(canonical -> known[0] = with(known[0], canonical));
            long wanted = Segments.of(handle).hash(handle).ofCustomer(customer);
            forEachSegment(handle, (row, columns, bodies) -> {
                for (int position = 0; position < row.count(); position++) {
                    if (columns.customerHash(position) == wanted && customer.equals(columns.customerId(position))) {
                        known[0] = with(known[0], bodies.canonical(position));
                    }
                }
            });
            return known[0];
        });
    }

    private static Person with(Person person, String canonical) {
        try {
            return canonical.isEmpty() ? person : person.and(MAPPER.readTree(canonical));
        } catch (JsonProcessingException unreadable) {
            return person;
        }
    }

    /** From now on nothing of the person is taken in. */
    public void bury(Person person) {
        forgotten.add(person);
    }

    /** Ids of customers who were forgotten and of whom the ledger says something all the same: it was put back from a copy. */
    public List<String> knownAgain() {
        if (forgotten.isEmpty()) {
            return List.of();
        }
        Set<String> known = new TreeSet<>();
        database.read(handle -> {
            handle.createQuery("select distinct customer_id from record where customer_id is not null")
                    .mapTo(String.class)
                    .forEach(customer -> addForgotten(customer, known));
            forEachSegment(handle, (row, columns, bodies) -> {
                for (int position = 0; position < row.count(); position++) {
                    addForgotten(columns.customerId(position), known);
                }
            });
            return null;
        });
        return List.copyOf(known);
    }

    private void addForgotten(String customer, Set<String> known) {
        if (customer != null && !customer.isEmpty() && forgotten.isForgotten(customer)) {
            known.add(customer);
        }
    }

    /** Where the person's records came from, as long as the ledger knows it. */
    public Sources sources(Person person) {
        return find(person).sources();
    }

    /** Takes out all that names the person, but what is being sent. */
    public Erased erase(Person person) {
        Found found = find(person);
        List<TextSweep.Place> places = database.read(handle -> new TextSweep(database.store(), handle).find(person));
        database.deleteSecurely();
        return database.write(handle -> {
            long[] counts = new long[3];
            // A part of its own, so that each look at the states is one of this moment.
            SegmentSales sales = new SegmentSales(handle);
            for (long record : found.records()) {
                Segments.Place place = Segments.of(handle).place(handle, record);
                if (place != null && place.state() == RecordState.SENDING) {
                    counts[2]++;
                } else {
                    sales.toRow(record);
                    eraseRow(handle, person, record, counts);
                }
            }
            found.segments().forEach(segment -> strip(handle, segment));
            long texts = new TextSweep(database.store(), handle).erase(places);
            return new Erased(counts[0], counts[1], counts[2], texts);
        });
    }

    /** Whoever looks after files that were put away shall not take what is overwritten there for what a till wrote. */
    public void leaveAlone(Path file) {
        database.update(handle -> handle.execute(
                "delete from watched where path = ?", file.toAbsolutePath().toString()));
    }

    /** Who forgot and why; not whom. */
    public void note(Person person, long count, String reason) {
        new AuditBook(database).note("forget", count, person.isNamedIn(reason) ? GONE : reason);
    }

    private static void eraseRow(Handle handle, Person person, long record, long[] counts) {
        Row row = handle.select("select state, key, order_id, original, settled_at from record where id = ?", record)
                .map((found, context) -> new Row(
                        RecordState.ofCode(found.getInt(1)),
                        found.getString(2),
                        found.getString(3),
                        found.getString(4),
                        found.getObject(5) == null))
                .findOne()
                .orElse(null);
        if (row == null) {
            return;
        }
        if (row.state() == RecordState.SENDING) {
            counts[2]++;
            return;
        }
        boolean waits = row.state() == RecordState.PENDING
                || row.state() == RecordState.PARKED
                || row.state() == RecordState.HELD
                || row.state() == RecordState.CONTENDER;
        String gone = GONE + " " + record;
        handle.createUpdate(
                        "update record set customer_id = null, key = :key, order_id = :order, original = :original, "
                                + "state = case when :waits = 1 then 7 else state end, "
                                + "reason = case when :waits = 1 or state = 4 then :reason else reason end, "
                                + "settled_at = case when :waits = 1 then :now else settled_at end where id = :id")
                .bind("key", person.isNamedIn(row.key()) || row.key().equals(person.id()) ? gone : row.key())
                .bind("order", person.isNamedIn(row.orderId()) ? gone : row.orderId())
                .bind("original", person.isNamedIn(row.original()) ? gone : row.original())
                .bind("waits", waits)
                .bind("reason", Reason.FORGOTTEN.code())
                .bind("now", System.currentTimeMillis())
                .bind("id", record)
                .execute();
        handle.execute("delete from payload where record_id = ?", record);
        handle.execute("delete from attempt where record_id = ?", record);
        handle.execute(
                "delete from returned where returnable_id in (select id from returnable where record_id = ?)", record);
        handle.execute("delete from returnable where record_id = ?", record);
        handle.execute(
                "update dead_letter set raw = null, canonical = null, message = ?, state = case when state = 0 then 2 "
                        + "else state end, discard_reason = coalesce(discard_reason, ?), closed_at = coalesce(closed_at, ?) "
                        + "where record_id = ?",
                GONE,
                Reason.FORGOTTEN.code(),
                System.currentTimeMillis(),
                record);
        counts[0]++;
        counts[1] += waits ? 1 : 0;
        if (waits) {
            OutcomeCounts.count(handle, RecordState.SKIPPED, Reason.FORGOTTEN, 1);
            handle.afterCommit(Segments.of(handle).window()::rowsChanged);
        }
    }

    private record Row(RecordState state, String key, String orderId, String original, boolean open) {}

    /** Writes a segment anew without what has rows of its own. */
    private static void strip(Handle handle, long first) {
        SegmentRow row = SegmentRow.of(handle, first);
        if (row == null) {
            return;
        }
        Segments segments = Segments.of(handle);
        Segment columns = segments.columns(handle, row);
        SegmentBodies bodies = segments.bodies(handle, row);
        SegmentBuilder anew = new SegmentBuilder();
        for (int position = 0; position < row.count(); position++) {
            anew.add(
                    row.state(position) == SegmentRow.ELSEWHERE
                            ? null
                            : new PackedRecord(
                                    columns.keyHash(position),
                                    columns.customerHash(position),
                                    columns.key(position),
                                    columns.customerId(position),
                                    columns.meaning(position),
                                    columns.content(position),
                                    columns.amount(position),
                                    columns.happenedAt(position),
                                    columns.line(position),
                                    columns.day(position),
                                    columns.store(position),
                                    bodies.canonical(position),
                                    bodies.raw(position)));
        }
        byte[] packed = anew.columns();
        handle.execute("update segment set columns = ? where id = ?", packed, first);
        handle.execute("update segment_body set bodies = ? where id = ?", anew.bodies(), first);
        handle.execute("update segment_state set checksum = ? where id = ?", Arrays.hashCode(packed), first);
    }

    private Found find(Person person) {
        return database.read(handle -> {
            Set<Long> records = new TreeSet<>(handle.select("select id from record where customer_id = ?", person.id())
                    .mapTo(Long.class)
                    .list());
            handle.createQuery("select record_id, canonical, raw from payload")
                    .setFetchSize(1_000)
                    .map((row, context) -> person.isNamedIn(row.getString(2)) || person.isNamedIn(row.getString(3))
                            ? row.getLong(1)
                            : -1)
                    .forEach(record -> {
                        if (record >= 0) {
                            records.add(record);
                        }
                    });
            Set<Long> segments = new TreeSet<>();
            long wanted = Segments.of(handle).hash(handle).ofCustomer(person.id());
            Map<String, Set<Long>> lines = new TreeMap<>();
            forEachSegment(handle, (row, columns, bodies) -> {
                for (int position = 0; position < row.count(); position++) {
                    boolean theirs = columns.customerHash(position) == wanted
                                    && person.id().equals(columns.customerId(position))
                            || person.isNamedIn(columns.customerId(position))
                            || person.isNamedIn(bodies.canonical(position))
                            || person.isNamedIn(bodies.raw(position));
                    if (theirs) {
                        segments.add(row.first());
                        records.add(row.first() + position);
                        lines.computeIfAbsent(path(handle, row.file()), path -> new TreeSet<>())
                                .add(columns.line(position));
                    }
                }
            });
            for (long record : records) {
                handle.select(
                                "select f.path, r.line from record r join file f on f.id = r.file_id where r.id = ? "
                                        + "and f.live = 0",
                                record)
                        .map((row, context) -> lines.computeIfAbsent(row.getString(1), path -> new TreeSet<>())
                                .add(row.getLong(2)))
                        .list();
            }
            return new Found(records, segments, new Sources(lines));
        });
    }

    private static String path(Handle handle, long file) {
        return handle.select("select path from file where id = ?", file)
                .mapTo(String.class)
                .one();
    }

    private interface Look {
        void at(SegmentRow row, Segment columns, SegmentBodies bodies);
    }

    private static void forEachSegment(Handle handle, Look look) {
        List<Long> all = new ArrayList<>(
                handle.select("select id from segment_state").mapTo(Long.class).list());
        for (long first : all) {
            SegmentRow row = SegmentRow.of(handle, first);
            if (row != null) {
                // Not by the cache of whoever delivers: all of them are looked at once.
                byte[] columns = blob(handle, "select columns from segment where id = ?", first);
                byte[] bodies = blob(handle, "select bodies from segment_body where id = ?", first);
                if (columns != null && bodies != null) {
                    look.at(row, new Segment(first, columns), new SegmentBodies(first, bodies));
                }
            }
        }
    }

    private static byte[] blob(Handle handle, String sql, long id) {
        return handle.select(sql, id).mapTo(byte[].class).findOne().orElse(null);
    }

    /** Has the ledger's file forget too: what was deleted is still in its free pages and in its log. */
    public void compact(boolean whole) {
        database.compact(whole);
    }
}
