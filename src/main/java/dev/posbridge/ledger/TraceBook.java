package dev.posbridge.ledger;

import dev.posbridge.ledger.ReceiptList.OfFile;
import dev.posbridge.pos.RecordKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds records by what a person has in hand. Keys and order ids are indexed. Customers are not, because an index in
 * random order would cost every night more than it saves a day: they are looked for from the newest record backwards,
 * for as long as the caller has time. Reads only; thread-safe.
 */
public final class TraceBook {
    private static final long STEP = 100_000;
    static final int MOST_OF_PAPER = 50;
    private static final String MOBILE = "\"mobile\":\"";

    /** Plus sign, fifteen digits, and the quote behind them. */
    private static final int LONGEST_NUMBER = 17;

    private static final String RECORD = "select r.id, f.vendor, coalesce(p.place, f.name) as name, "
            + "case when p.place is null then r.line else 0 end as line, r.kind, r.key, r.order_id, "
            + "r.customer_id, r.original, r.matched, r.state, r.reason, r.amount_e4, r.attempts, r.happened_at, "
            + "r.sent_at, r.settled_at, r.points, r.api_code, r.request_id, r.job "
            + "from record r join file f on f.id = r.file_id left join payload p on p.record_id = r.id "
            + "where f.state <> 0 and ";
    private static final String ATTEMPTS =
            "select a.number, a.sent_at, a.ended_at, j.id as list, j.kind, j.gameball_id, j.size, "
                    + "j.result, a.call, a.state, a.reason, a.message, a.status, a.api_code, a.request_id from attempt a "
                    + "left join job j on j.id = a.job where a.record_id = :record order by a.number";

    /** A credit note over several sales became key, key.2, key.3. */
    private static final String BY_KEY = "(r.key = :key or (r.key > :key || '.' and r.key < :key || '/')) "
            + "and r.identity_id in (select id from identity) and r.kind in (0, 1, 2, 3)";

    private final LedgerDatabase database;

    /**
     * Records of customers.
     *
     * @param searched how many of the ledger's newest records were looked at; all the time was up before the rest
     */
    public record OfCustomer(List<TracedRecord> records, long searched, long all) {}

    public TraceBook(LedgerDatabase database) {
        this.database = database;
    }

    /** By record key, order id, or the order id of the sale that they take back; oldest first. */
    public List<TracedRecord> byReceipt(String keyOrOrderId) {
        return database.read(handle -> handle.inTransaction(it -> byReceipt(it, keyOrOrderId)));
    }

    private static List<TracedRecord> byReceipt(Handle handle, String keyOrOrderId) {
        List<TracedRecord> found = new ArrayList<>(list(handle, BY_KEY, query -> query.bind("key", keyOrOrderId)));
        found.addAll(new TracedSegments(handle).byKeyOrOrderId(keyOrOrderId));
        List<String> orderIds = new ArrayList<>(found.stream()
                .map(TracedRecord::orderId)
                .filter(id -> id != null)
                .toList());
        orderIds.add(keyOrOrderId);
        for (String orderId : orderIds) {
            found.addAll(list(
                    handle,
                    "r.id in (" + OrderIds.current(":order", "(1, 2)") + ")",
                    query -> query.bind("order", orderId)));
        }
        found.addAll(list(handle, "r.original in (<ids>)", query -> query.bindList("ids", orderIds)));
        return found.stream()
                .distinct()
                .sorted(java.util.Comparator.comparingLong(TracedRecord::id))
                .toList();
    }

    /**
     * By customer id, or the last digits of one; oldest first.
     *
     * @param digits of a mobile number, null for none
     */
    public OfCustomer byCustomer(String customerId, String digits, Duration longest) {
        return search(longest, (handle, from, until) -> {
            List<TracedRecord> found = list(
                    handle,
                    "r.id >= :from and r.id < :until and (r.customer_id = :customer or r.customer_id like '%' || :digits)",
                    query -> query.bind("from", from)
                            .bind("until", until)
                            .bind("customer", customerId)
                            .bind("digits", digits));
            return joined(found, new TracedSegments(handle).byCustomer(customerId, digits, from, until));
        });
    }

