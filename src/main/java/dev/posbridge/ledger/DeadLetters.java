package dev.posbridge.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** What did not arrive and why, for people. Thread-safe. */
public final class DeadLetters {
    /** What a dead letter is about. */
    public static final List<String> LEVELS = List.of("row", "record", "file", "message");

    private static final int MOST = Integer.MAX_VALUE;
    private static final String COLUMNS = "select d.id, d.level, d.vendor, d.reason, d.message, d.position, d.raw, "
            + "d.canonical, d.status, d.api_code, d.request_id, d.attempts, d.state, d.discard_reason, d.created_at, "
            + "d.closed_at, d.file_id, d.record_id, coalesce(p.name, f.name) as file_name, f.path as file_path, "
            + "coalesce(p.header, f.header) as header, p.place is not null as in_message, "
            + "coalesce(r.part, 0) as part from dead_letter d left join file f on f.id = d.file_id "
            + "left join record r on r.id = d.record_id left join payload p on p.record_id = d.record_id ";

    private final LedgerDatabase database;

    /**
     * A dead letter.
     *
     * @param level row, record, file or message
     * @param raw the rows as they were read, without what the profile drops; null for a file
     * @param canonical the record as JSON, null where none came of the row
     * @param state open, replayed or discarded
     * @param closedAt null while it is open
     * @param header of its file as it was read, null where files of the vendor have none
     * @param part whether its record is one of several refunds into which a credit note was split
     * @param inMessage whether it came in a message; where that could not be read, raw is the whole of it
     */
    public record DeadLetter(
            long id,
            String level,
            String vendor,
            String reason,
            String message,
            String position,
            String raw,
            String canonical,
            Integer status,
            Integer apiCode,
            String requestId,
            int attempts,
            String state,
            String discardReason,
            Instant createdAt,
            Instant closedAt,
            long fileId,
            Long recordId,
            String fileName,
            String filePath,
            String header,
            boolean part,
            boolean inMessage) {

        public boolean isOpen() {
            return "open".equals(state);
        }

        public boolean isFile() {
            return "file".equals(level);
        }
    }

    /**
     * Dead letters of the same vendor, reason and level, and what they come to.
     *
     * @param withoutTotal how many of their records count no money: they have no total, or none that can be read
     */
    public record Group(String vendor, String reason, String level, Tally tally, long withoutTotal) {
        public long count() {
            return tally.records();
        }
    }

    public DeadLetters(LedgerDatabase database) {
        this.database = database;
    }

    /** The first open ones of files taken in after the given one. */
    public List<DeadLetter> first(long afterFile, int most) {
        return database.read(handle ->
                map(handle.createQuery(COLUMNS + "where d.state = 0 and d.file_id > :file order by d.id limit :most")
                        .bind("file", afterFile)
                        .bind("most", most)));
    }

    /** Open ones by vendor, reason and level, the largest group first. */
    public List<Group> summary() {
        return database.read(handle -> DeadLetterFilter.OPEN
                .bind(handle.createQuery("select d.vendor, d.reason, d.level, count(*), "
                        + "coalesce(sum(case when r.kind <> 2 and r.amount_e4 > 0 then r.amount_e4 end), 0), "
                        + "coalesce(sum(case when r.kind = 2 or r.amount_e4 < 0 then abs(r.amount_e4) end), 0), "
                        + "coalesce(count(*) filter (where r.amount_e4 = 0), 0) from dead_letter d left join file f on f.id = d.file_id "
                        + "left join record r on r.id = d.record_id " + DeadLetterFilter.WHERE
                        + "group by 1, 2, 3 order by 4 desc, 1, 2, 3"))
                .map((row, context) -> new Group(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        new Tally(row.getLong(4), Amounts.amount(row.getLong(5)), Amounts.amount(row.getLong(6))),
                        row.getLong(7)))
                .list());
    }

    /** Open ones of records that came in other files of the same content and identity as these. */
    public long openOfSameContent(Collection<Long> files) {
        return files.isEmpty()
                ? 0
                : database.read(handle -> handle.createQuery(
                                "select count(*) from dead_letter d where d.state = 0 and d.level <> 'file' and d.file_id in "
                                        + "(select f.id from file mine join file f on f.content_hash = mine.content_hash "
                                        + "and f.identity_id = mine.identity_id and f.state in (1, 2) "
                                        + "where mine.id in (<files>) and f.id not in (<files>))")
                        .bindList("files", List.copyOf(files))
                        .mapTo(Long.class)
                        .one());
    }

