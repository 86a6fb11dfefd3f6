package dev.posbridge.ledger;

import dev.posbridge.ledger.SegmentSums.Group;
import dev.posbridge.ledger.SegmentSums.Sum;
import dev.posbridge.pos.RecordKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.EmptyHandling;

/** Counts what became of everything that came in. Reads only; thread-safe. */
public final class ReportBook {
    private static final String FILE =
            "select id, vendor, name, path, business_date, state, rows_read, reason, message, "
                    + "started_at, first_record, last_record, duplicates, duplicate_sales_e4, duplicate_refunds_e4, differing, held_records, held_sales_e4, held_refunds_e4 from file ";
    private static final String COUNTS =
            "select kind, state, reason, count(*), sum(amount_e4), sum(points), sum(matched), count(*) filter (where points is null), count(*) filter (where amount_e4 = 0) "
                    + "from record where id between :first and :last and file_id = :file "
                    + "group by kind, state, reason, amount_e4 < 0";

    private final LedgerDatabase database;

    public ReportBook(LedgerDatabase database) {
        this.database = database;
    }

    /** Files taken in since the id, in the order in which they came. */
    public List<FileReport> filesAfter(long file) {
        return database.read(handle -> handle.createQuery(FILE + "where id > :file order by id")
                .bind("file", file)
                .map((row, context) -> report(handle, row))
                .list());
    }

    /** What became of replayed dead letters, file by file: those records alone. */
    public List<FileReport> ofReplayed(List<Replayed> replayed) {
        Map<Long, Outcomes> byFile = new TreeMap<>();
        database.read(handle -> {
            for (Replayed one : replayed) {
                Outcomes outcomes = handle
                        .createQuery(
                                "select kind, state, reason, 1, amount_e4, points, matched, points is null, amount_e4 = 0 "
                                        + "from record "
                                        + "where id in (<ids>)")
                        .bindList(EmptyHandling.NULL_KEYWORD, "ids", one.records())
                        .map((row, context) -> counted(row))
                        .list()
                        .stream()
                        .reduce(Outcomes.ofDuplicates(one.duplicates(), 0), Outcomes::plus);
                byFile.merge(one.file(), outcomes, Outcomes::plus);
            }
            return null;
        });
        return byFile.entrySet().stream()
                .map(file -> files(List.of(file.getKey())).get(0).with(file.getValue()))
                .toList();
    }

    /** What came of the files that the filter means, split by day and store; a file without records is one slice. */
    public List<ReportSlice> slices(ReportFilter filter) {
        return database.read(handle -> handle.inTransaction(it -> {
            Map<Long, Map<Group, Sum>> inSegments = filter.file() == null ? byFile(it) : null;
            return it
                    .createQuery(FILE
                            + "where (cast(:vendor as text) is null or vendor = :vendor) and (cast(:file as text) is null or name = :file) "
                            + "and state <> 4 order by id")
                    .bind("vendor", filter.vendor())
                    .bind("file", filter.file())
                    .map((row, context) -> slices(
                            it,
                            row,
                            inSegments == null
                                    ? SegmentSums.ofFile(it, row.getLong("id"))
                                    : inSegments.getOrDefault(row.getLong("id"), Map.of())))
                    .list()
                    .stream()
                    .flatMap(List::stream)
                    .filter(slice -> filter.covers(slice.day()))
                    .toList();
        }));
    }

    private static Map<Long, Map<Group, Sum>> byFile(Handle handle) {
        Map<Long, Map<Group, Sum>> byFile = new HashMap<>();
        SegmentSums.forEachGroup(handle, (group, sum) -> byFile.computeIfAbsent(group.file(), first -> new HashMap<>())
                .merge(group.withoutTimes(), sum, Sum::plus));
        return byFile;
    }

