package dev.posbridge.ledger;

import dev.posbridge.pos.Position;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Comparisons of the ledger with what Gameball holds: what is to be compared, how far a comparison has come, what it found.
 * Everything is committed chunk by chunk, so one that was killed goes on where it was. For one comparison at a time; the
 * service may go on beside it: what it has in hand is left alone, and each repair looks once more whether the record is still
 * as it was.
 */
public final class ReconcileBook {
    /** Released, and perhaps settled. */
    private static final String TRUSTED = "f.state in (1, 2)";

    private static final String IN_SCOPE = TRUSTED
            + " and (cast(:file as text) is null or f.name = :file) and (cast(:since as bigint) is null or f.started_at >= :since "
            + "or (f.live = 1 and coalesce(f.ended_at, f.started_at + 86400000) >= :since) or (:restored = 1 and ";

    private final LedgerDatabase database;

    /** The order in which things are compared; a sale that gets a row meanwhile is met again among the rows. */
    public enum Phase {
        SEGMENTS,
        ROWS,
        REFUNDS,
        DONE
    }

    /**
     * A comparison.
     *
     * @param since files that came since, null for all; file those of this name, null for all
     * @param position in its phase
     * @param points how many records' points came to be known
     */
    public record Run(
            long id,
            Instant since,
            String file,
            boolean repair,
            Phase phase,
            long position,
            long asked,
            long equal,
            long points,
            Instant startedAt) {}

    /** @param position that the comparison has reached with them */
    public record Chunk(List<Stated> stated, Phase phase, long position) {}

    /** A sum of what was found. */
    public record Found(Difference difference, long records, BigDecimal amount, long repaired) {}

    /** @param repaired what was done about it; null for nothing */
    public record Discrepancy(Difference difference, String orderId, BigDecimal amount, String text, String repaired) {}

    public ReconcileBook(LedgerDatabase database) {
        this.database = database;
    }

    /** The comparison of this scope that was interrupted, or a new one. */
    public Run begin(Instant since, String file, boolean repair) {
        Long from = since == null ? null : since.toEpochMilli();
        return database.write(handle -> {
            Optional<Long> interrupted = handle.createQuery("select id from reconciliation where ended_at is null "
                            + "and (since is not distinct from :since or abs(since - :since) < 86400000) and file is not distinct from :file "
                            + "and repair = :repair and started_at > :now - 86400000 and started_at >= "
                            + "(select coalesce(max(restored_at), 0) from moment) order by id desc limit 1")
                    .bind("now", System.currentTimeMillis())
                    .bind("since", from)
                    .bind("file", file)
                    .bind("repair", repair)
                    .mapTo(Long.class)
                    .findOne();
            long id = interrupted.orElseGet(() -> handle.createQuery("insert into reconciliation "
                            + "(since, file, repair, started_at) values (:since, :file, :repair, :now) returning id")
                    .bind("since", from)
                    .bind("file", file)
                    .bind("repair", repair)
                    .bind("now", System.currentTimeMillis())
                    .mapTo(Long.class)
                    .one());
            return run(handle, id);
        });
    }

    private static Run run(Handle handle, long id) {
        return handle.select("select * from reconciliation where id = ?", id)
                .map((row, context) -> new Run(
                        id,
                        row.getObject("since") == null ? null : Instant.ofEpochMilli(row.getLong("since")),
                        row.getString("file"),
                        row.getBoolean("repair"),
                        Phase.values()[row.getInt("phase")],
                        row.getLong("position"),
                        row.getLong("asked"),
                        row.getLong("equal"),
                        row.getLong("points"),
                        Instant.ofEpochMilli(row.getLong("started_at"))))
                .one();
    }

