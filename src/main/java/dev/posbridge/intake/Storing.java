package dev.posbridge.intake;

import dev.posbridge.Daemons;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stores a file's chunks one after another on two threads of its own: one works out what is to be stored of a chunk, the
 * other writes what the first has worked out, and whoever reads the file translates the next one meanwhile. What goes wrong
 * is thrown at whoever hands over the next or awaits the last; nothing behind it is stored. Used by one thread at a time.
 */
final class Storing implements AutoCloseable {
    /** Chunks on their way at a time: one that is being worked out, one that is being stored, one that waits. */
    static final int MOST = 3;

    private final ExecutorService preparing = Executors.newSingleThreadExecutor(Daemons.named("prepare-chunks"));
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Daemons.named("store-chunks"));
    private final Deque<Future<?>> underWay = new ArrayDeque<>();
    private volatile boolean over;
    private volatile RuntimeException failure;

    /**
     * Hands a chunk over, when at most two others are on their way.
     *
     * @param prepare works out what is to be stored
     * @param store stores it
     */
    <T> void add(Supplier<T> prepare, Consumer<T> store) {
        while (underWay.size() >= MOST) {
            awaitFirst();
        }
        Future<T> prepared = preparing.submit(() -> over ? null : prepare.get());
        underWay.add(thread.submit(() -> store(prepared, store)));
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
        preparing.shutdown();
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = preparing.awaitTermination(1, TimeUnit.HOURS) && thread.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> void store(Future<T> prepared, Consumer<T> store) {
        boolean stored = false;
        try {
            T chunk = prepared.get();
            if (!over) {
                store.accept(chunk);
            }
            stored = true;
        } catch (RuntimeException problem) {
            failure = problem;
        } catch (ExecutionException problem) {
            failure = problem.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a chunk could not be worked out", problem);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            failure = new IllegalStateException("interrupted while a chunk was being worked out", stop);
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
