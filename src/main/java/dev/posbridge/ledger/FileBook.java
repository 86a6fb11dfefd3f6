package dev.posbridge.ledger;

import dev.posbridge.FileRejectedException;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.store.LedgerStore;
import dev.posbridge.pos.FileLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The files of the ledger. A file is trusted whole or not at all: until its own row is released none of its records is
 * due, and a rejected file leaves no record and no key behind. Thread-safe.
 */
public final class FileBook {
    private static final String SETTLED = "state = 1 and not " + RecordState.anyOpenIn("file.id");
    private static final long COMING_FRESH_NANOS = 50_000_000;

    private final LedgerDatabase database;
    /** Whether another file may follow, and since when that is known. */
    private volatile boolean coming;

    private volatile long comingSeenAt = System.nanoTime() - COMING_FRESH_NANOS;

    /** Files that this process has begun: if they are begun again, nobody died. */
    private final Set<Long> begun = ConcurrentHashMap.newKeySet();

    public FileBook(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Begins, or after a crash goes on with, a file. Files of one identity are taken one after another; what another
     * file of the identity had staged is given up here, because its keys must not hide this file's receipts.
     *
     * <p>Content that was taken in before is not read again. It is counted as duplicates, unless the very same file is
     * offered while it is still being delivered: a process that was killed left it where it lay.
     *
     * <p>That a process died reading it is committed before it is read again, so a file that kills whoever reads it is
     * known as such.
     */
    public Beginning begin(FileOffer offer) {
        return database.write(handle -> {
            long identity = identity(handle, offer.identity());
            Optional<LedgerFile> known = known(handle, identity, offer);
            if (known.isPresent()) {
                return new Beginning(known.get(), false, 0, null, false);
            }
            takeUpApproved(handle, identity, offer);
            Optional<LedgerFile> held = held(handle, identity, offer);
            if (held.isPresent()) {
                return new Beginning(held.get(), false, 0, null, true);
            }
            Optional<LedgerFile> interrupted = interrupted(handle, identity, offer);
            LedgerFile file = interrupted.orElseGet(() -> insert(handle, identity, offer));
            boolean died = begun.add(file.id()) && interrupted.isPresent();
            return new Beginning(file, true, deaths(handle, file.id(), died), approval(handle, file.id()), false);
        });
    }

    /** What a person let go since it was held, or rejected, is read again in its place. */
    private static void takeUpApproved(Handle handle, long identity, FileOffer offer) {
        handle.createUpdate("update file set state = 0, profile_hash = :profile, profile_text = :text, ended_at = null "
                        + "where id = (select max(id) from file where identity_id = :identity and content_hash = :content "
                        + "and approved is not null and state in (3, 6))")
                .bind("profile", offer.profileHash())
                .bind("text", offer.profileText())
                .bind("identity", identity)
                .bind("content", offer.contentHash())
                .execute();
    }

    private static Optional<LedgerFile> held(Handle handle, long identity, FileOffer offer) {
        return handle.createQuery("select id from file where state = 6 and identity_id = :identity and "
                        + "content_hash = :content and profile_hash = :profile order by id desc limit 1")
                .bind("identity", identity)
                .bind("content", offer.contentHash())
                .bind("profile", offer.profileHash())
                .mapTo(Long.class)
                .findOne()
                .map(id -> ledgerFile(id, identity, offer, 0));
    }

    private static HoldBook.Approval approval(Handle handle, long file) {
        return HoldBook.Approval.of(handle.select("select approved from file where id = ?", file)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
    }

    private static int deaths(Handle handle, long file, boolean oneMore) {
        return handle.createQuery("update file set deaths = deaths + :more where id = :file returning deaths")
                .bind("more", oneMore ? 1 : 0)
                .bind("file", file)
                .mapTo(Integer.class)
                .one();
    }

    /** Whoever read the file stopped without harm, for whatever reason. */
    public void survived(long file) {
        database.update(handle -> handle.execute("update file set deaths = 0 where id = ?", file));
    }

    /** Trusts the file: from this commit on its records are due. */
    public void release(long file, long rowsRead) {
        release(file, rowsRead, new NumberRanges());
    }

    /** @param numbers that the tills gave the file's receipts */
    public void release(long file, long rowsRead, NumberRanges numbers) {
        release(file, rowsRead, numbers, handle -> {});
    }

    /**
     * @param figures what the file came to
     * @param limits of customers, or null where a person let the file go
     */
    public void release(LedgerFile file, long rowsRead, NumberRanges numbers, FileFigures figures, FileLimits limits) {
        release(file.id(), rowsRead, numbers, handle -> {
            HoldBook.remember(handle, file, figures);
            if (limits != null) {
                HoldBook.holdCustomers(handle, file, figures, limits);
            }
        });
    }

    /** What notes that the file has these records, too. */
    static LedgerStore.Change extended(long file, long first, long last) {
        return new LedgerStore.Change(
                "update file set first_record = case when first_record < ? then first_record else ? "
                        + "end, last_record = case when last_record > ? then last_record else ? end where id = ?",
                first,
                first,
                last,
                last,
                file);
    }

    private void release(long file, long rowsRead, NumberRanges numbers, Consumer<Handle> more) {
        begun.remove(file);
        database.update(handle -> {
            SequenceBook.store(handle, file, numbers);
            Contenders.settle(handle, file);
            DeadLetterWriter.closeFile(handle, file);
            more.accept(handle);
            int released = handle.createUpdate("update file set state = 1, rows_read = :rows, ended_at = :now, "
                            + "approved = null, reason = null, message = null, held_records = 0, held_sales_e4 = 0, "
                            + "held_refunds_e4 = 0, "
                            + "release_order = :release, released_before = :next where id = :file and state = 0")
                    .bind("rows", rowsRead)
                    .bind("now", System.currentTimeMillis())
                    .bind("release", LedgerDatabase.nextIds(handle, "release", 1))
                    .bind("next", LedgerDatabase.nextIds(handle, "record", 0))
                    .bind("file", file)
                    .execute();
            if (released == 0) {
                // Put away now, it would be lost: nobody offers it again.
                throw new IllegalStateException("file " + file + " is no longer being read; another took its place");
            }
            Settling.wakeRefundsOfSkippedSales(handle);
            handle.afterCommit(database.segments().window()::filesChanged);
            Failpoint.WITHIN_RELEASE.reach();
        });
    }

    /** Distrusts the file: its records and keys are gone, and a dead letter of level {@code file} says why. */
    public void reject(long file, long rowsRead, FileRejectedException problem) {
        begun.remove(file);
        database.update(handle -> {
            erase(handle, file);
            handle.createUpdate("update file set state = 3, approved = null, held_records = 0, held_sales_e4 = 0, "
                            + "held_refunds_e4 = 0, rows_read = :rows, reason = :reason, message = :message, "
                            + "receipts_stored = 0, duplicates = 0, duplicate_sales_e4 = 0, duplicate_refunds_e4 = 0, differing = 0, ended_at = :now "
                            + "where id = :file")
                    .bind("rows", rowsRead)
                    .bind("reason", problem.reason().code())
                    .bind("message", problem.getMessage())
                    .bind("now", System.currentTimeMillis())
                    .bind("file", file)
                    .execute();
            DeadLetterWriter.file(handle, file, problem);
        });
    }

    /** Whether a file is being read, or was released so short a time ago that another may follow. */
    public boolean isComing(Duration shortTime) {
        long now = System.nanoTime();
        if (now - comingSeenAt >= COMING_FRESH_NANOS) {
            coming = seesOneComing(shortTime);
            comingSeenAt = now;
        }
        return coming;
    }

    private boolean seesOneComing(Duration shortTime) {
        return database.read(handle -> handle.select(
                        "select exists (select 1 from file where state = 0) or exists "
                                + "(select 1 from file where state = 1 and ended_at > ?)",
                        System.currentTimeMillis() - shortTime.toMillis())
                .mapTo(Boolean.class)
                .one());
    }

    /** Closes the files that have nothing left to deliver. */
    public void closeSettled() {
        boolean any = database.read(handle -> handle.select("select exists (select 1 from file where " + SETTLED + ")")
                .mapTo(Boolean.class)
                .one());
        if (any) {
            database.update(FileBook::closeSettled);
        }
    }

    static void closeSettled(Handle handle) {
        handle.execute("update file set state = 2 where " + SETTLED);
    }

    /** Tells the ledger where an archived or rejected file lies now. */
    public void moved(long file, String path) {
        database.update(handle -> handle.execute("update file set path = ? where id = ?", path, file));
    }

    static long identity(Handle handle, String name) {
        handle.execute("insert into identity (name) values (?) on conflict (name) do nothing", name);
        return handle.select("select id from identity where name = ?", name)
                .mapTo(Long.class)
                .one();
    }

    private static Optional<LedgerFile> known(Handle handle, long identity, FileOffer offer) {
        return handle.createQuery("select id, path, state = 1 and "
                        + RecordState.anyOpenIn("file.id") + " as under_way "
                        + "from file where content_hash = :content "
                        + "and profile_hash = :profile and identity_id = :identity and state in (1, 2) "
                        + "order by id limit 1")
                .bind("content", offer.contentHash())
                .bind("profile", offer.profileHash())
                .bind("identity", identity)
                .map((row, context) -> {
                    long original = row.getLong("id");
                    boolean same = row.getBoolean("under_way") && offer.path().equals(row.getString("path"));
                    if (same) {
                        return ledgerFile(original, identity, offer, 0);
                    }
                    return countedBefore(handle, identity, offer)
                            .orElseGet(() -> insertKnown(handle, identity, offer, original));
                })
                .findOne();
    }

    /** A file that cannot be moved away is offered again and again; it is counted once. */
    private static Optional<LedgerFile> countedBefore(Handle handle, long identity, FileOffer offer) {
        return handle.createQuery("select id from file where state = 5 and content_hash = :content "
                        + "and identity_id = :identity and path = :path order by id desc limit 1")
                .bind("content", offer.contentHash())
                .bind("identity", identity)
                .bind("path", offer.path())
                .mapTo(Long.class)
                .findOne()
                .map(id -> ledgerFile(id, identity, offer, 0));
    }

    private static LedgerFile insertKnown(Handle handle, long identity, FileOffer offer, long original) {
        LedgerFile file = insert(handle, identity, offer);
        handle.createUpdate("update file set state = 5, ended_at = :now, "
                        + "rows_read = (select rows_read from file where id = :original), "
                        + "duplicates = (select duplicates from file where id = :original) + (" + recordsOf("count(*)")
                        + "), duplicate_sales_e4 = (select duplicate_sales_e4 from file where id = :original) + ("
                        + recordsOf("coalesce(sum(r.amount_e4), 0)")
                        + " and r.kind <> 2 and r.amount_e4 > 0), duplicate_refunds_e4 = "
                        + "(select duplicate_refunds_e4 from file where id = :original) + ("
                        + recordsOf("coalesce(sum(abs(r.amount_e4)), 0)")
                        + " and (r.kind = 2 or r.amount_e4 < 0)) where id = :id")
                .bind("now", System.currentTimeMillis())
                .bind("original", original)
                .bind("id", file.id())
                .execute();
        SegmentSums.Sum inSegments = SegmentSums.total(handle, original);
        handle.execute(
                "update file set duplicates = duplicates + ?, duplicate_sales_e4 = duplicate_sales_e4 + ? where id = ?",
                inSegments.records(),
                inSegments.amount(),
                file.id());
        return file;
    }

    private static String recordsOf(String what) {
        return "select " + what + " from file f join record r on r.id between f.first_record and f.last_record "
                + "and r.file_id = f.id where f.id = :original";
    }

    private static Optional<LedgerFile> interrupted(Handle handle, long identity, FileOffer offer) {
        List<Long> staged = handle.select("select id from file where identity_id = ? and state = 0", identity)
                .mapTo(Long.class)
                .list();
        Optional<LedgerFile> same = Optional.empty();
        for (long file : staged) {
            Optional<Long> stored = handle.select(
                            "select receipts_stored from file where id = ? and content_hash = ? and profile_hash = ?",
                            file,
                            offer.contentHash(),
                            offer.profileHash())
                    .mapTo(Long.class)
                    .findOne();
            if (stored.isPresent() && same.isEmpty()) {
                same = stored.map(receipts -> ledgerFile(file, identity, offer, receipts));
                handle.execute("update file set name = ?, path = ? where id = ?", offer.name(), offer.path(), file);
            } else {
                erase(handle, file);
                handle.execute(
                        "update file set state = case approved when 'release' then 6 when 'totals' then 3 when 'bad-rows' "
                                + "then 3 else 4 end, receipts_stored = 0, ended_at = ? where id = ?",
                        System.currentTimeMillis(),
                        file);
            }
        }
        return same;
    }

    private static LedgerFile insert(Handle handle, long identity, FileOffer offer) {
        long id = LedgerDatabase.nextIds(handle, "file", 1);
        handle.createUpdate("insert into file (id, identity_id, vendor, name, path, content_hash, profile_hash, state, "
                        + "business_date, profile_text, source, started_at) values (:id, :identity, :vendor, :name, :path, :content, :profile, "
                        + "0, :businessDate, :text, :source, :now)")
                .bind("id", id)
                .bind("identity", identity)
                .bind("vendor", offer.vendor())
                .bind("name", offer.name())
                .bind("path", offer.path())
                .bind("content", offer.contentHash())
                .bind("profile", offer.profileHash())
                .bind(
                        "businessDate",
                        offer.businessDate() == null
                                ? null
                                : offer.businessDate().toString())
                .bind("source", offer.source())
                .bind("text", offer.profileText())
                .bind("now", System.currentTimeMillis())
                .execute();
        return ledgerFile(id, identity, offer, 0);
    }

    /** The file under which stands what comes by itself on one day, by a queue or from tills: it is never read to its end. */
    static LedgerFile live(Handle handle, FileOffer day) {
        long identity = identity(handle, day.identity());
        return handle.createQuery("select id from file where content_hash = :content and profile_hash = :profile "
                        + "and identity_id = :identity")
                .bind("content", day.contentHash())
                .bind("profile", day.profileHash())
                .bind("identity", identity)
                .mapTo(Long.class)
                .findOne()
                .map(id -> ledgerFile(id, identity, day, 0))
                .orElseGet(() -> insertLive(handle, identity, day));
    }

    private static LedgerFile insertLive(Handle handle, long identity, FileOffer day) {
        LedgerFile file = insert(handle, identity, day);
        handle.execute(
                "update file set state = 2, live = 1, release_order = ?, ended_at = started_at where id = ?",
                LedgerDatabase.nextIds(handle, "release", 1),
                file.id());
        return file;
    }

    private static LedgerFile ledgerFile(long id, long identity, FileOffer offer, long receiptsStored) {
        return new LedgerFile(
                id,
                identity,
                offer.vendor(),
                offer.name(),
                receiptsStored,
                offer.matchesByProduct(),
                offer.parksUnmatched(),
                offer.timeTolerance());
    }

    /** Frees every key of a staged file. Its ids lie in one range, though not alone there. */
    static void erase(Handle handle, long file) {
        String records = "(select r.id from file f join record r on r.id between f.first_record and f.last_record "
                + "and r.file_id = f.id where f.id = :file)";
        for (String statement : List.of(
                "delete from returnable where record_id in (select l.record_id from segment_state s join returnable l "
                        + "on l.record_id >= s.id and l.record_id < s.id + s.count where s.file_id = :file)",
                "delete from difference where file_id = :file",
                "delete from returned where file_id = :file",
                "delete from returnable where record_id in " + records,
                "delete from dead_letter where record_id in " + records,
                "delete from payload where record_id in " + records,
                "delete from record where id in " + records,
                "update file set first_record = null, last_record = null where id = :file")) {
            handle.createUpdate(statement).bind("file", file).execute();
        }
        Segments.erase(handle, file);
    }
}
