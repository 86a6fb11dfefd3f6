package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Puts what a dead letter has become in the place of its dead record, in one transaction: the record's id, and so its
 * place in the file's order, is kept, and the receipt counts once, as what it is now. The dead letter stays, closed.
 * Thread-safe; may be used beside a running service, which then delivers.
 */
public final class ReplayBook {
    private final LedgerDatabase database;
    private final int lanes;

    public ReplayBook(LedgerDatabase database, int lanes) {
        this.database = database;
        this.lanes = lanes;
    }

    /** @return empty where there is nothing to replay: the record is dead no longer, or its file was never released */
    public Optional<DeadRecord> find(long record) {
        return database.read(handle -> DeadRecord.find(handle, record));
    }

    /** Closes a dead letter whose record is dead no longer. */
    public Replayed close(DeadLetters.DeadLetter letter) {
        return database.write(handle -> Replayed.nothing(
                letter.id(), letter.fileId(), closeOpen(handle, letter.id()) ? "superseded" : "closed"));
    }

    /**
     * Replaces a dead record; does nothing where the dead letter was closed meanwhile.
     *
     * @param dead as {@link #find} gave it
     * @param file its file, with how today's profile matches refunds
     * @param entries what came of its receipt
     */
    public Replayed replace(DeadLetters.DeadLetter letter, DeadRecord dead, LedgerFile file, List<Entry> entries) {
        Failpoint.BEFORE_REPLAY.reach();
        Replayed replayed = database.write(handle -> {
            boolean stillDead = DeadRecord.find(handle, dead.id()).isPresent();
            if (!stillDead || !closeOpen(handle, letter.id())) {
                return Replayed.nothing(letter.id(), file.id(), "closed");
            }
            return new Replacement(handle, letter, dead, file).replaceBy(entries);
        });
        Failpoint.AFTER_REPLAY.reach();
        return replayed;
    }

    private static boolean closeOpen(Handle handle, long deadLetter) {
        return handle.execute(
                        "update dead_letter set state = 1, closed_at = ? where id = ? and state = 0",
                        System.currentTimeMillis(),
                        deadLetter)
                == 1;
    }

    /** One replacement within its transaction. */
    private final class Replacement {
        private final Handle handle;
        private final DeadLetters.DeadLetter letter;
        private final DeadRecord dead;
        private final LedgerFile file;

        Replacement(Handle handle, DeadLetters.DeadLetter letter, DeadRecord dead, LedgerFile file) {
            this.handle = handle;
            this.letter = letter;
            this.dead = dead;
            this.file = file;
        }

        Replayed replaceBy(List<Entry> entries) {
            Tally before = duplicates();
            long lastRecord = LedgerDatabase.nextIds(handle, "record", 0) - 1;
            makeRoom();
            ChunkWriter.storeReplayed(handle, file, lanes, dead, entries);
            keepReturned();
            keepTrack();
            Contenders.settle(handle, file.id());
            Failpoint.WITHIN_REPLAY.reach();
            handle.execute("update file set state = 1 where id = ? and state = 2", file.id());
            return result(lastRecord, before);
        }

        private void makeRoom() {
            handle.execute("delete from record where id = ?", dead.id());
            handle.execute("delete from payload where record_id = ?", dead.id());
            handle.execute("delete from returned where file_id = ? and refund_key = ?", file.id(), dead.key());
            handle.execute("update returnable set record_id = -record_id where record_id = ?", dead.id());
        }

        /** What was already given back of a sale stays given back. */
        private void keepReturned() {
            String successor = "select n.id from returnable o join returnable n on n.record_id = " + dead.id()
                    + " and n.product_id = o.product_id where o.record_id = -" + dead.id()
                    + " and o.id = returned.returnable_id";
            handle.execute("update returned set returnable_id = (" + successor + ") where exists (" + successor + ")");
            handle.execute("delete from returnable where record_id = ?", -dead.id());
        }

        /** Once sent with an unknown end, always so: Gameball may hold the order id because of us. */
        private void keepTrack() {
            if (dead.unclear()) {
                handle.execute("update record set unclear = 1 where id = ? and kind = ?", dead.id(), dead.kind());
            }
            handle.execute(
                    "insert into replaced (identity_id, kind, key, content) values (?,?,?,?) on conflict do nothing",
                    file.identityId(),
                    dead.kind(),
                    dead.key(),
                    dead.content());
        }

        private Tally duplicates() {
            return handle.select(
                            "select duplicates, duplicate_sales_e4, duplicate_refunds_e4 from file where id = ?",
                            file.id())
                    .map((row, context) ->
                            new Tally(row.getLong(1), Amounts.amount(row.getLong(2)), Amounts.amount(row.getLong(3))))
                    .one();
        }

        private Replayed result(long lastRecord, Tally duplicatesBefore) {
            List<Long> records = handle.select(
                            "select id from record where id = ? or (id > ? and file_id = ?) order by id",
                            dead.id(),
                            lastRecord,
                            file.id())
                    .mapTo(Long.class)
                    .list();
            Tally known = duplicates().minus(duplicatesBefore);
            return handle.select(
                            "select r.state, r.reason, (select d.id from dead_letter d where d.record_id = r.id and "
                                    + "d.state = 0) as again from record r where r.id = ?",
                            dead.id())
                    .map((row, context) -> {
                        RecordState state = RecordState.ofCode(row.getInt("state"));
                        return new Replayed(
                                letter.id(),
                                file.id(),
                                state == RecordState.PENDING ? "due" : state.word(),
                                row.getLong("again"),
                                row.getString("reason"),
                                records,
                                known);
                    })
                    .findOne()
                    .orElseGet(() -> new Replayed(letter.id(), file.id(), "duplicate", 0, null, records, known));
        }
    }
}
