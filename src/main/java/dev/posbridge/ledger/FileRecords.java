package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentBodies;
import dev.posbridge.pos.RecordKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The records of a file a page at a time, in the order in which they stand there, whether they lie in segments or have rows. A
 * page reads as many segments as it shows, and the states of those that it passes over. Reads only; thread-safe.
 */
public final class FileRecords {
    private static final String ROW =
            "select r.id, r.kind, r.key, r.order_id, r.customer_id, r.store, r.state, r.reason, r.amount_e4, r.happened_at, "
                    + "r.line, r.settled_at, r.points, p.place from record r left join payload p on p.record_id = r.id ";
    private static final Set<Integer> IN_SEGMENTS =
            Set.of(RecordState.PENDING.code(), RecordState.SENDING.code(), RecordState.DELIVERED.code());

    private final LedgerDatabase database;

    /**
     * A record.
     *
     * @param kind as reports spell it, {@code row} for one that could not be translated
     * @param place of what came in a message, null for a file's
     * @param settledAt null where it has not ended, or lies in a segment
     * @param happenedAt null for a bad row
     */
    public record Shown(
            long id,
            String place,
            long line,
            String kind,
            String key,
            String orderId,
            String customer,
            String store,
            String outcome,
            String reason,
            BigDecimal amount,
            Instant happenedAt,
            Instant settledAt,
            BigDecimal points) {}

    /** What it was made of, and what was made of it; each null where it is not kept. */
    public record Said(long file, String raw, String canonical, String header) {}

    public FileRecords(LedgerDatabase database) {
        this.database = database;
    }

    /** One record; empty where there is none. */
    public Optional<Shown> one(long record) {
        return said(record).flatMap(said -> page(said.file(), record - 1, null, null, 1).stream()
                .filter(shown -> shown.id() == record)
                .findFirst());
    }

    /**
     * The next of them.
     *
     * @param after id of the last one that was seen, 0 for none
     * @param outcome one of {@link Outcomes#WORDS}, null for any
     * @param reason a code, null for any
     */
    public List<Shown> page(long file, long after, String outcome, String reason, int most) {
        List<Integer> states = states(outcome);
        return database.read(handle -> handle.inTransaction(it -> {
            List<Shown> found = new ArrayList<>(rows(it, file, after, states, reason, most));
            if (reason == null && states.stream().anyMatch(IN_SEGMENTS::contains)) {
                found.addAll(sales(it, file, after, states, most));
            }
            found.sort(Comparator.comparingLong(Shown::id));
            return List.copyOf(found.subList(0, Math.min(most, found.size())));
        }));
    }

    private static List<Integer> states(String outcome) {
        List<Integer> states = new ArrayList<>();
        for (RecordState state : RecordState.values()) {
            if (outcome == null || outcome.equals(wordOf(state))) {
                states.add(state.code());
            }
        }
        return states;
    }

    private static String wordOf(RecordState state) {
        return state == RecordState.SENDING ? RecordState.PENDING.word() : state.word();
    }

