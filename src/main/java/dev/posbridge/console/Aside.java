package dev.posbridge.console;

import dev.posbridge.Daemons;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One thread beside those of the pages, for what a page waits for a moment only. */
final class Aside implements AutoCloseable {
    private final String name;
    private final ExecutorService thread;

    Aside(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadExecutor(Daemons.named(name));
    }

    Future<?> begin(Runnable work) {
        return thread.submit(work);
    }

    /** Waits until the work has ended or the time has; then it goes on, and the next page has what it found. */
    void await(Future<?> work, Duration longest) {
        try {
            work.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException later) {
            return;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(name, failed);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
