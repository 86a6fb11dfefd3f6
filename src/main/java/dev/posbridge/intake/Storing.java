package dev.posbridge.intake;

import dev.posbridge.Daemons;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Stores a file's chunks one after another on a thread of its own, so that the next one is read and translated meanwhile.
 * What goes wrong is thrown at whoever hands over the next or awaits the last; nothing behind it is stored. Used by one
 * thread at a time.
 */
final class Storing implements AutoCloseable {
    /** Chunks on their way at a time: one that is being stored, one that waits. */
    static final int MOST = 2;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(Daemons.named("store-chunks"));
    private final Deque<Future<?>> underWay = new ArrayDeque<>();
    private volatile boolean over;
    private volatile RuntimeException failure;

    /** Hands a chunk over, when at most one other is on its way. */
    void add(Runnable store) {
        while (underWay.size() >= MOST) {
            awaitFirst();
        }
        underWay.add(thread.submit(() -> {
            if (!over) {
                run(store);
            }
        }));
    }

    /** Returns when everything that was handed over is stored. */
    void await() {
        while (!underWay.isEmpty()) {
            awaitFirst();
        }
    }

    /** Lets what is being stored end, and forgets what waits. */
    @Override
    public void close() {
        over = true;
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable store) {
        boolean stored = false;
        try {
            store.run();
            stored = true;
        } catch (RuntimeException problem) {
            failure = problem;
        } finally {
            over |= !stored;
        }
    }

    private void awaitFirst() {
        try {
            underWay.remove().get();
        } catch (InterruptedException stop) {
            over = true;
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a chunk was being stored", stop);
        } catch (ExecutionException problem) {
            throw new IllegalStateException("a chunk could not be stored", problem);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
