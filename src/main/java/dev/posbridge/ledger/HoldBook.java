package dev.posbridge.ledger;

import dev.posbridge.Count;
import dev.posbridge.pos.FileLimits;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Files that a person has to look at before anything of them leaves. A held file leaves no record and no key in the ledger,
 * only its sums, so that a corrected one finds its receipts free; released, it is read once more. Thread-safe.
 */
public final class HoldBook {
    private final LedgerDatabase database;

    /** What a person says to a file. */
    public enum Approval {
        /** It is as it should be. */
        RELEASE("release", null),
        /** Its control totals are wrong, its receipts are not. */
        TOTALS("totals", "its totals"),
        /** Its bad receipts are dead letters, the others are good. */
        BAD_ROWS("bad-rows", "its bad rows");

        private final String word;
        private final String fault;

        Approval(String word, String fault) {
            this.word = word;
            this.fault = fault;
        }

        public String word() {
            return word;
        }

        /** What of a file it overrules, in words; null for nothing. */
        public String fault() {
            return fault;
        }

        /** The one that overrules what a command calls so; empty for none. */
        public static Optional<Approval> despite(String word) {
            return Optional.ofNullable(of(word)).filter(one -> one.fault != null);
        }

        /** @return null for none */
        static Approval of(String word) {
            for (Approval one : values()) {
                if (one.word.equals(word)) {
                    return one;
                }
            }
            return null;
        }
    }

    /**
     * A file that is held, or was rejected.
     *
     * @param approved what a person said to it; null where nobody did. Then it only waits to be read again
     * @param customers whose sales are held, of a file that otherwise went on
     */
    public record Held(
            long id,
            String vendor,
            String name,
            String path,
            FileState state,
            String reason,
            String message,
            Instant since,
            Approval approved,
            long records,
            BigDecimal sales,
            BigDecimal refunds,
            long customers) {
        /** Whether the file as a whole is held, not some of its customers. */
        public boolean isWhole() {
            return state == FileState.HELD;
        }

        /** Code of what it is held for. */
        public String why() {
            return isWhole() ? reason : Reason.SUSPICIOUS_CUSTOMER.code();
        }

        /** What a person would have to say to it to have it taken in all the same; empty where nothing helps. */
        public Optional<Approval> overruledBy() {
            if (state != FileState.REJECTED || reason == null) {
                return Optional.empty();
            }
            return switch (Reason.ofCode(reason)) {
                case CONTROL_TOTALS_WRONG -> Optional.of(Approval.TOTALS);
                case TOO_MANY_BAD_ROWS -> Optional.of(Approval.BAD_ROWS);
                default -> Optional.empty();
            };
        }

        /** The same for people. */
        public String told() {
            return isWhole() ? message : suspicious(name, records, customers) + " Release or reject them.";
        }
    }

    static String suspicious(String name, long sales, long customers) {
        return name + ": " + Count.of(sales, "sale") + " of " + Count.of(customers, "customer")
                + " who bought more often on one day, or in more stores, than one person can.";
    }