    private static List<Shown> rows(
            Handle handle, long file, long after, List<Integer> states, String reason, int most) {
        if (states.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(ROW + "where r.file_id = :file and r.id > :after and r.id >= "
                        + "(select first_record from file where id = :file) and r.id <= (select last_record from file where "
                        + "id = :file) and r.state in (<states>) and (cast(:reason as text) is null or r.reason = :reason) order by r.id "
                        + "limit :most")
                .bind("file", file)
                .bind("after", after)
                .bindList("states", states)
                .bind("reason", reason)
                .bind("most", most)
                .map((row, context) -> shown(row))
                .list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        int kind = row.getInt("kind");
        boolean untranslated = kind == NewRecord.UNTRANSLATED;
        return new Shown(
                row.getLong("id"),
                row.getString("place"),
                row.getLong("line"),
                untranslated ? "row" : RecordKind.values()[kind].word(),
                row.getString("key"),
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getString("store"),
                wordOf(RecordState.ofCode(row.getInt("state"))),
                row.getString("reason"),
                Amounts.amount(row.getLong("amount_e4")),
                untranslated ? null : Instant.ofEpochMilli(row.getLong("happened_at")),
                row.getObject("settled_at") == null ? null : Instant.ofEpochMilli(row.getLong("settled_at")),
                row.getBigDecimal("points"));
    }

    private static List<Shown> sales(Handle handle, long file, long after, List<Integer> states, int most) {
        String identity = handle.select(
                        "select i.name from file f join identity i on i.id = f.identity_id where f.id = ?", file)
                .mapTo(String.class)
                .one();
        List<Shown> found = new ArrayList<>();
        List<Long> segments = handle.select(
                        "select id from segment_state where file_id = ? and id + count > ? order by id",
                        file,
                        after + 1)
                .mapTo(Long.class)
                .list();
        for (long id : segments) {
            if (found.size() >= most) {
                break;
            }
            SegmentRow row = SegmentRow.of(handle, id);
            if (row != null) {
                addSales(handle, row, identity, after, states, most, found);
            }
        }
        return found;
    }

    private static void addSales(
            Handle handle,
            SegmentRow row,
            String identity,
            long after,
            List<Integer> states,
            int most,
            List<Shown> found) {
        Segment columns = null;
        byte[] earned = null;
        for (int position = 0; position < row.count() && found.size() < most; position++) {
            long id = row.first() + position;
            if (id > after
                    && row.state(position) != SegmentRow.ELSEWHERE
                    && states.contains((int) row.state(position))) {
                if (columns == null) {
                    columns = columns(handle, row);
                    earned = SegmentPoints.read(handle, row.first());
                }
                Long points = SegmentPoints.at(earned, position);
                found.add(new Shown(
                        id,
                        null,
                        columns.line(position),
                        RecordKind.SALE.word(),
                        columns.key(position),
                        identity + '-' + columns.key(position),
                        columns.customerId(position),
                        columns.store(position),
                        wordOf(RecordState.ofCode(row.state(position))),
                        null,
                        Amounts.amount(columns.amount(position)),
                        Instant.ofEpochMilli(columns.happenedAt(position)),
                        null,
                        points == null ? null : Amounts.amount(points)));
            }
        }
    }

    private static Segment columns(Handle handle, SegmentRow row) {
        return handle.select("select columns from segment where id = ?", row.first())
                .map((found, context) -> new Segment(row.first(), found.getBytes(1)))
                .one();
    }

    /** One record's rows and what was made of them; empty where there is no such record. */
    public Optional<Said> said(long record) {
        return database.read(handle -> handle.inTransaction(it -> {
            Optional<Said> row = it.select(
                            "select r.file_id, p.raw, p.canonical, coalesce(p.header, f.header) from record r "
                                    + "join file f on f.id = r.file_id left join payload p on p.record_id = r.id where r.id = ?",
                            record)
                    .map((found, context) ->
                            new Said(found.getLong(1), found.getString(2), found.getString(3), found.getString(4)))
                    .findOne();
            return row.isPresent() ? row : inSegment(it, record);
        }));
    }

    private static Optional<Said> inSegment(Handle handle, long record) {
        SegmentRow row = SegmentRow.ofRecord(handle, record);
        if (row == null) {
            return Optional.empty();
        }
        String header = handle.select("select header from file where id = ?", row.file())
                .map((found, context) -> Optional.ofNullable(found.getString(1)))
                .one()
                .orElse(null);
        Optional<SegmentBodies> bodies = handle.select("select bodies from segment_body where id = ?", row.first())
                .map((found, context) -> new SegmentBodies(row.first(), found.getBytes(1)))
                .findOne();
        int position = row.position(record);
        return Optional.of(new Said(
                row.file(),
                bodies.map(some -> some.raw(position)).orElse(null),
                bodies.map(some -> some.canonical(position)).orElse(null),
                header));
    }
}