    public long count(DeadLetterFilter filter) {
        return database.read(handle -> filter.bind(
                        handle.createQuery("select count(*) from dead_letter d left join file f on f.id = d.file_id "
                                + DeadLetterFilter.WHERE))
                .mapTo(Long.class)
                .one());
    }

    /** All that the filter means, the oldest first. */
    public List<DeadLetter> all(DeadLetterFilter filter) {
        return find(filter, false, MOST);
    }

    /**
     * Some of what the filter means.
     *
     * @param newestFirst else the oldest come first
     */
    public List<DeadLetter> find(DeadLetterFilter filter, boolean newestFirst, int most) {
        return find(filter, newestFirst, null, most);
    }

    /** The newest of those that are older than the one with that id; for pages that follow each other. */
    public List<DeadLetter> before(DeadLetterFilter filter, long id, int most) {
        return find(filter, true, id, most);
    }

    private List<DeadLetter> find(DeadLetterFilter filter, boolean newestFirst, Long before, int most) {
        return database.read(handle -> map(filter.bind(handle.createQuery(COLUMNS + DeadLetterFilter.WHERE
                        + "and (cast(:before as bigint) is null or d.id < :before) order by d.id "
                        + (newestFirst ? "desc" : "asc") + " limit :most"))
                .bind("before", before)
                .bind("most", most)));
    }

    /** The open dead letter that took this one's place when it was replayed in vain; itself where there is none. */
    public DeadLetter newest(DeadLetter letter) {
        if (letter.isOpen() || letter.recordId() == null) {
            return letter;
        }
        return ofRecord(letter.recordId()).stream()
                .filter(DeadLetter::isOpen)
                .findFirst()
                .orElse(letter);
    }

    /** One dead letter, open or closed. */
    public Optional<DeadLetter> byId(long id) {
        return database.read(
                handle -> map(handle.createQuery(COLUMNS + "where d.id = :id").bind("id", id)).stream()
                        .findFirst());
    }

    /** Those of a record, the oldest first; an earlier one was replayed. */
    public List<DeadLetter> ofRecord(long record) {
        return database.read(handle -> map(handle.createQuery(COLUMNS + "where d.record_id = :record order by d.id")
                .bind("record", record)));
    }

    /** Those of rows that could not be translated, or of files, whose rows hold the text; the newest first. */
    public List<DeadLetter> ofRowsWith(String text, int most) {
        return database.read(handle -> map(handle.createQuery(
                        COLUMNS
                                + "where d.level in ('row', 'message') and instr(d.raw, :text) > 0 order by d.id desc limit :most")
                .bind("text", text)
                .bind("most", most)));
    }

    /** The first open ones written after the given one. */
    public List<DeadLetter> openAfter(long id, int most) {
        return database.read(
                handle -> map(handle.createQuery(COLUMNS + "where d.state = 0 and d.id > :id order by d.id limit :most")
                        .bind("id", id)
                        .bind("most", most)));
    }

    /** The newest one's id, 0 for none. */
    public long last() {
        return database.read(handle -> handle.createQuery("select coalesce(max(id), 0) from dead_letter")
                .mapTo(Long.class)
                .one());
    }

    /**
     * Closes one for good: nothing will be sent. Its record stays counted as dead.
     *
     * @return false where it was closed already
     */
    public boolean discard(long id, String reason) {
        return database.write(handle -> handle.execute(
                        "update dead_letter set state = 2, discard_reason = ?, closed_at = ? where id = ? and state = 0",
                        reason,
                        System.currentTimeMillis(),
                        id)
                == 1);
    }

    private static List<DeadLetter> map(Query query) {
        return query.map((row, context) -> new DeadLetter(
                        row.getLong("id"),
                        row.getString("level"),
                        row.getString("vendor"),
                        row.getString("reason"),
                        row.getString("message"),
                        row.getString("position"),
                        row.getString("raw"),
                        row.getString("canonical"),
                        row.getObject("status") == null ? null : row.getInt("status"),
                        row.getObject("api_code") == null ? null : row.getInt("api_code"),
                        row.getString("request_id"),
                        row.getInt("attempts"),
                        new String[] {"open", "replayed", "discarded"}[row.getInt("state")],
                        row.getString("discard_reason"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getObject("closed_at") == null ? null : Instant.ofEpochMilli(row.getLong("closed_at")),
                        row.getLong("file_id"),
                        row.getObject("record_id") == null ? null : row.getLong("record_id"),
                        row.getString("file_name"),
                        row.getString("file_path"),
                        row.getString("header"),
                        row.getInt("part") == 1,
                        row.getBoolean("in_message")))
                .list();
    }
}