    public HoldBook(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Whether a file that was read to its end may go, but for a profile that nobody has approved.
     *
     * @param approved what a person said to it, or null
     */
    public Optional<Hold> judge(LedgerFile file, FileFigures figures, FileLimits limits, Approval approved) {
        if (approved == Approval.RELEASE || !figures.hasAny()) {
            return Optional.empty();
        }
        return database.read(handle -> judge(handle, file.name(), file.identityId(), figures, limits));
    }

    /** @param handle null where there is no ledger yet */
    static Optional<Hold> judge(Handle handle, String name, long identity, FileFigures figures, FileLimits limits) {
        String where = Position.ofFile(name) + ": ";
        List<String> beyond = new Judging(handle, identity, figures, limits).beyondLimits();
        if (!beyond.isEmpty()) {
            return Optional.of(hold(Reason.OUTSIDE_LIMITS, where, beyond));
        }
        List<String> unlike = new Judging(handle, identity, figures, limits).unlikeBefore();
        return unlike.isEmpty() ? Optional.empty() : Optional.of(hold(Reason.UNLIKE_BEFORE, where, unlike));
    }

    private static Hold hold(Reason reason, String where, List<String> findings) {
        return new Hold(reason, where + String.join("; ", findings) + ". " + reason.remedy());
    }

    /** What is known of a profile. */
    public enum Known {
        /** A file was taken in by it, by name or with a person's approval. */
        YES,
        /** By it none was, by another one of the vendor some were. */
        CHANGED,
        NEW
    }

    /** @param profileText hash of the profile's own text */
    public Known profile(String vendor, String profileText) {
        return database.read(handle -> handle.createQuery(
                        "select coalesce(max(case when profile_text = :text then 1 else 0 end), -1) from file where vendor = :vendor "
                                + "and profile_text is not null and state in (1, 2)")
                .bind("text", profileText)
                .bind("vendor", vendor)
                .map((row, context) -> switch (row.getInt(1)) {
                    case 1 -> Known.YES;
                    case 0 -> Known.CHANGED;
                    default -> Known.NEW;
                })
                .one());
    }

    /** Keeps the file back: its records and keys are gone, its sums and why are noted. */
    public void hold(long file, long rowsRead, FileFigures figures, Hold hold) {
        database.update(handle -> {
            FileBook.erase(handle, file);
            FileFigures.Sum whole = figures.whole();
            handle.createUpdate("update file set state = 6, rows_read = :rows, reason = :reason, message = :message, "
                            + "held_records = :records, held_sales_e4 = :sales, held_refunds_e4 = :refunds, approved = null, "
                            + "receipts_stored = 0, duplicates = 0, duplicate_sales_e4 = 0, duplicate_refunds_e4 = 0, "
                            + "differing = 0, ended_at = :now where id = :file and state = 0")
                    .bind("rows", rowsRead)
                    .bind("reason", hold.reason().code())
                    .bind("message", hold.message())
                    .bind("records", whole.records())
                    .bind("sales", whole.paid())
                    .bind("refunds", whole.givenBack())
                    .bind("now", System.currentTimeMillis())
                    .bind("file", file)
                    .execute();
            DeadLetterWriter.closeFile(handle, file);
        });
    }

    /** What its stores came to on its days, for those that come later. Within the release's transaction. */
    static void remember(Handle handle, LedgerFile file, FileFigures figures) {
        PreparedBatch days =
                handle.prepareBatch("insert into figure (file_id, identity_id, store, day, weekday, records, sales, "
                        + "sales_e4, largest_e4, refunds, customers, new_customers) values (?,?,?,?,?,?,?,?,?,?,?,?) "
                        + "on conflict (file_id, store, day) do update set records = excluded.records, "
                        + "sales = excluded.sales, sales_e4 = excluded.sales_e4, largest_e4 = excluded.largest_e4, "
                        + "refunds = excluded.refunds, customers = excluded.customers, "
                        + "new_customers = excluded.new_customers");
        figures.days()
                .forEach((group, sum) -> days.add(
                        file.id(),
                        file.identityId(),
                        group.store(),
                        group.day().toString(),
                        group.day().getDayOfWeek().getValue(),
                        sum.records(),
                        sum.sales(),
                        sum.paid(),
                        sum.largest(),
                        sum.refunds(),
                        sum.customers().size(),
                        Judging.unknown(handle, sum.customers())));
        if (days.size() > 0) {
            days.execute();
        }
        new FrequentCustomers(handle, file.identityId()).remember(figures.busy());
    }

    /** Everything that is held, the oldest first: files, and files of which customers are. */
    public List<Held> held() {
        return database.read(handle -> select(
                handle,
                "f.state = 6 or f.id in (select file_id from record where state = 3 "
                        + "and reason = 'suspicious-customer')"));
    }

    /** Files that were rejected for what a person may overrule, and that nobody has decided about; the newest first. */
    public List<Held> overrulable(int most) {
        return database.read(handle -> handle.createQuery(COLUMNS
                        + " where f.state = 3 and f.id in (select file_id from dead_letter where state = 0 and level = 'file' "
                        + "and reason in ('control-totals-wrong', 'too-many-bad-rows')) order by f.id desc limit :most")
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    /** A file as it is now. */
    public Optional<Held> byId(long file) {
        return database.read(handle -> handle.createQuery(COLUMNS + " where f.id = :file")
                .bind("file", file)
                .map((row, context) -> read(row))
                .findOne());
    }

    public Names names() {
        return new Names(database);
    }

    /** Files of this name, with or without {@code vendor/} before it, that are held or were rejected; the newest first. */
    public List<Held> named(String name) {
        return database.read(
                handle -> handle.createQuery(COLUMNS + " where (f.name = :name or f.vendor || '/' || f.name = :name) "
                                + "order by f.id desc limit 100")
                        .bind("name", name)
                        .map((row, context) -> read(row))
                        .list());
    }

    private static final String COLUMNS = "select f.id, f.vendor, f.name, f.path, f.state, f.reason, f.message, "
            + "coalesce(f.ended_at, f.started_at), f.approved, case when f.state = 6 then f.held_records else "
            + "(select count(*) from record r where r.file_id = f.id and r.state = 3 and r.reason = 'suspicious-customer') end, "
            + "case when f.state = 6 then f.held_sales_e4 else (select coalesce(sum(amount_e4), 0) from record r where "
            + "r.file_id = f.id and r.state = 3 and r.reason = 'suspicious-customer') end, "
            + "case when f.state = 6 then f.held_refunds_e4 else 0 end, (select count(distinct customer_id) from record r "
            + "where r.file_id = f.id and r.state = 3 and r.reason = 'suspicious-customer') from file f";

    private static List<Held> select(Handle handle, String where) {
        return handle.createQuery(COLUMNS + " where " + where + " order by f.id")
                .map((row, context) -> read(row))
                .list();
    }

    private static Held read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Held(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                FileState.ofCode(row.getInt(5)),
                row.getString(6),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)),
                Approval.of(row.getString(9)),
                row.getLong(10),
                Amounts.amount(row.getLong(11)),
                Amounts.amount(row.getLong(12)),
                row.getLong(13));
    }

