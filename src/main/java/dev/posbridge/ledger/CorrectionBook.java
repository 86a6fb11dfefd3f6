package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes wrong orders back and puts corrected sales in their place. A few hundred orders are one transaction: after it the
 * steps go on by themselves, whatever becomes of the process; what is not written yet is found again by the same choice.
 * Thread-safe; may be used beside a running service, which then delivers.
 */
public final class CorrectionBook {
    private static final int AT_ONCE = 250;

    /** Ends the id of the refund that takes an order back, after the order's own. */
    public static final String REVERSED = "~reversed";

    private final LedgerDatabase database;

    /**
     * An order that is to be taken back.
     *
     * @param corrected the record that says what it should have been; 0 for none
     * @param now what that comes to; zero for none
     * @param points that Gameball gave for it; null where it did not say
     * @param given what was given back of it already
     * @param returns keys of returns that are wrong, where the sale itself is not
     * @param stays whether the order stays, since nothing of those returns arrived
     */
    public record Wrong(
            long sale,
            long corrected,
            String orderId,
            String key,
            BigDecimal was,
            BigDecimal now,
            BigDecimal given,
            BigDecimal points,
            List<String> returns,
            boolean stays) {
        /** In place of the corrected record: the sale was right. */
        static final long AS_IT_WAS = -1;

        Wrong(
                long sale,
                long corrected,
                String orderId,
                String key,
                BigDecimal was,
                BigDecimal now,
                BigDecimal given,
                BigDecimal points) {
            this(sale, corrected, orderId, key, was, now, given, points, List.of(), false);
        }
    }

    /**
     * What is meant.
     *
     * @param files ids; null for any
     * @param records keys or order ids; null for any
     * @param bringer the file that says what they should have been; 0 for any that came since
     * @param copies records of the files' sales that went once more as they were, and stand under a correction
     */
    public record Choice(Collection<Long> files, Set<String> records, long bringer, Collection<Long> copies) {
        public static Choice ofRecords(Set<String> records) {
            return new Choice(null, records, 0, List.of());
        }

        public Choice broughtBy(long file) {
            return new Choice(files, records, file, copies);
        }

        boolean means(long file, long record, String key, String orderId) {
            return (files == null || files.contains(file) || copies.contains(record))
                    && (records == null || records.contains(key) || records.contains(orderId));
        }
    }

    /** What a corrected file would change. */
    public record Comparison(
            List<Wrong> wrong,
            long unchanged,
            long replaced,
            BigDecimal replacedMoney,
            long added,
            long others,
            List<String> refused) {
        /** @param refused why of others that somebody named none is */
        public static Comparison of(List<Wrong> wrong, List<String> refused) {
            return new Comparison(wrong, 0, 0, BigDecimal.ZERO, 0, 0, refused);
        }
    }

    public CorrectionBook(LedgerDatabase database) {
        this.database = database;
    }

    /** Orders of which a later file said something else, the newest word of each, or of what was returned of them. */
    public Comparison changed(Choice choice) {
        return database.read(handle -> {
            Map<Long, Wrong> newest = new LinkedHashMap<>();
            bind(
                            handle.createQuery(
                                    "select c.id, d.id, c.order_id, c.key, c.amount_e4, d.amount_e4, c.points, "
                                            + GIVEN + " from dead_letter l join record d on d.id = l.record_id "
                                            + "join record c on c.identity_id = d.identity_id and c.kind = 1 and c.key = d.key "
                                            + "and c.revision = 0 where l.state = 0 and l.reason = 'changed-after-delivery' "
                                            + "and d.kind = 1 and d.state = 6 and c.state = 4 "
                                            + "and not exists (select 1 from correction x where x.order_id = c.order_id and x.state = 0) "
                                            + (choice.files() == null
                                                    ? ""
                                                    : choice.bringer() == 0 ? OF_EITHER : OF_WRONG)
                                            + (choice.bringer() == 0 ? "" : "and d.file_id = :bringer ")
                                            + (choice.records() == null
                                                    ? ""
                                                    : "and (d.key in (select value from json_each(:records)) or c.order_id in "
                                                            + "(select value from json_each(:records))) ")
                                            + "order by d.id"),
                            choice)
                    .map((row, context) -> wrong(row))
                    .forEach(one -> newest.put(one.sale(), one));
            List<Wrong> all = new ArrayList<>(newest.values());
            WrongReturns returns = new WrongReturns(handle, orderIds(all)).addChanged(choice);
            all.addAll(returns.wrong());
            return Comparison.of(all, returns.refused());
        });
    }

    private static Set<String> orderIds(List<Wrong> wrong) {
        return wrong.stream().map(Wrong::orderId).collect(Collectors.toSet());
    }

