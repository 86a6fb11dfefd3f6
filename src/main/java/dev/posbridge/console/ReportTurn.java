package dev.posbridge.console;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The whole ledger is added up for a report: one at a time, whoever asks. Thread-safe. */
final class ReportTurn {
    private final Semaphore turn = new Semaphore(1);

    /** @throws RefusedException where another is under way */
    <T> T take(Supplier<T> report) {
        if (!turn.tryAcquire()) {
            throw new RefusedException(503, "Another report is being added up. Ask again in a moment.");
        }
        return done(report);
    }

    /** The same once it is its turn. */
    <T> T await(Supplier<T> report) {
        turn.acquireUninterruptibly();
        return done(report);
    }

    private <T> T done(Supplier<T> report) {
        try {
            return report.get();
        } finally {
            turn.release();
        }
    }
}