    /** By the short number on a receipt, which is a part of the record's key; ends early where very many have it. */
    public OfCustomer byNumber(String number, Duration longest) {
        return search(longest, MOST_OF_PAPER, (handle, from, until) -> {
            List<TracedRecord> found = list(
                            handle,
                            "r.id >= :from and r.id < :until and r.kind in (0, 1, 2, 3) and r.key like :like",
                            query -> query.bind("from", from)
                                    .bind("until", until)
                                    .bind("like", '%' + number + '%'))
                    .stream()
                    .filter(record -> OnPaper.isPart(number, record.key()))
                    .toList();
            return joined(found, new TracedSegments(handle).byNumber(number, from, until));
        });
    }

    /** By an e-mail address, in whatever case: of the customers whose records name it, all records; oldest first. */
    public OfCustomer byEmail(String email, Duration longest) {
        return byContact(longest, (handle, from, until) -> {
            List<TracedRecord> found = list(
                    handle,
                    "r.id >= :from and r.id < :until and instr(lower(p.canonical), :email) > 0",
                    query -> query.bind("from", from)
                            .bind("until", until)
                            .bind("email", ("\"email\":\"" + email + '"').toLowerCase(Locale.ROOT)));
            return joined(found, new TracedSegments(handle).byEmail(email, from, until));
        });
    }

    /**
     * By the last digits of a mobile number that records name besides their customer's id: of these customers all records;
     * oldest first. What each sale says is read for it, so that it takes longer than any other search.
     */
    public OfCustomer byMobile(String digits, Duration longest) {
        return byContact(longest, (handle, from, until) -> {
            List<TracedRecord> found = list(
                    handle,
                    "r.id >= :from and r.id < :until and instr(p.canonical, :mobile) > 0 "
                            + "and instr(substr(p.canonical, instr(p.canonical, :mobile) + :begin, :longest), :digits) > 0",
                    query -> query.bind("from", from)
                            .bind("until", until)
                            .bind("mobile", MOBILE)
                            .bind("begin", MOBILE.length())
                            .bind("longest", LONGEST_NUMBER)
                            .bind("digits", digits + '"'));
            return joined(found, new TracedSegments(handle).byMobile(digits, from, until));
        });
    }

