package dev.posbridge.ledger;

import java.time.Instant;
import java.util.List;

/** What came by each source. Thread-safe. */
public final class SourceFiles {
    private final LedgerDatabase database;

    public SourceFiles(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Files of the source that no report has told of yet.
     *
     * @param quiet the newest of them must have ended before; those of one night come one after another
     * @return none, too, as long as anything of them is still to be delivered
     */
    public List<Long> unreported(String source, Instant quiet) {
        return database.read(
                handle -> handle.createQuery("select id from file where source = :source and reported_at is null "
                                + "and state <> 4 and not exists (select 1 from file o where o.source = :source and "
                                + "o.reported_at is null and (o.state = 0 or o.ended_at > :quiet or o.state = 1 and "
                                + RecordState.anyOpenIn("o.id") + ")) "
                                + "order by id")
                        .bind("source", source)
                        .bind("quiet", quiet.toEpochMilli())
                        .mapTo(Long.class)
                        .list());
    }

    /** Notes that a report told of them. */
    public void reported(List<Long> files) {
        database.update(handle -> {
            for (long file : files) {
                handle.execute("update file set reported_at = ? where id = ?", System.currentTimeMillis(), file);
            }
        });
    }

    /** Names of the vendor's files that came since then, by whatever way, and were not rejected; held ones and those that are being read, too. */
    public List<String> namesSince(String vendor, Instant since) {
        return database.read(handle -> handle.createQuery("select distinct name from file where vendor = :vendor "
                        + "and state in (0, 1, 2, 5, 6) and started_at >= :since")
                .bind("vendor", vendor)
                .bind("since", since.toEpochMilli())
                .mapTo(String.class)
                .list());
    }

    /** When the ledger was made: nothing was expected before. */
    public Instant beginning() {
        return database.read(handle -> handle.createQuery("select min(created_at) from account")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .orElse(Instant.MAX));
    }
}
