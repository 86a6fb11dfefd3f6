package dev.posbridge.watch;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.ledger.AlarmBook;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.ReportBook;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a dead man's switch after each good night: files came, all that they brought is settled, nothing is red, and no more
 * came for a while. When nothing is heard of us, somebody is called. Used by one thread.
 */
final class Night {
    private static final Logger LOG = LoggerFactory.getLogger(Night.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Messenger messenger;
    private final AlarmBook book;
    private final ReportBook reports;
    private final HealthBook health;
    private final Duration quiet;
    private long told;
    private long newest;
    private Instant since;
    private Instant notBefore = Instant.MIN;

    /** @param quiet for so long no file must have come */
    Night(Messenger messenger, AlarmBook book, ReportBook reports, HealthBook health, Duration quiet) {
        this.messenger = messenger;
        this.book = book;
        this.reports = reports;
        this.health = health;
        this.quiet = quiet;
        this.told = book.heartbeat().map(AlarmBook.Heartbeat::lastFile).orElse(0L);
        this.newest = told;
    }

    /** To be called every moment. */
    void look() throws InterruptedException {
        Instant now = Instant.now();
        long last = reports.lastFile();
        if (last != newest || since == null) {
            newest = last;
            since = now;
        }
        boolean over = newest > told && !now.isBefore(since.plus(quiet)) && !now.isBefore(notBefore);
        if (over && health.worst() != State.RED && reports.isSettled() && !reports.isReading()) {
            beat(now);
        }
    }

    private void beat(Instant now) throws InterruptedException {
        String problem = messenger.beat();
        if (problem != null) {
            notBefore = now.plus(PAUSE);
            LOG.warn("the heartbeat after a good night was not taken, it is tried again: {}", problem);
            return;
        }
        told = newest;
        try {
            book.beaten(new AlarmBook.Heartbeat(now, told));
        } catch (LedgerUnavailableException later) {
            LOG.debug("after a restart this night may be told once more", later);
        }
    }
}
