package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.DamagedSegmentException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * A segment's row: a byte of state for each of its records and the last job that had it. Read, changed and saved within one
 * transaction.
 */
final class SegmentRow {
    /** Of a record that has a row of its own: what is said here of it no longer counts. */
    static final byte ELSEWHERE = 15;

    static final byte PENDING = (byte) RecordState.PENDING.code();
    static final byte SENDING = (byte) RecordState.SENDING.code();
    static final byte DELIVERED = (byte) RecordState.DELIVERED.code();

    private static final String SELECT =
            "select id, file_id, identity_id, count, checksum, states from segment_state where ";

    private final long first;
    private final long file;
    private final long identity;
    private final int count;
    private final int checksum;
    private final ByteBuffer states;
    private byte[] points;
    /** -1 while nobody counted. */
    private int open = -1;

    /** @throws DamagedSegmentException where the states are not what was stored */
    SegmentRow(long first, long file, long identity, int count, int checksum, byte[] states) {
        requireSound(first, count, states);
        this.first = first;
        this.file = file;
        this.identity = identity;
        this.count = count;
        this.checksum = checksum;
        this.states = ByteBuffer.wrap(states);
    }

    /** The states of a new segment, all of them as given. */
    static byte[] states(byte... of) {
        byte[] states = Arrays.copyOf(of, length(of.length));
        seal(ByteBuffer.wrap(states));
        return states;
    }

    private static int length(int count) {
        return count * (1 + Integer.BYTES) + Integer.BYTES;
    }

    /** A state that turned into another would lose a sale, or send it twice. */
    private static void requireSound(long first, int count, byte[] states) {
        if (states.length != length(count)) {
            throw new DamagedSegmentException(
                    place(first), states.length + " bytes of states, expected " + length(count));
        }
        if (checksum(states) != ByteBuffer.wrap(states).getInt(states.length - Integer.BYTES)) {
            throw new DamagedSegmentException(place(first), "another checksum of its states than was stored");
        }
    }

    private static String place(long first) {
        return "segment " + first;
    }

    private static void seal(ByteBuffer states) {
        states.putInt(states.capacity() - Integer.BYTES, checksum(states.array()));
    }

    private static int checksum(byte[] states) {
        CRC32C checksum = new CRC32C();
        checksum.update(states, 0, states.length - Integer.BYTES);
        return (int) checksum.getValue();
    }

    /** @return null where the record has never been in a segment */
    static SegmentRow ofRecord(Handle handle, long record) {
        SegmentRow found = read(handle, "id <= ? order by id desc limit 1", record);
        return found != null && found.has(record) ? found : null;
    }

    /**
     * What lies at a record.
     *
     * @param row null where the record has never been in a segment
     * @param next the first record of the first segment behind it; the largest number where there is none
     */
    record Near(SegmentRow row, long next) {}

    static Near near(Handle handle, long record) {
        return handle.createQuery("select s.id, s.file_id, s.identity_id, s.count, s.checksum, s.states, n.next from "
                        + "(select min(id) as next from segment_state where id > :record) n left join segment_state s on "
                        + "s.id = (select max(id) from segment_state where id <= :record)")
                .bind("record", record)
                .map((row, context) -> {
                    SegmentRow found = row.getObject(1) == null ? null : read(handle, row);
                    long next = row.getLong(7);
                    return new Near(
                            found != null && found.has(record) ? found : null, row.wasNull() ? Long.MAX_VALUE : next);
                })
                .one();
    }

    private static SegmentRow read(Handle handle, String condition, long value) {
        return read(handle, handle.select(SELECT + condition, value)).findOne().orElse(null);
    }

    private static ResultIterable<SegmentRow> read(Handle handle, Query query) {
        return query.map((row, context) -> read(handle, row));
    }

    private static SegmentRow read(Handle handle, ResultSet row) throws SQLException {
        SegmentRow read = new SegmentRow(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getInt(5), row.getBytes(6));
        Segments.of(handle).seen(read);
        return read;
    }

    /** Those that are there, by one statement. */
    static List<SegmentRow> of(Handle handle, List<Long> firsts) {
        return firsts.isEmpty()
                ? List.of()
                : read(
                                handle,
                                handle.select(
                                        SELECT + "id in (select cast(value as bigint) from json_each(?))",
                                        firsts.toString()))
                        .list();
    }

    /** @return null where it is gone */
    static SegmentRow of(Handle handle, long first) {
        return read(handle, "id = ?", first);
    }

    boolean has(long record) {
        return record >= first && record < first + count;
    }

    long first() {
        return first;
    }

    long file() {
        return file;
    }

    long identity() {
        return identity;
    }

    int count() {
        return count;
    }

    int checksum() {
        return checksum;
    }

    int position(long record) {
        return (int) (record - first);
    }

    byte state(int position) {
        return states.get(position);
    }

    /** The last job that had it, 0 for none. */
    int job(int position) {
        return states.getInt(count + position * Integer.BYTES);
    }

    /** @param stored as {@link SegmentPoints} keeps them, null for none */
    void tell(byte... stored) {
        points = stored;
    }

    /** In ten-thousandths; null where they are unknown, or were not read with the row. */
    Long points(int position) {
        return SegmentPoints.at(points, position);
    }

    void set(int position, byte state) {
        open = -1;
        states.put(position, state);
    }

    void set(int position, byte state, long job) {
        open = -1;
        states.put(position, state).putInt(count + position * Integer.BYTES, (int) job);
    }

    boolean isOpen(int position) {
        return state(position) == PENDING || state(position) == SENDING;
    }

    /** Records that wait or are being sent. */
    int open() {
        if (open < 0) {
            int counted = 0;
            for (int position = 0; position < count; position++) {
                counted += isOpen(position) ? 1 : 0;
            }
            open = counted;
        }
        return open;
    }

    private SegmentRow copy() {
        return new SegmentRow(
                first, file, identity, count, checksum, states.array().clone());
    }

    /** All of them in one go: a server is far, and a job's sales lie in many segments. */
    static void save(Handle handle, List<SegmentRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("update segment_state set states = ?, open = ? where id = ?");
        RecentRows recent = Segments.of(handle).recent();
        for (SegmentRow row : rows) {
            seal(row.states);
            batch.add(row.states.array(), row.open(), row.first);
            SegmentRow saved = row.copy();
            saved.open();
            handle.afterCommit(() -> recent.saved(saved));
        }
        batch.execute();
    }
}