    private static List<ReportSlice> slices(Handle handle, ResultSet row, Map<Group, Sum> inSegments)
            throws SQLException {
        FileReport file = describe(handle, row);
        LocalDate arrival = file.startedAt().atZone(ZoneId.systemDefault()).toLocalDate();
        LocalDate day = file.businessDate() == null ? arrival : LocalDate.parse(file.businessDate());
        List<ReportSlice> slices = new ArrayList<>();
        slices.add(new ReportSlice(file.with(duplicates(row)), day, null));
        handle.createQuery("select kind, state, reason, count(*), sum(amount_e4), sum(points), sum(matched), "
                        + "count(*) filter (where points is null), count(*) filter (where amount_e4 = 0), store, business_date from record where id between :first and :last and file_id = :file "
                        + "group by kind, state, reason, store, business_date, amount_e4 < 0")
                .bind("first", row.getLong("first_record"))
                .bind("last", row.getLong("last_record"))
                .bind("file", file.id())
                .map((count, context) -> new ReportSlice(
                        file.with(counted(count)),
                        file.businessDate() == null && count.getString("business_date") != null
                                ? LocalDate.parse(count.getString("business_date"))
                                : day,
                        count.getString("store")))
                .forEach(slices::add);
        inSegments.forEach((group, sum) -> slices.add(new ReportSlice(
                file.with(counted(group.state(), sum)),
                file.businessDate() == null && group.date() != null ? group.date() : day,
                group.store())));
        return slices;
    }

    /** These files, in the order in which they came. */
    public List<FileReport> files(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.read(handle -> handle.createQuery(FILE + "where id in (<ids>) order by id")
                .bindList("ids", List.copyOf(ids))
                .map((row, context) -> report(handle, row))
                .list());
    }

    /** The newest file's id, 0 for none. */
    public long lastFile() {
        return database.read(handle -> handle.createQuery("select coalesce(max(id), 0) from file")
                .mapTo(Long.class)
                .one());
    }

