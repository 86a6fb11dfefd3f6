package dev.posbridge.ledger;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The right to write: first come, first served, but live messages go before files. */
final class WriterLock {
    /** How often somebody gives way in a row, so that nobody waits for ever. */
    private static final int MOST_GIVEN_WAY = 3;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger urgentWaiting = new AtomicInteger();

    void lock(boolean urgent) {
        if (urgent) {
            urgentWaiting.incrementAndGet();
            lock.lock();
            urgentWaiting.decrementAndGet();
            return;
        }
        lock.lock();
        for (int given = 0; urgentWaiting.get() > 0 && given < MOST_GIVEN_WAY; given++) {
            // To the end of the queue, behind those who cannot wait.
            lock.unlock();
            lock.lock();
        }
    }

    void unlock() {
        lock.unlock();
    }
}