    /** The newest comparison, whoever began it; empty where there never was one. */
    public Optional<Run> newest() {
        return database.read(handle -> handle.select("select id from reconciliation order by id desc limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(id -> run(handle, id)));
    }

    /** Whether a file of this name ever came. */
    public boolean isFile(String name) {
        return database.read(handle -> handle.select("select exists (select 1 from file where name = ?)", name)
                .mapTo(Boolean.class)
                .one());
    }

    /** How far it has come. */
    public Run reread(Run run) {
        return database.read(handle -> run(handle, run.id()));
    }

    /**
     * What to compare after a position.
     *
     * @param most orders to ask about
     * @return of {@link Phase#DONE} where there is nothing left
     */
    public Chunk next(Run run, Phase phase, long position, int most) {
        boolean restored = run.file() == null && RestoreGuard.restored(database).isPresent();
        Chunk found = database.read(handle -> handle.inTransaction(it -> switch (phase) {
            case SEGMENTS -> inSegments(it, run, restored, position, most);
            case ROWS -> inRows(it, run, restored, position, most, Phase.ROWS);
            case REFUNDS -> inRows(it, run, restored, position, most, Phase.REFUNDS);
            case DONE -> new Chunk(List.of(), Phase.DONE, 0);
        }));
        boolean exhausted = found.stated().isEmpty() && phase != Phase.DONE;
        return exhausted ? next(run, Phase.values()[phase.ordinal() + 1], 0, most) : found;
    }

    private Chunk inRows(Handle handle, Run run, boolean restored, long position, int most, Phase phase) {
        List<Stated> rows = handle.createQuery("select r.id, r.order_id, r.original, r.state, r.reason, r.amount_e4, "
                        + "r.points, r.line, coalesce(p.place, f.name) as name, p.place, "
                        + "coalesce(r.redeemed, 0) = 0 and p.canonical is not null as sendable "
                        + "from record r join file f on f.id = r.file_id left join payload p on p.record_id = r.id "
                        + "where r.id > :position and r.kind = :kind and r.revision = 0 and r.order_id is not null "
                        + (phase == Phase.REFUNDS ? "and r.original is not null " : "")
                        + "and (r.state in (0, 4, 5) or (r.state = 6 and r.sent_at is not null)) and "
                        + IN_SCOPE + "r.state <> 4)) "
                        // What was repaired among the segments has a row since, and was compared.
                        + "and not exists (select 1 from discrepancy d where d.run_id = :run and d.order_id = r.order_id "
                        + "and d.repaired is not null) order by r.id limit :most")
                .bind("run", run.id())
                .bind("position", position)
                .bind("kind", phase == Phase.REFUNDS ? 2 : 1)
                .bind("file", run.file())
                .bind("since", run.since() == null ? null : run.since().toEpochMilli())
                .bind("restored", restored)
                .bind("most", most)
                .map((row, context) -> new Stated(
                        row.getLong("id"),
                        row.getString("order_id"),
                        phase == Phase.REFUNDS ? row.getString("original") : null,
                        row.getString("place") == null
                                ? Position.ofRow(row.getString("name"), row.getLong("line"))
                                        .toString()
                                : row.getString("place"),
                        RecordState.ofCode(row.getInt("state")),
                        row.getString("reason"),
                        Amounts.amount(row.getLong("amount_e4")),
                        row.getBigDecimal("points"),
                        row.getBoolean("sendable")))
                .list();
        return new Chunk(
                rows,
                phase,
                rows.isEmpty() ? position : rows.get(rows.size() - 1).record());
    }

    private Chunk inSegments(Handle handle, Run run, boolean restored, long position, int most) {
        List<Stated> stated = new ArrayList<>();
        long last = position;
        while (true) {
            Optional<SegmentRow> next = nextSegment(handle, run, restored, last);
            if (next.isEmpty()
                    || !stated.isEmpty() && stated.size() + next.get().count() > most) {
                return new Chunk(stated, Phase.SEGMENTS, last);
            }
            add(handle, next.get(), stated);
            last = next.get().first();
        }
    }

    private static Optional<SegmentRow> nextSegment(Handle handle, Run run, boolean restored, long after) {
        return handle.createQuery("select s.id, s.file_id, s.identity_id, s.count, s.checksum, s.states, p.points "
                        + "from segment_state s join file f on f.id = s.file_id "
                        + "left join segment_points p on p.id = s.id where s.id > :after and " + IN_SCOPE
                        + "s.open > 0)) order by s.id limit 1")
                .bind("after", after)
                .bind("file", run.file())
                .bind("since", run.since() == null ? null : run.since().toEpochMilli())
                .bind("restored", restored)
                .map((row, context) -> {
                    SegmentRow segment = new SegmentRow(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getInt(4),
                            row.getInt(5),
                            row.getBytes(6));
                    segment.tell(row.getBytes(7));
                    return segment;
                })
                .findOne();
    }

    private static void add(Handle handle, SegmentRow row, List<Stated> stated) {
        var columns = Segments.of(handle).columns(handle, row);
        String file = handle.select("select name from file where id = ?", row.file())
                .mapTo(String.class)
                .one();
        String identity = handle.select("select name from identity where id = ?", row.identity())
                .mapTo(String.class)
                .one();
        for (int position = 0; position < row.count(); position++) {
            if (row.state(position) == SegmentRow.PENDING || row.state(position) == SegmentRow.DELIVERED) {
                Long points = row.points(position);
                stated.add(new Stated(
                        row.first() + position,
                        identity + '-' + columns.key(position),
                        null,
                        Position.ofRow(file, columns.line(position)).toString(),
                        RecordState.ofCode(row.state(position)),
                        null,
                        Amounts.amount(columns.amount(position)),
                        points == null ? null : Amounts.amount(points),
                        true));
            }
        }
    }

    /** Of these refunds, by order id, those that the ledger knows, whatever became of them. */
    public Set<String> knownRefunds(Collection<String> originals) {
        return database.read(handle -> new HashSet<>(handle.select(
                        "select order_id from record where kind = 2 and order_id is not null and original in "
                                + "(select value from json_each(?))",
                        CanonicalJson.list(List.copyOf(originals)))
                .mapTo(String.class)
                .list()));
    }

    /**
     * Writes what was found, repairs what can be, and how far the comparison has come: all of it or nothing.
     *
     * @param asked about how many sales and refunds
     */
    public void note(Run run, Chunk chunk, List<Compared> compared) {
        database.update(handle -> {
            long points = notePoints(handle, compared);
            for (Compared one : compared) {
                if (one.difference() != null) {
                    boolean done = repair(handle, one);
                    noteDifference(handle, run, one, done);
                }
            }
            long equal =
                    compared.stream().filter(one -> one.difference() == null).count();
            handle.execute(
                    "update reconciliation set phase = ?, position = ?, asked = asked + ?, equal = equal + ?, "
                            + "points = points + ? where id = ?",
                    chunk.phase().ordinal(),
                    chunk.position(),
                    chunk.stated().size(),
                    equal,
                    points,
                    run.id());
        });
    }

    private static void noteDifference(Handle handle, Run run, Compared one, boolean repaired) {
        handle.execute(
                "insert into discrepancy (run_id, kind, order_id, amount_e4, text, repaired) values (?,?,?,?,?,?)",
                run.id(),
                one.difference().word(),
                one.orderId(),
                Amounts.stored(one.amount()),
                one.text(),
                repaired ? one.repair().words() : null);
    }

    private static long notePoints(Handle handle, List<Compared> compared) {
        List<Compared> told = compared.stream()
                .filter(one -> one.difference() == null && one.points() != null)
                .toList();
        Map<Long, Map<Integer, Long>> bySegment = new TreeMap<>();
        Map<Long, SegmentRow> rows = new TreeMap<>();
        for (Compared one : told) {
            long record = one.stated().record();
            SegmentRow row = SegmentRow.ofRecord(handle, record);
            if (row != null && row.state(row.position(record)) != SegmentRow.ELSEWHERE) {
                rows.put(row.first(), row);
                bySegment
                        .computeIfAbsent(row.first(), first -> new TreeMap<>())
                        .put(row.position(record), Amounts.stored(one.points()));
            } else {
                handle.execute(
                        "update record set points = ? where id = ? and state = 4 and points is null",
                        one.points(),
                        record);
            }
        }
        bySegment.forEach((first, points) -> SegmentPoints.note(handle, rows.get(first), points));
        return told.size();
    }

    /** @return whether it is repaired; not where somebody has the record in hand meanwhile */
    private static boolean repair(Handle handle, Compared one) {
        return switch (one.repair()) {
            case NOTHING -> false;
            case SETTLE -> settle(handle, one);
            case SEND_AGAIN -> sendAgain(handle, one.stated().record());
        };
    }

    private static boolean settle(Handle handle, Compared one) {
        long record = one.stated().record();
        new SegmentSales(handle).toRow(record);
        if (!isAsBefore(handle, record, one.stated().state())) {
            return false;
        }
        handle.execute("update record set sent_at = coalesce(sent_at, happened_at), job = null where id = ?", record);
        Settling.settle(handle, record, Outcome.delivered(one.points()));
        handle.execute(
                "update dead_letter set state = 2, discard_reason = 'Gameball has it (reconcile)', closed_at = ? "
                        + "where state = 0 and record_id = ?",
                System.currentTimeMillis(),
                record);
        return true;
    }

    private static boolean sendAgain(Handle handle, long record) {
        new SegmentSales(handle).toRow(record);
        if (!isAsBefore(handle, record, RecordState.DELIVERED)) {
            return false;
        }
        // It may have arrived, were Gameball's answer wrong: refused as a repeated id it counts as delivered.
        handle.execute(
                "update record set state = 0, settled_at = null, due_at = 0, unclear = 1, epoch = 0, job = null, "
                        + "reason = null, points = null where id = ?",
                record);
        handle.execute(
                "update file set state = 1 where state = 2 and id = (select file_id from record where id = ?)", record);
        handle.afterCommit(Segments.of(handle).window()::rowsChanged);
        return true;
    }

    private static boolean isAsBefore(Handle handle, long record, RecordState state) {
        return handle.select("select exists (select 1 from record where id = ? and state = ?)", record, state.code())
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * The comparison has come to its end.
     *
     * @param lift whether a ledger that was put back may deliver again
     * @param audit what the command is called in the audit
     */
    public void end(Run run, boolean lift, String audit) {
        database.update(handle -> {
            handle.execute(
                    "update reconciliation set phase = ?, ended_at = ? where id = ?",
                    Phase.DONE.ordinal(),
                    System.currentTimeMillis(),
                    run.id());
            if (lift) {
                RestoreGuard.reconciled(handle);
            }
            long done = handle.select("select asked from reconciliation where id = ?", run.id())
                    .mapTo(Long.class)
                    .one();
            AuditBook.note(handle, audit, done, lift ? "delivery may go on" : null);
        });
    }

    /** What was found, summed up by kind. */
    public List<Found> found(Run run) {
        return database.read(handle -> handle
                .select(
                        "select kind, count(*), sum(amount_e4), count(repaired) from discrepancy where run_id = ? group by kind",
                        run.id())
                .map((row, context) -> new Found(
                        difference(row.getString(1)), row.getLong(2), Amounts.amount(row.getLong(3)), row.getLong(4)))
                .list()
                .stream()
                .sorted(java.util.Comparator.comparing(Found::difference))
                .toList());
    }

    /** The first of them; those that nobody repaired before the others. */
    public List<Discrepancy> first(Run run, int most) {
        return database.read(handle -> handle.select(
                        "select kind, order_id, amount_e4, text, repaired from discrepancy where run_id = ? "
                                + "order by repaired is not null, id limit ?",
                        run.id(),
                        most)
                .map((row, context) -> new Discrepancy(
                        difference(row.getString(1)),
                        row.getString(2),
                        Amounts.amount(row.getLong(3)),
                        row.getString(4),
                        row.getString(5)))
                .list());
    }

    private static Difference difference(String word) {
        return Difference.valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /** Whether a file of this size was put away there. */
    public boolean isKnownAt(Path file, long size) {
        return database.read(handle -> handle.select(
                        "select exists (select 1 from file where path = ? and bytes_read = ?)",
                        file.toAbsolutePath().toString(),
                        size)
                .mapTo(Boolean.class)
                .one());
    }

    /** Content hashes of files that the ledger knows, of those asked for. */
    public Set<String> knownContents(Collection<String> hashes) {
        return database.read(handle -> handle.select(
                        "select content_hash from file where content_hash in (select value from json_each(?))",
                        CanonicalJson.list(List.copyOf(hashes)))
                .mapTo(String.class)
                .collect(Collectors.toSet()));
    }
}
