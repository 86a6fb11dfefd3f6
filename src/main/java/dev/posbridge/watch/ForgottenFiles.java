package dev.posbridge.watch;

import dev.posbridge.ledger.Forgotten;
import dev.posbridge.ledger.ForgottenArrivals;
import dev.posbridge.ledger.ForgottenArrivals.Arrival;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes customers who were forgotten out of files that came later, once these are put away: their lines are overwritten; a file
 * that is packed or a tree is deleted, as {@code forget} does. Where nobody was forgotten it does nothing. A restart looks
 * at the last days again. Used by one thread.
 */
final class ForgottenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenFiles.class);
    private static final Duration LOOKED_BACK = Duration.ofDays(7);

    private final Forgotten forgotten;
    private final ForgottenArrivals arrivals;
    private final Settings.Folders folders;
    private final Set<Long> done = new HashSet<>();

    ForgottenFiles(LedgerDatabase database, Settings.Folders folders) {
        this.forgotten = new Forgotten(database);
        this.arrivals = new ForgottenArrivals(database);
        this.folders = folders;
    }

    void step() throws IOException {
        if (forgotten.isEmpty()) {
            return;
        }
        Set<Long> seen = new HashSet<>();
        for (Arrival arrival : arrivals.since(Instant.now().minus(LOOKED_BACK))) {
            seen.add(arrival.id());
            boolean putAway = arrival.path().startsWith(folders.archive())
                    || arrival.path().startsWith(folders.rejected());
            if (putAway && !done.contains(arrival.id())) {
                clean(arrival);
                done.add(arrival.id());
            }
        }
        done.retainAll(seen);
    }

    private void clean(Arrival arrival) throws IOException {
        if (!Files.exists(arrival.path())) {
            return;
        }
        PersonalFiles files = new PersonalFiles(forgotten::isNamedIn, arrivals::leaveAlone);
        try {
            files.cleanFile(arrival.path(), arrival.lines());
        } catch (NoSuchFileException movedMeanwhile) {
            return;
        }
        if (!files.masked().isEmpty()) {
            LOG.info("{}: lines of a customer who was forgotten are overwritten.", arrival.path());
        }
        if (!files.deleted().isEmpty()) {
            LOG.warn(
                    "{}: is deleted: it names a customer who was forgotten, and is packed or no plain lines.",
                    arrival.path());
        }
    }
}