    /**
     * Notes that a person wants the file taken in as it is; it is read when it is offered again.
     *
     * @param command as it stands in the audit table
     * @return false where it is neither held nor rejected any more
     */
    public boolean approve(Held file, Approval approval, String command, String reason) {
        return database.write(handle -> {
            int approved = handle.execute(
                    "update file set approved = ?, reported_at = null where id = ? and state in (0, 3, 6) and approved "
                            + "is distinct from ?",
                    approval.word(),
                    file.id(),
                    approval.word());
            boolean waits = handle.select(
                            "select exists (select 1 from file where id = ? and approved = ?)",
                            file.id(),
                            approval.word())
                    .mapTo(Boolean.class)
                    .one();
            if (approved == 1) {
                AuditBook.note(handle, command, file.records(), file.vendor() + "/" + file.name() + ": " + reason);
            }
            return waits;
        });
    }

    /** Sends a held file away: nothing of it comes in. */
    public boolean reject(Held file, String reason) {
        return database.write(handle -> {
            int rejected = handle.execute(
                    "update file set state = 3, reason = ?, message = ?, approved = null, held_records = 0, "
                            + "held_sales_e4 = 0, held_refunds_e4 = 0 where id = ? and state = 6",
                    Reason.REJECTED_BY_HAND.code(),
                    Position.ofFile(file.name()) + ": rejected by hand: " + reason,
                    file.id());
            if (rejected == 1) {
                AuditBook.note(handle, "reject", file.records(), file.vendor() + "/" + file.name() + ": " + reason);
            }
            return rejected == 1;
        });
    }

    /**
     * Holds the sales of those who bought absurdly often, within the release's transaction.
     *
     * @return how many sales are held
     */
    static long holdCustomers(Handle handle, LedgerFile of, FileFigures figures, FileLimits limits) {
        Set<String> customers =
                new HashSet<>(new FrequentCustomers(handle, of.identityId()).beyond(figures.busy(), limits));
        figures.busy().beyond(limits).forEach(busy -> customers.add(busy.customer()));
        if (customers.isEmpty()) {
            return 0;
        }
        long file = of.id();
        List<Long> inSegments = new ArrayList<>();
        SegmentSums.forEach(handle, "where s.file_id = " + file, (row, columns, position) -> {
            if (customers.contains(columns.customerId(position))) {
                inSegments.add(row.first() + position);
            }
        });
        new SegmentSales(handle).toRows(SegmentSales.longs(inSegments), Way.EITHER);
        return handle.createUpdate(
                        "update record set state = 3, reason = :reason, settled_at = :now where file_id = :file "
                                + "and kind = 1 and state = 0 and customer_id in (select value from json_each(:customers))")
                .bind("reason", Reason.SUSPICIOUS_CUSTOMER.code())
                .bind("now", System.currentTimeMillis())
                .bind("file", file)
                .bind("customers", CanonicalJson.list(customers))
                .execute();
    }

    /** Lets the held sales of a file's suspicious customers go. */
    public long releaseCustomers(Held file, String reason) {
        return database.write(handle -> {
            List<Long> records = heldOf(handle, file.id());
            records.forEach(record -> Settling.wake(handle, record));
            AuditBook.note(handle, "release", records.size(), file.vendor() + "/" + file.name() + ": " + reason);
            return (long) records.size();
        });
    }

    /** Leaves the held sales of a file's suspicious customers out. */
    public long rejectCustomers(Held file, String reason) {
        return database.write(handle -> {
            List<Long> records = heldOf(handle, file.id());
            records.forEach(record -> Settling.settle(handle, record, Outcome.skipped(Reason.SUSPICIOUS_CUSTOMER)));
            AuditBook.note(handle, "reject", records.size(), file.vendor() + "/" + file.name() + ": " + reason);
            return (long) records.size();
        });
    }

    private static List<Long> heldOf(Handle handle, long file) {
        return handle.select(
                        "select id from record where file_id = ? and state = 3 and reason = ? order by id",
                        file,
                        Reason.SUSPICIOUS_CUSTOMER.code())
                .mapTo(Long.class)
                .list();
    }
}
