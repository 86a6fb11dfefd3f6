package dev.posbridge.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Files that came after somebody was forgotten, and may name them. Reads only; thread-safe. */
public final class ForgottenArrivals {
    private final LedgerDatabase database;

    /**
     * @param path where it lies now
     * @param lines where records begin that were skipped because their customer was forgotten
     */
    public record Arrival(long id, Path path, Set<Long> lines) {}

    public ForgottenArrivals(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Files whose end was reached since: those of which something was skipped for that reason, and those of which nothing is
     * known because they were rejected, or had come before.
     */
    public List<Arrival> since(Instant ended) {
        return database.read(
                handle -> handle.createQuery("select id, path, first_record, last_record from file f where "
                                + "ended_at >= :since and live = 0 and (state in (3, 5) or state in (1, 2) and exists (select 1 "
                                + "from record r where r.id between f.first_record and f.last_record and r.file_id = f.id "
                                + "and r.reason = 'forgotten')) and exists (select 1 from forgotten) order by id")
                        .bind("since", ended.toEpochMilli())
                        .map((row, context) -> new Arrival(
                                row.getLong(1),
                                Path.of(row.getString(2)),
                                lines(handle, row.getLong(1), row.getLong(3), row.getLong(4))))
                        .list());
    }

    private static Set<Long> lines(Handle handle, long file, long first, long last) {
        return new TreeSet<>(handle.select(
                        "select line from record where id between ? and ? and file_id = ? and reason = 'forgotten'",
                        first,
                        last,
                        file)
                .mapTo(Long.class)
                .list());
    }

    public void leaveAlone(Path file) {
        new ForgetBook(database).leaveAlone(file);
    }
}
