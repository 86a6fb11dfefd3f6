package dev.posbridge.intake;

import dev.posbridge.Daemons;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stores a file's chunks one after another on two threads of its own: one works out what is to be stored of a chunk, the
 * other writes what the first has worked out, and whoever reads the file translates the next one meanwhile. Chunks that wait
 * are stored together, so where the ledger is slow it is asked less often. What goes wrong is thrown at whoever hands over the
 * next or awaits the last; nothing behind it is stored. Used by one thread at a time.
 */
final class Storing<T> implements AutoCloseable {
    /** Chunks on their way at a time: one that is being worked out, one that is being stored, and those that wait. */
    static final int MOST = 5;

    private final ExecutorService preparing = Executors.newSingleThreadExecutor(Daemons.named("prepare-chunks"));
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Daemons.named("store-chunks"));
    private final Deque<Future<?>> underWay = new ArrayDeque<>();
    /** Not yet begun to be stored. */
    private final Queue<CompletableFuture<T>> waiting = new ConcurrentLinkedQueue<>();

    private volatile boolean over;
    private volatile RuntimeException failure;

    /**
     * Hands a chunk over, when there is room for it.
     *
     * @param prepare works out what is to be stored
     * @param store stores it with those that wait behind it
     */
    void add(Supplier<T> prepare, Consumer<List<T>> store) {
        while (underWay.size() >= MOST) {
            awaitFirst();
        }
        waiting.add(CompletableFuture.supplyAsync(() -> over ? null : prepare.get(), preparing));
        underWay.add(thread.submit(() -> storeWaiting(store)));
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

    /** Nothing where an earlier one took its chunk along. */
    private void storeWaiting(Consumer<List<T>> store) {
        boolean stored = false;
        try {
            List<T> chunks = takeWaiting();
            if (!chunks.isEmpty() && !over) {
                store.accept(chunks);
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

    /** The first, and those behind it that are worked out by then; what could not be is left for its own turn. */
    private List<T> takeWaiting() throws ExecutionException, InterruptedException {
        List<T> chunks = new ArrayList<>();
        CompletableFuture<T> next = waiting.poll();
        if (next != null && !over) {
            chunks.add(next.get());
            for (next = waiting.peek(); isWorkedOut(next) && !over; next = waiting.peek()) {
                chunks.add(waiting.remove().get());
            }
        }
        return chunks;
    }

    private static boolean isWorkedOut(CompletableFuture<?> chunk) {
        return chunk != null && chunk.isDone() && !chunk.isCompletedExceptionally();
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