    private static final String IS_WRONG = "(c.file_id in (select cast(value as bigint) from json_each(:files)) or "
            + "c.id in (select cast(value as bigint) from json_each(:copies))) ";
    private static final String OF_WRONG = "and " + IS_WRONG;
    private static final String OF_EITHER =
            "and (d.file_id in (select cast(value as bigint) from json_each(:files)) or " + IS_WRONG + ") ";
    private static final String GIVEN =
            "(select coalesce(sum(g.amount_e4), 0) from record g where g.original = c.order_id "
                    + "and g.kind = 2 and g.state = 4)";

    private static Wrong wrong(ResultSet row) throws SQLException {
        return new Wrong(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                Amounts.amount(row.getLong(5)),
                Amounts.amount(row.getLong(6)),
                Amounts.amount(row.getLong(8)),
                row.getBigDecimal(7));
    }

    static org.jdbi.v3.core.statement.Query bind(org.jdbi.v3.core.statement.Query query, Choice choice) {
        if (choice.files() != null) {
            query.bind("files", choice.files().toString());
            query.bind("copies", choice.copies().toString());
        }
        if (choice.bringer() != 0) {
            query.bind("bringer", choice.bringer());
        }
        if (choice.records() != null) {
            query.bind("records", CanonicalJson.list(choice.records()));
        }
        return query;
    }

    /** Delivered orders as they are, to be taken back and nothing else. */
    public List<Wrong> delivered(Choice choice) {
        return database.read(handle -> {
            List<Wrong> found = new ArrayList<>(bind(
                            handle.createQuery("select c.id, 0, c.order_id, c.key, c.amount_e4, 0, c.points, " + GIVEN
                                    + " from record c where c.kind = 1 and c.state = 4 and c.revision = 0 "
                                    + "and not exists (select 1 from correction x where x.order_id = c.order_id) "
                                    + (choice.files() == null ? "" : OF_WRONG)
                                    + (choice.records() == null
                                            ? ""
                                            : "and c.id in (select n.id from identity i cross join json_each(:records) e "
                                                    + "cross join record n where n.identity_id = i.id and n.kind = 1 and "
                                                    + "n.key = e.value and n.revision = 0 union select o.id from json_each(:records) e, "
                                                    + "record o where o.id in (" + OrderIds.current("e.value", "(1)")
                                                    + ")) ")
                                    + "order by c.id"),
                            choice)
                    .map((row, context) -> wrong(row))
                    .list());
            found.addAll(inSegments(handle, choice));
            return found;
        });
    }

    private static List<Wrong> inSegments(Handle handle, Choice choice) {
        List<Wrong> found = new ArrayList<>();
        if (choice.files() != null) {
            for (long file : choice.files()) {
                String prefix = handle.select(
                                "select i.name from file f join identity i on i.id = f.identity_id where f.id = ?",
                                file)
                        .mapTo(String.class)
                        .one();
                SegmentSums.forEach(handle, "where s.file_id = " + file, (row, columns, position) -> {
                    if (row.state(position) == SegmentRow.DELIVERED) {
                        found.add(ofSegment(
                                row.first() + position, columns.amount(position), prefix, columns.key(position)));
                    }
                });
            }
            return found;
        }
        handle.createQuery("select id, name from identity")
                .map((row, context) -> Map.entry(row.getLong(1), row.getString(2)))
                .forEach(identity -> {
                    List<String> keys = new ArrayList<>(choice.records());
                    choice.records().stream()
                            .filter(one -> one.startsWith(identity.getValue() + '-'))
                            .forEach(one ->
                                    keys.add(one.substring(identity.getValue().length() + 1)));
                    Segments.of(handle).find(handle, identity.getKey(), keys).forEach((key, place) -> {
                        if (place.state() == RecordState.DELIVERED) {
                            found.add(ofSegment(
                                    place.record(),
                                    place.segment().amount(place.position()),
                                    identity.getValue(),
                                    key));
                        }
                    });
                });
        return found;
    }

    private static Wrong ofSegment(long record, long amount, String identity, String key) {
        return new Wrong(
                record, 0, identity + '-' + key, key, Amounts.amount(amount), BigDecimal.ZERO, BigDecimal.ZERO, null);
    }

    /** Files of this name, with or without {@code vendor/} before it, whose records are in the ledger. */
    public List<Long> files(String name) {
        return database.read(handle -> handle.createQuery(
                        "select id from file where (name = :name or vendor || '/' || name = :name) and state in (1, 2) order by id")
                .bind("name", name)
                .mapTo(Long.class)
                .list());
    }