    /** Whom the records name by which the look finds something, and what else is theirs; half of the time for either. */
    private OfCustomer byContact(Duration longest, Look look) {
        long end = System.nanoTime() + longest.toNanos();
        OfCustomer named = search(longest.dividedBy(2), look);
        TreeMap<Long, TracedRecord> all = new TreeMap<>();
        named.records().forEach(one -> all.put(one.id(), one));
        long searched = named.searched();
        Set<String> customers =
                named.records().stream().map(TracedRecord::customerId).collect(Collectors.toSet());
        for (String customer : customers) {
            OfCustomer more = byCustomer(customer, null, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            more.records().forEach(one -> all.put(one.id(), one));
            searched = Math.min(searched, more.searched());
        }
        return new OfCustomer(List.copyOf(all.values()), searched, named.all());
    }

    /** Looks among the records of these ids. */
    private interface Look {
        List<TracedRecord> among(Handle handle, long from, long until);
    }

    private OfCustomer search(Duration longest, Look look) {
        return search(longest, Integer.MAX_VALUE, look);
    }

    private OfCustomer search(Duration longest, int most, Look look) {
        long end = System.nanoTime() + longest.toNanos();
        return database.read(handle -> {
            long last = handle.createQuery("select coalesce(max(id), 0) from (select max(id) as id from record "
                            + "union all select max(id + count - 1) from segment_state) r")
                    .mapTo(Long.class)
                    .one();
            List<TracedRecord> found = new ArrayList<>();
            long before = last + 1;
            while (before > 1 && found.size() <= most && System.nanoTime() < end) {
                long from = Math.max(1, before - STEP);
                found.addAll(look.among(handle, from, before));
                before = from;
            }
            found.sort(java.util.Comparator.comparingLong(TracedRecord::id));
            return new OfCustomer(found, last - before + 1, last);
        });
    }

    private static List<TracedRecord> joined(List<TracedRecord> some, List<TracedRecord> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** By what stands on a receipt; oldest first. What has rows is looked through, of the rest what may be like it. */
    public List<TracedRecord> byPaper(OnPaper paper) {
        Set<String> keys = new LinkedHashSet<>();
        database.read(handle -> handle.inTransaction(it -> {
            Map<Long, OfFile> files = ReceiptList.files(it);
            ReceiptList.forEachRow(it, files, receipt -> {
                if (keys.size() < MOST_OF_PAPER && paper.is(receipt)) {
                    keys.add(receipt.key());
                }
            });
            new TracedSegments(it).addKeys(paper, files, keys, MOST_OF_PAPER);
            return null;
        }));
        return keys.stream()
                .flatMap(key -> byReceipt(key).stream())
                .distinct()
                .sorted(java.util.Comparator.comparingLong(TracedRecord::id))
                .toList();
    }

    /** What was tried to deliver it, in order: the attempts that failed, and the last one where that did not. */
    public List<Attempt> attempts(TracedRecord record) {
        return database.read(handle -> {
            List<Attempt> attempts = new ArrayList<>(handle.createQuery(ATTEMPTS)
                    .bind("record", record.id())
                    .map((row, context) -> attempt(row))
                    .list());
            boolean later = isLater(record, attempts);
            if (record.sentAt() != null
                    && ("delivered".equals(record.state()) || later && "sending".equals(record.state()))) {
                attempts.add(new Attempt(
                        attempts.isEmpty()
                                ? 1
                                : attempts.get(attempts.size() - 1).number() + 1,
                        later ? record.sentAt() : null,
                        record.settledAt(),
                        record.job() == null ? null : listOf(handle, record.job()),
                        null,
                        record.state(),
                        record.reason(),
                        later ? null : "It had arrived: Gameball was asked.",
                        null,
                        null,
                        null));
            }
            return List.copyOf(attempts);
        });
    }

    /** Whether it was sent once more since the last one that is written down. */
    private static boolean isLater(TracedRecord record, List<Attempt> attempts) {
        return attempts.isEmpty()
                || record.sentAt() != null
                        && record.sentAt()
                                .isAfter(attempts.get(attempts.size() - 1).endedAt());
    }

    private static Attempt.List listOf(Handle handle, long job) {
        return handle.select("select id as list, kind, gameball_id, size, result from job where id = ?", job)
                .map((row, context) -> list(row))
                .findOne()
                .orElse(null);
    }

    private static Attempt.List list(ResultSet row) throws SQLException {
        return new Attempt.List(
                row.getLong("list"),
                JobKind.values()[row.getInt("kind")],
                row.getString("gameball_id"),
                row.getInt("size"),
                row.getString("result"));
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getInt("number"),
                time(row, "sent_at"),
                time(row, "ended_at"),
                row.getObject("list") == null ? null : list(row),
                row.getString("call"),
                RecordState.ofCode(row.getInt("state")).word(),
                row.getString("reason"),
                row.getString("message"),
                row.getObject("status") == null ? null : row.getInt("status"),
                row.getObject("api_code") == null ? null : row.getInt("api_code"),
                row.getString("request_id"));
    }

    private static List<TracedRecord> list(Handle handle, String condition, UnaryOperator<Query> bound) {
        return bound.apply(handle.createQuery(RECORD + condition + " order by r.id"))
                .map((row, context) -> traced(row))
                .list();
    }

    private static TracedRecord traced(ResultSet row) throws SQLException {
        int kind = row.getInt("kind");
        return new TracedRecord(
                row.getLong("id"),
                row.getString("vendor"),
                row.getString("name"),
                row.getLong("line"),
                kind == NewRecord.UNTRANSLATED ? "row" : RecordKind.values()[kind].word(),
                row.getString("key"),
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getString("original"),
                row.getInt("matched") == 1,
                RecordState.ofCode(row.getInt("state")).word(),
                row.getString("reason"),
                Amounts.amount(row.getLong("amount_e4")),
                row.getInt("attempts"),
                time(row, "happened_at"),
                time(row, "sent_at"),
                time(row, "settled_at"),
                row.getObject("points") == null ? null : BigDecimal.valueOf(row.getDouble("points")),
                row.getObject("api_code") == null ? null : row.getInt("api_code"),
                row.getString("request_id"),
                row.getObject("job") == null ? null : row.getLong("job"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : Instant.ofEpochMilli(row.getLong(column));
    }
}
