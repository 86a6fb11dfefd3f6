package dev.posbridge.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Messages on their way from their queue into the ledger. Each is told to the ledger before it is tried, so that one that
 * kills us is known after a few times; and it stays there until its acknowledgement is known, so that one that comes again
 * is not counted again. Thread-safe; one reader a queue.
 */
public final class MessageBook {
    /** What is left of messages that never came again. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final LedgerDatabase database;
    private final ChunkWriter chunks;

    /**
     * What a message is known by until it is acknowledged.
     *
     * @param id as its sender gave it, which need not be unique
     * @param body a hash of its body
     */
    public record Key(String id, long body) {}

    /** @param attempts those that ended unseen; stored whether the ledger has it */
    public record InHand(int attempts, boolean stored) {}

    /** What is to be stored of one message; its entries have no origin yet. */
    public record Stored(Key key, String place, String name, String header, List<Entry> entries) {}

    public MessageBook(LedgerDatabase database, ChunkWriter chunks) {
        this.database = database.urgent();
        this.chunks = chunks;
    }

    /** Forgets what was taken long ago; once at the start. */
    public void forgetOld() {
        database.update(handle ->
                handle.execute("delete from message where taken_at < ?", System.currentTimeMillis() - KEPT.toMillis()));
    }

    /** The messages of the queue whose acknowledgement is in doubt. */
    public Map<Key, InHand> inHand(String queue) {
        return database.read(handle -> {
            Map<Key, InHand> found = new HashMap<>();
            handle.select("select id, body, attempts, stored from message where queue = ?", queue)
                    .map((row, context) -> found.put(
                            new Key(row.getString(1), row.getLong(2)), new InHand(row.getInt(3), row.getBoolean(4))))
                    .list();
            return found;
        });
    }

    /**
     * Notes messages that are about to be tried; a process that dies of them leaves that behind, a machine need not.
     *
     * @param attempts by key, this one included
     * @param acknowledged messages of the queue that may be forgotten
     */
    public void take(String queue, Map<Key, Integer> attempts, Collection<Key> acknowledged) {
        database.writeLightly(handle -> {
            var forget = handle.prepareBatch("delete from message where queue = ? and id = ? and body = ?");
            acknowledged.forEach(key -> forget.add(queue, key.id(), key.body()));
            if (forget.size() > 0) {
                forget.execute();
            }
            var note = handle.prepareBatch(
                    "insert into message (queue, id, body, attempts, taken_at) "
                            + "values (?, ?, ?, ?, ?) on conflict (queue, id, body) do update set attempts = excluded.attempts");
            attempts.forEach((key, count) -> note.add(queue, key.id(), key.body(), count, System.currentTimeMillis()));
            return note.execute();
        });
    }

    /**
     * Stores what came of messages, all or none; from this commit on they may be acknowledged, and their records are due.
     *
     * @param day under which the queue's messages of that day stand
     * @param rows that the messages held
     * @return the lanes in which something is due now
     */
    public Set<Integer> store(String queue, FileOffer day, List<Stored> messages, long rows) {
        return database.write(handle -> {
            LedgerFile file = FileBook.live(handle, day);
            long number = handle.select("select receipts_stored from file where id = ?", file.id())
                    .mapTo(Long.class)
                    .one();
            List<Entry> entries = new ArrayList<>();
            for (Stored message : messages) {
                Entry.Origin origin = new Entry.Origin(message.place(), ++number, message.name(), message.header());
                message.entries().forEach(entry -> entries.add(entry.in(origin)));
            }
            Set<Integer> lanes = chunks.storeLive(handle, file, entries);
            markStored(handle, queue, messages.stream().map(Stored::key).toList());
            handle.createUpdate("update file set state = 1, receipts_stored = :number, rows_read = rows_read + :rows, "
                            + "ended_at = :now where id = :file")
                    .bind("number", number)
                    .bind("rows", rows)
                    .bind("now", System.currentTimeMillis())
                    .bind("file", file.id())
                    .execute();
            return lanes;
        });
    }

    /** Notes that somebody else stored them, such as the intake of files. */
    public void stored(String queue, List<Key> keys) {
        database.update(handle -> markStored(handle, queue, keys));
    }

    private static void markStored(Handle handle, String queue, List<Key> keys) {
        var batch = handle.prepareBatch("update message set stored = 1 where queue = ? and id = ? and body = ?");
        keys.forEach(key -> batch.add(queue, key.id(), key.body()));
        batch.execute();
    }
}