    /** The orders of these files. */
    public Choice choice(List<Long> files) {
        return database.read(handle -> new Choice(files, null, 0, WrongReturns.copies(handle, files)));
    }

    public LedgerDatabase database() {
        return database;
    }

    public Names names() {
        return new Names(database);
    }

    /** Orders of which something else was said while they were being sent: nobody knows yet whether they arrived. */
    public long underWay(Choice choice) {
        String sql =
                "select count(*) from dead_letter l join record d on d.id = l.record_id join record c on c.identity_id = "
                        + "d.identity_id and c.kind = 1 and c.key = d.key and c.revision = 0 where l.state = 0 and "
                        + "l.reason = 'changed-after-delivery' and d.kind = 1 and d.state = 6 and c.state = 1 "
                        + (choice.files() == null ? "" : OF_WRONG)
                        + (choice.bringer() == 0 ? "" : "and d.file_id = :bringer ")
                        + (choice.records() == null ? "" : "and d.key in (select value from json_each(:records))");
        return database.read(handle ->
                bind(handle.createQuery(sql), choice).mapTo(Long.class).one());
    }

    /** The vendor of a file. */
    public String vendor(long file) {
        return database.read(handle -> handle.select("select vendor from file where id = ?", file)
                .mapTo(String.class)
                .one());
    }

    /** The file itself, or where its content came before, the file that brought it. */
    public long bringer(long file) {
        return database.read(
                handle -> handle.createQuery("select case when f.state = 5 then (select min(o.id) from file o "
                                + "where o.identity_id = f.identity_id and o.content_hash = f.content_hash and o.state in (1, 2)) "
                                + "else f.id end from file f where f.id = :file")
                        .bind("file", file)
                        .mapTo(Long.class)
                        .one());
    }

    /**
     * Writes what is to be done; from each transaction on it is done.
     *
     * @param name of what is corrected, for people
     * @param reason why, in the words of whoever asked for it
     * @return ids of the files to be watched
     */
    public Set<Long> correct(List<Wrong> wrong, String name, String reason) {
        Set<Long> files = new java.util.TreeSet<>();
        database.update(handle -> AuditBook.note(handle, "correct", wrong.size(), name + ": " + reason));
        Map<Long, Long> fileOfIdentity = new HashMap<>();
        for (int from = 0; from < wrong.size(); from += AT_ONCE) {
            List<Wrong> some = wrong.subList(from, Math.min(wrong.size(), from + AT_ONCE));
            Failpoint.BEFORE_REPLAY.reach();
            database.update(handle -> {
                for (Wrong one : some) {
                    begin(handle, one, name, fileOfIdentity, files);
                }
            });
            Failpoint.AFTER_REPLAY.reach();
        }
        return files;
    }

    private static void begin(
            Handle handle, Wrong wrong, String name, Map<Long, Long> fileOfIdentity, Set<Long> files) {
        new SegmentSales(handle).toRow(wrong.sale());
        boolean asItWas = handle.select(
                        "select exists (select 1 from record where id = ? and state = 4 and revision = 0 and order_id = ?) and "
                                + "(? <= 0 or exists (select 1 from record where id = ? and state = 6)) and "
                                + "not exists (select 1 from correction where order_id = ?)",
                        wrong.sale(),
                        wrong.orderId(),
                        wrong.corrected(),
                        wrong.corrected(),
                        wrong.orderId())
                .mapTo(Boolean.class)
                .one();
        if (!asItWas) {
            return;
        }
        boolean saleWasRight = wrong.corrected() == Wrong.AS_IT_WAS;
        if (saleWasRight && !WrongReturns.haveArrived(handle, wrong.orderId())) {
            files.addAll(Correcting.sayOfDead(handle, wrong.orderId(), wrong.orderId()));
            return;
        }
        long identity = handle.select("select identity_id from record where id = ?", wrong.sale())
                .mapTo(Long.class)
                .one();
        long file = fileOfIdentity.computeIfAbsent(identity, any -> insertFile(handle, wrong, name));
        files.add(file);
        String live = wrong.corrected() == 0 ? null : revised(handle, wrong.orderId());
        long corrected = saleWasRight ? WrongReturns.copy(handle, wrong.sale(), live, file) : wrong.corrected();
        handle.execute(
                "insert into correction (order_id, live, sale, corrected, file_id) values (?,?,?,?,?)",
                wrong.orderId(),
                live,
                wrong.sale(),
                corrected == 0 ? null : corrected,
                file);
        if (live != null && !saleWasRight) {
            hold(handle, corrected, live);
            files.add(handle.select("select file_id from record where id = ?", corrected)
                    .mapTo(Long.class)
                    .one());
        }
        reverse(handle, wrong, file);
    }