    /** Whether every record of every released file has ended, or is parked. */
    public boolean isSettled() {
        return database.read(
                handle -> handle.createQuery("select not exists (select 1 from file f where f.state = 1 and "
                                + RecordState.anyOpenIn("f.id") + ")")
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Whether a file is being read. */
    public boolean isReading() {
        return database.read(handle -> handle.select("select exists (select 1 from file where state = 0)")
                .mapTo(Boolean.class)
                .one());
    }

    /** Records that still have to be delivered; what has no end is open in a released file, and the index alone says it. */
    public long open() {
        return database.read(handle -> handle.createQuery("select (select count(*) from file f join record r on "
                        + "r.file_id = f.id and r.settled_at is null where f.state = 1) + (select coalesce(sum(s.open), 0) "
                        + "from file f join segment_state s on s.file_id = f.id and s.open > 0 where f.state = 1)")
                .mapTo(Long.class)
                .one());
    }

    /** Records of these files that still have to be delivered. */
    public long open(Collection<Long> files) {
        return database.read(handle -> files.stream()
                .mapToLong(file -> handle.select(
                                "select (select count(*) from record where file_id = :file and settled_at is null) + "
                                        + "(select coalesce(sum(open), 0) from segment_state where file_id = :file and open > 0)")
                        .bind("file", file)
                        .mapTo(Long.class)
                        .one())
                .sum());
    }

    private static FileReport report(Handle handle, ResultSet row) throws SQLException {
        return describe(handle, row).with(outcomes(handle, row));
    }

    /** In what a file's duplicates differ from what came first, each with its position; the first hundred. */
    public List<String> differences(long file) {
        return database.read(handle -> handle.createQuery("select id, differing from file where id = :id")
                .bind("id", file)
                .map((row, context) -> differences(handle, row))
                .findOne()
                .orElse(List.of()));
    }

    /** In what its duplicates differ from what came first, each with its position; the first of them. */
    private static List<String> differences(Handle handle, ResultSet file) throws SQLException {
        if (file.getLong("differing") == 0) {
            return List.of();
        }
        return handle.createQuery("select position, kind, key, text from difference where file_id = :file order by id")
                .bind("file", file.getLong("id"))
                .map((row, context) -> row.getString(1) + ": "
                        + RecordKind.values()[row.getInt(2)].word() + " \"" + row.getString(3)
                        + "\" came before; " + row.getString(4) + '.')
                .list();
    }

    private static FileReport describe(Handle handle, ResultSet row) throws SQLException {
        return new FileReport(
                row.getLong("id"),
                row.getString("vendor"),
                row.getString("name"),
                row.getString("path"),
                row.getString("business_date"),
                FileState.ofCode(row.getInt("state")),
                row.getLong("rows_read"),
                row.getString("reason"),
                row.getString("message"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                differences(handle, row),
                Outcomes.NONE);
    }

    private static Outcomes duplicates(ResultSet file) throws SQLException {
        Tally tally = new Tally(
                file.getLong("duplicates"),
                Amounts.amount(file.getLong("duplicate_sales_e4")),
                Amounts.amount(file.getLong("duplicate_refunds_e4")));
        Outcomes duplicates = Outcomes.ofDuplicates(tally, file.getLong("differing"));
        return file.getInt("state") == FileState.HELD.code() ? duplicates.plus(held(file)) : duplicates;
    }

    /** A held file has no records here, only its sums. */
    private static Outcomes held(ResultSet file) throws SQLException {
        return Outcomes.of(
                "held",
                new Tally(
                        file.getLong("held_records"),
                        Amounts.amount(file.getLong("held_sales_e4")),
                        Amounts.amount(file.getLong("held_refunds_e4"))));
    }

    private static Outcomes outcomes(Handle handle, ResultSet file) throws SQLException {
        return handle
                .createQuery(COUNTS)
                .bind("first", file.getLong("first_record"))
                .bind("last", file.getLong("last_record"))
                .bind("file", file.getLong("id"))
                .map((row, context) -> counted(row))
                .list()
                .stream()
                .reduce(duplicates(file), Outcomes::plus)
                .plus(inSegments(handle, file.getLong("id")));
    }

    private static Outcomes inSegments(Handle handle, long file) {
        return SegmentSums.ofFile(handle, file).entrySet().stream()
                .map(group -> counted(group.getKey().state(), group.getValue()))
                .reduce(Outcomes.NONE, Outcomes::plus);
    }

    private static Outcomes counted(RecordState state, Sum sum) {
        return Outcomes.of(
                wordOf(state),
                new Tally(sum.records(), Amounts.amount(sum.amount()), BigDecimal.ZERO),
                state == RecordState.DELIVERED
                        ? Points.ofSales(Amounts.amount(sum.points()), sum.pointsUnknown())
                        : Points.NONE);
    }

    private static String wordOf(RecordState state) {
        return state == RecordState.SENDING ? "pending" : state.word();
    }

    private static Outcomes counted(ResultSet row) throws SQLException {
        int kind = row.getInt(1);
        RecordState state = RecordState.ofCode(row.getInt(2));
        long records = row.getLong(4);
        long stored = row.getLong(5);
        boolean refund = kind == RecordKind.REFUND.ordinal() || stored < 0;
        BigDecimal amount = Amounts.amount(Math.abs(stored));
        BigDecimal points = row.getBigDecimal(6) == null ? BigDecimal.ZERO : row.getBigDecimal(6);
        String word = wordOf(state);
        Tally tally = new Tally(records, refund ? BigDecimal.ZERO : amount, refund ? amount : BigDecimal.ZERO);
        String reason = row.getString(3);
        boolean earns = state == RecordState.DELIVERED && (refund || kind == RecordKind.SALE.ordinal());
        long unknown = earns ? row.getLong(8) : 0;
        return new Outcomes(
                Map.of(word, tally),
                reason == null ? Map.of() : Map.of(reason, records),
                refund ? Points.ofRefunds(points, unknown) : Points.ofSales(points, unknown),
                state == RecordState.DELIVERED ? row.getLong(7) : 0,
                0,
                state == RecordState.DEAD ? row.getLong(9) : 0);
    }
}
