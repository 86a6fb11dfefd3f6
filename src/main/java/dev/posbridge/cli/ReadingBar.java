package dev.posbridge.cli;

import dev.posbridge.Daemons;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.operations.ReadingNow;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows how far the file is that is being read; delivery has a bar of its own, since it begins after a file's end. */
final class ReadingBar implements AutoCloseable {
    private static final long LOOK_MILLIS = 300;
    private static final int KIB = 10;

    private final StatusBook book;
    private final Terminal terminal;
    private ScheduledExecutorService clock;
    private String shown;

    ReadingBar(LedgerDatabase database, Terminal terminal) {
        this.book = new StatusBook(database);
        this.terminal = terminal;
    }

    /** Goes on by itself while this thread reads; it alone speaks until it is closed. */
    static ReadingBar whileReading(LedgerDatabase database, Terminal terminal) {
        ReadingBar bar = new ReadingBar(database, terminal);
        if (terminal.isHeard()) {
            bar.clock = Executors.newSingleThreadScheduledExecutor(Daemons.named("reading-bar"));
            bar.clock.scheduleWithFixedDelay(bar::tell, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return bar;
    }

    void tell() {
        if (!terminal.isHeard()) {
            return;
        }
        book.reading().stream()
                .map(file -> ReadingNow.of(file, true, Instant.now()))
                .filter(ReadingNow::isThere)
                .findFirst()
                .ifPresent(this::tell);
    }

    private void tell(ReadingNow file) {
        if (!file.file().name().equals(shown)) {
            terminal.endProgress();
            shown = file.file().name();
        }
        terminal.progress("Reading " + shown, file.file().bytesRead() >> KIB, file.bytes() >> KIB, "KiB");
    }

    @Override
    public void close() {
        if (clock != null) {
            clock.shutdownNow();
            try {
                clock.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        terminal.endProgress();
    }
}