    private static long insertFile(Handle handle, Wrong wrong, String name) {
        long id = LedgerDatabase.nextIds(handle, "file", 1);
        handle.createUpdate("insert into file (id, identity_id, vendor, name, path, content_hash, profile_hash, state, "
                        + "release_order, released_before, business_date, started_at, ended_at) select :id, r.identity_id, "
                        + "f.vendor, :name, '', :content, '', 1, :release, :next, :day, :now, :now from record r "
                        + "join file f on f.id = r.file_id where r.id = :sale")
                .bind("id", id)
                .bind("name", "correction-" + id + "-" + name)
                .bind("content", "correction " + id)
                .bind("release", LedgerDatabase.nextIds(handle, "release", 1))
                .bind("next", LedgerDatabase.nextIds(handle, "record", 0))
                .bind("day", LocalDate.now().toString())
                .bind("now", System.currentTimeMillis())
                .bind("sale", wrong.sale())
                .execute();
        handle.afterCommit(Segments.of(handle).window()::filesChanged);
        return id;
    }

    /** {@code acme-7~2}, or the next of one that was revised before. */
    private static String revised(Handle handle, String orderId) {
        boolean again = handle.select("select exists (select 1 from correction where live = ?)", orderId)
                .mapTo(Boolean.class)
                .one();
        int number = again ? Integer.parseInt(orderId.substring(orderId.lastIndexOf('~') + 1)) + 1 : 2;
        String live = (again ? orderId.substring(0, orderId.lastIndexOf('~')) : orderId) + '~' + number;
        if (handle.select(
                        "select exists (select 1 from record where order_id = ? and kind = 1 and named = 1 and revision = 0)",
                        live)
                .mapTo(Boolean.class)
                .one()) {
            throw new ConfigurationException(
                    "order id \"" + live
                            + "\", under which the corrected sale would go, belongs to another record. Correct order-id in the profile.");
        }
        return live;
    }

    /** It is dead no longer, but waits until the wrong one is taken back. */
    private static void hold(Handle handle, long corrected, String live) {
        Sale sale = (Sale) StoredRecords.require(handle, corrected, RecordKind.SALE);
        handle.execute(
                "update payload set canonical = ? where record_id = ?",
                CanonicalJson.write(sale.revisedAs(live)),
                corrected);
        handle.execute(
                "update record set state = 3, reason = ?, order_id = ?, named = 1, settled_at = ?, way = 0 where id = ?",
                Reason.AWAITING_REVERSAL.code(),
                live,
                System.currentTimeMillis(),
                corrected);
        DeadLetterWriter.closeRecord(handle, corrected);
        // An earlier word on the same receipt is overtaken.
        handle.select(
                        "select o.id from record n join record o on o.identity_id = n.identity_id and o.kind = 1 and "
                                + "o.key = n.key and o.id < n.id and o.state = 6 and o.reason = 'changed-after-delivery' where n.id = ?",
                        corrected)
                .mapTo(Long.class)
                .list()
                .forEach(older -> {
                    DeadLetterWriter.closeRecord(handle, older);
                    handle.execute("update record set state = 8, reason = null where id = ?", older);
                });
    }

    private static void reverse(Handle handle, Wrong wrong, long file) {
        long left = handle.select("select amount_e4 from record where id = ?", wrong.sale())
                        .mapTo(Long.class)
                        .one()
                - SaleOfRefund.refunded(handle, wrong.orderId(), 0);
        SaleOfRefund found = SaleOfRefund.find(handle, wrong.orderId(), 0);
        if (found != null) {
            left = found.refundable(handle) - SaleOfRefund.refunded(handle, wrong.orderId(), 0);
        }
        if (left <= 0) {
            Correcting.finish(handle, wrong.orderId());
            return;
        }
        Sale sale = (Sale) StoredRecords.require(handle, wrong.sale(), RecordKind.SALE);
        String id = wrong.orderId() + REVERSED;
        Refund reversal = new Refund(
                new Position(sale.position().file(), sale.position().line(), 0),
                id,
                id,
                sale.key(),
                wrong.orderId(),
                sale.customer(),
                Instant.now(),
                LocalDate.now(),
                null,
                true,
                List.of(),
                sale.store());
        Correcting.insert(
                handle,
                file,
                NewRecords.of(List.of(Entry.pending(reversal, null))).list());
        handle.execute(
                "update correction set reversal = (select id from record where order_id = ? and kind = 2 and named = 1 "
                        + "and revision = 0) where order_id = ?",
                id,
                wrong.orderId());
    }
}
