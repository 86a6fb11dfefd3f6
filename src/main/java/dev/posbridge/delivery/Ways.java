package dev.posbridge.delivery;

import dev.posbridge.ledger.DueSale;
import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.JobBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.SaleWalk;
import dev.posbridge.ledger.Way;
import dev.posbridge.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides whether what is due goes by batch or one by one: by batch where at least a threshold of sales could go, over
 * all lanes. While a file is still coming few sales wait a moment for more. Thread-safe.
 */
public final class Ways {
    /** So many at once are taken out of their segments, so that a look does not take long. */
    private static final int MOST_SINGLY = 1_000;

    private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();

    private final LedgerDatabase database;
    private final JobBook jobs;
    private final FileBook files;
    private final Settings.Batch settings;
    private long decidedAt;
    private Decision decision = Decision.ONE_BY_ONE;
    private boolean decided;
    private long lingeringSince;
    private boolean woken;

    /** How sales go now. */
    public enum Decision {
        ONE_BY_ONE,
        BY_BATCH,
        /** For more to come. */
        WAIT
    }

    public Ways(LedgerDatabase database, FileBook files, Settings.Batch settings) {
        this.database = database;
        this.jobs = new JobBook(database);
        this.files = files;
        this.settings = settings;
    }

    /** How sales go now; at most a moment old. */
    public synchronized Decision decide() {
        long now = System.nanoTime();
        if (!decided || now - decidedAt > (decision == Decision.BY_BATCH ? FRESH_NANOS * 5 : FRESH_NANOS)) {
            decision = settings.mode() == Settings.DeliveryMode.SINGLE ? singly() : look(now);
            decidedAt = System.nanoTime();
            decided = true;
        }
        return decision;
    }

    /** Something came or ended: the next decision looks again. */
    public synchronized void forget() {
        decided = false;
    }

    /** What a job carried may leave few for another: not so soon while lists still go. */
    synchronized void jobEnded() {
        decided &= decision == Decision.BY_BATCH;
    }

    /** A list just went: more may follow, nobody has to look. */
    synchronized void goesOn() {
        decision = Decision.BY_BATCH;
        decidedAt = System.nanoTime();
        decided = true;
    }

    /** Which sales the lanes leave alone now, because they go by batch. */
    Predicate<Way> leaving() {
        if (settings.mode() == Settings.DeliveryMode.SINGLE) {
            return way -> false;
        }
        boolean all = settings.mode() == Settings.DeliveryMode.BATCH || decide() != Decision.ONE_BY_ONE;
        return way -> way == Way.EITHER ? all : way != Way.SINGLY;
    }

    /** The same of messages, which go one by one and at once; only what went by batch before goes so again. */
    Predicate<Way> leavingOfMessages() {
        Predicate<Way> leaving = leaving();
        return way -> way != Way.EITHER && leaving.test(way);
    }

    /** How long a list that is not full waits for more. */
    Duration linger() {
        return settings.linger();
    }

    /** How few sales go by batch. */
    int least() {
        return settings.mode() == Settings.DeliveryMode.BATCH ? 1 : settings.threshold();
    }

    void closeSettledFiles() {
        files.closeSettled();
    }

    /** What was stored while lists went, before the mode was changed, has to be taken out of its segments first. */
    private Decision singly() {
        if (jobs.availableInSegments(MOST_SINGLY) > 0) {
            sendSegmentsSingly();
        }
        return Decision.ONE_BY_ONE;
    }

    private Decision look(long now) {
        int wanted = least();
        int inSegments = jobs.availableInSegments(wanted);
        if (inSegments >= wanted) {
            return Decision.BY_BATCH;
        }
        List<DueSale> found = new SaleWalk(database, sale -> true, () -> false).next(wanted - inSegments);
        if (found.isEmpty() && inSegments == 0) {
            lingeringSince = 0;
            return Decision.ONE_BY_ONE;
        }
        // What went by batch once goes so again, however few they are.
        if (found.size() + inSegments >= wanted || found.stream().anyMatch(sale -> sale.way() != Way.EITHER)) {
            return Decision.BY_BATCH;
        }
        lingeringSince = lingeringSince == 0 ? now : lingeringSince;
        boolean lingers = now - lingeringSince < settings.linger().toNanos() && files.isComing(settings.linger());
        if (!lingers && inSegments > 0) {
            sendSegmentsSingly();
        }
        return lingers ? Decision.WAIT : Decision.ONE_BY_ONE;
    }

    private void sendSegmentsSingly() {
        if (jobs.sendSegmentsSingly(MOST_SINGLY) > 0) {
            woken = true;
        }
    }

    /** Whether sales came to go one by one since somebody asked last: their lanes do not wait for the next look at all. */
    synchronized boolean takeWoken() {
        boolean were = woken;
        woken = false;
        return were;
    }

    /** Whether a list that is not full waits for more. */
    boolean isComing() {
        return files.isComing(settings.linger());
    }
}
