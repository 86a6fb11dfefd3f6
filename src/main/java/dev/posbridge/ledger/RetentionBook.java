package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.SegmentBuilder;
import java.time.Instant;
import java.util.List;

/**
 * Takes out what records said once it is past its days, a thousand rows a step, so that nobody waits. Keys, amounts, days and
 * hashes stay. Used by one thread.
 */
public final class RetentionBook {
    private static final int ROWS = 1_000;
    private static final int SEGMENTS = 20;

    private final LedgerDatabase database;
    private long payload;
    private long segment;
    private long letter;
    private boolean payloadsDone;
    private boolean segmentsDone;
    private boolean lettersDone;

    public RetentionBook(LedgerDatabase database) {
        this.database = database;
    }

    /** Begins a round from the start. */
    public void begin() {
        payload = 0;
        segment = 0;
        letter = 0;
        payloadsDone = false;
        segmentsDone = false;
        lettersDone = false;
    }

    /**
     * A step of the round.
     *
     * @param payloads what ended before then loses its texts; null: nothing does
     * @param rawInput dead letters that are older lose their rows; null: none does
     * @return whether there is more to do
     */
    public boolean step(Instant payloads, Instant rawInput) {
        if (payloads != null && !payloadsDone) {
            payloads(payloads.toEpochMilli());
        } else if (payloads != null && !segmentsDone) {
            segments(payloads.toEpochMilli());
        } else if (rawInput != null && !lettersDone) {
            letters(rawInput.toEpochMilli());
        } else {
            return false;
        }
        return true;
    }

    /** Of dead records the dead letter decides, of parked ones nothing: they are still to be sent. */
    private void payloads(long before) {
        List<Long> next = database.read(handle -> handle.select(
                        "select record_id from payload where record_id > ? order by record_id limit " + ROWS, payload)
                .mapTo(Long.class)
                .list());
        payloadsDone = next.size() < ROWS;
        if (next.isEmpty()) {
            return;
        }
        payload = next.get(next.size() - 1);
        List<Long> past = database.read(handle -> handle.createQuery(
                        "select id from record where id in (select cast(value as bigint) from json_each(:ids)) and state in (4, 7, 8) "
                                + "and settled_at < :before")
                .bind("ids", next.toString())
                .bind("before", before)
                .mapTo(Long.class)
                .list());
        if (!past.isEmpty()) {
            database.update(handle -> {
                for (String table : List.of("payload", "attempt")) {
                    handle.execute(
                            "delete from " + table
                                    + " where record_id in (select cast(value as bigint) from json_each(?))",
                            past.toString());
                }
            });
        }
    }

    /** A segment goes as a whole, once all of it has ended and its file came long enough ago. */
    private void segments(long before) {
        List<Long> next = database.read(handle -> handle.select(
                        "select s.id from segment_state s join file f on f.id = s.file_id where s.id > ? and s.open = 0 "
                                + "and f.state = 2 and f.ended_at < ? order by s.id limit " + SEGMENTS,
                        segment,
                        before)
                .mapTo(Long.class)
                .list());
        segmentsDone = next.size() < SEGMENTS;
        if (!next.isEmpty()) {
            segment = next.get(next.size() - 1);
            next.forEach(this::empty);
        }
    }

    private void empty(long first) {
        int size = database.read(handle -> handle.select("select length(bodies) from segment_body where id = ?", first)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
        int count = database.read(handle -> handle.select("select count from segment_state where id = ?", first)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
        SegmentBuilder nothing = new SegmentBuilder();
        for (int position = 0; position < count; position++) {
            nothing.add(null);
        }
        byte[] bodies = nothing.bodies();
        if (size > bodies.length) {
            database.update(handle -> handle.execute(
                    "update segment_body set bodies = ? where id = ? and exists (select 1 from segment_state s where "
                            + "s.id = segment_body.id and s.open = 0)",
                    bodies,
                    first));
        }
    }

    private void letters(long before) {
        List<Long> next = database.read(handle -> handle.select(
                        "select id from dead_letter where id > ? and created_at < ? and (raw is not null or canonical is "
                                + "not null) order by id limit " + ROWS,
                        letter,
                        before)
                .mapTo(Long.class)
                .list());
        lettersDone = next.size() < ROWS;
        if (next.isEmpty()) {
            return;
        }
        letter = next.get(next.size() - 1);
        database.update(handle -> {
            String ids = next.toString();
            for (String table : List.of("payload", "attempt")) {
                handle.execute(
                        "delete from " + table
                                + " where record_id in (select d.record_id from dead_letter d join record r on "
                                + "r.id = d.record_id and r.state = 6 where d.id in (select cast(value as bigint) from json_each(?)))",
                        ids);
            }
            handle.execute(
                    "update dead_letter set raw = null, canonical = null where id in (select cast(value as bigint) from json_each(?))",
                    ids);
        });
    }
}
