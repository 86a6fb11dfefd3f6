package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a ledger that was put back from a copy: what it says waits may have been sent since. The ledger counts how far it has
 * come, and a file beside it says the same. The ledger is always written first, so whatever instant a process is killed at, the
 * ledger is never behind the file; one that is, or that has no such file, is not the latest one. It stays so until it was
 * compared with Gameball. Used by the process that holds the data folder, one thread at a time.
 *
 * <p>What nobody can notice here: a whole data folder, or disk, that is put back, with the file in it.
 */
public final class RestoreGuard {
    /** Beside the ledger. */
    public static final String FILE = "ledger.moment";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreGuard.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z");

    private final LedgerDatabase database;
    private final Path file;
    private long commitsSeen = -1;

    /** How far a ledger has come, and when. */
    private record Moment(String ledger, long number, long at) {
        static Optional<Moment> parse(String text) {
            String[] parts = text.strip().split(" ");
            return parts.length == 3 && parts[1].matches("\\d{1,18}") && parts[2].matches("\\d{1,18}")
                    ? Optional.of(new Moment(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        }

        String text() {
            return ledger + ' ' + number + ' ' + at + '\n';
        }
    }

    private RestoreGuard(LedgerDatabase database, Path ledger) {
        this.database = database;
        this.file = ledger.resolveSibling(FILE);
    }

    /**
     * Looks whether the ledger is the latest one, notes it where it is not, and goes on from here.
     *
     * @param ledger its file
     */
    public static RestoreGuard begin(LedgerDatabase database, Path ledger) {
        RestoreGuard guard = new RestoreGuard(database, ledger);
        try {
            guard.begin();
            Tombstones.agree(database, ledger);
            return guard;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    guard.file + ": cannot be written (" + problem.getMessage()
                            + "). Give a data folder that is writable, on a disk with room, with --data-dir.",
                    problem);
        }
    }

    private void begin() throws IOException {
        Moment own = database.write(RestoreGuard::ownOrNew);
        boolean thereIsAFile = Files.exists(file);
        Optional<Moment> latest = thereIsAFile ? Moment.parse(Files.readString(file)) : Optional.empty();
        // A node that is new to a ledger on a server has none yet.
        boolean isNewNode = database.isShared() && !thereIsAFile;
        if (own.number() == 0
                && latest.filter(mark -> mark.ledger().equals(own.ledger())).isEmpty()) {
            // Nothing was ever sent from a new ledger: from now on it has its file.
            keep(own);
        } else {
            String why = isNewNode ? null : why(own, latest.orElse(null), thereIsAFile);
            if (why != null) {
                LOG.warn(sentence(why));
                long beyond = latest.map(Moment::number).orElse(0L);
                database.update(handle -> handle.execute(
                        "update moment set restored_at = ?, why = ?, ended_at = at, reconciled_at = null, "
                                + "copied_at = null, number = case when number > ? then number else ? end",
                        System.currentTimeMillis(),
                        why,
                        beyond,
                        beyond));
            }
        }
        moveOn();
    }

    private static Moment ownOrNew(Handle handle) {
        return own(handle).orElseGet(() -> {
            Moment first = new Moment(UUID.randomUUID().toString(), 0, System.currentTimeMillis());
            handle.execute(
                    "insert into moment (ledger, number, at) values (?,?,?)",
                    first.ledger(),
                    first.number(),
                    first.at());
            return first;
        });
    }

    private static Optional<Moment> own(Handle handle) {
        return handle.select("select ledger, number, at from moment")
                .map((row, context) -> new Moment(row.getString(1), row.getLong(2), row.getLong(3)))
                .findOne();
    }

    /** By what the ledger is not the latest one; null where it is. */
    private String why(Moment own, Moment latest, boolean thereIsAFile) {
        Optional<Long> copied =
                database.read(handle -> handle.select("select copied_at from moment where copied_at is not null")
                        .mapTo(Long.class)
                        .findOne());
        if (copied.isPresent()) {
            return "the ledger was put back from the backup of " + time(copied.get());
        }
        String until = "the ledger here ends at " + time(own.at());
        if (!thereIsAFile) {
            return until + " and nothing says that it is the latest one (found no " + FILE + " beside it)";
        }
        if (latest == null || !latest.ledger().equals(own.ledger())) {
            return until + " and nothing says that it is the latest one (" + FILE + " beside it is that of another)";
        }
        return own.number() < latest.number()
                ? until + ", but the one that was here went on until " + time(latest.at())
                : null;
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /** Notes that the ledger has come further; costs nothing where nothing was written since. */
    public void moveOn() {
        long commits = database.commits();
        if (commits == commitsSeen) {
            return;
        }
        Moment now = database.write(handle -> {
            handle.execute("update moment set number = number + 1, at = ?", System.currentTimeMillis());
            return own(handle).orElseThrow();
        });
        try {
            keep(now);
            commitsSeen = commits + 1;
        } catch (IOException full) {
            // The next moment tries again; until then the file is behind, which harms nobody.
            LOG.debug("{} was not written", file, full);
        }
    }

    private void keep(Moment moment) throws IOException {
        Path next = file.resolveSibling(FILE + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            PrivateFiles.restrict(next);
            channel.write(ByteBuffer.wrap(moment.text().getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            channel.force(false);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @return why nothing may be delivered from this ledger now, as a part of a sentence; empty where it may */
    public static Optional<String> restored(LedgerDatabase database) {
        return database.read(handle -> handle.select(
                        "select why from moment where restored_at is not null and reconciled_at is null")
                .mapTo(String.class)
                .findOne());
    }

    /** Whether an event of this key was a dead letter because nobody knew whether it was sent, and a person replayed it. */
    public static boolean isReplayedEvent(LedgerDatabase database, String key) {
        return database.read(handle -> handle.select(
                        "select exists (select 1 from record r join dead_letter d on d.record_id = r.id "
                                + "and d.reason = 'event-unknown' and d.state = 1 where r.kind = 3 and r.key = ? "
                                + "and r.identity_id in (select id from identity))",
                        key)
                .mapTo(Boolean.class)
                .one());
    }

    /** When the ledger that was put back had last come further: what came in since is not in it; empty for none. */
    public static Optional<Instant> endOfRestored(LedgerDatabase database) {
        return database.read(handle -> handle.select("select ended_at from moment where ended_at is not null")
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .findOne());
    }

    /**
     * What to tell a person, without the full stop.
     *
     * @param why as {@link #restored} has it
     */
    public static String sentence(String why) {
        return "Delivery waits: " + why + ", and what was sent since may be at Gameball. Compare them first: "
                + "posbridge reconcile --repair";
    }

    /** When the ledger was found to be put back, the last time; empty for never. */
    public static Optional<Instant> restoredAt(LedgerDatabase database) {
        return database.read(handle -> handle.select("select restored_at from moment where restored_at is not null")
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .findOne());
    }

    /** What is here was compared with what Gameball holds: it may deliver again. */
    public static void reconciled(Handle handle) {
        handle.execute(
                "update moment set reconciled_at = ? where restored_at is not null and reconciled_at is null",
                System.currentTimeMillis());
    }
}
