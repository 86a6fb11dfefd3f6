package dev.posbridge.console;

import dev.posbridge.LruMap;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.NightBook.NightFile;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.ReportBook;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * What files came to. Adding one up reads all of its sales, so one thread does it, the results are kept, and a page waits a
 * moment only: what is not counted then is shown as being counted. Thread-safe.
 */
final class FileFigures implements AutoCloseable {
    private static final int MOST_KEPT = 5_000;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(150);
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);
    private static final Duration OPEN_GOOD_FOR = Duration.ofSeconds(2);
    private static final int REST = 5;

    private final ReportBook book;
    private final Aside counter = new Aside("console-figures");
    private final Map<Long, Counted> kept = new LruMap<>(MOST_KEPT);

    /** @param until when it is worth counting again */
    private record Counted(Outcomes outcomes, FileState state, long until) {}

    FileFigures(ReportBook book) {
        this.book = book;
    }

    /** What is known of these files, by id; those that are missing are being counted. */
    Map<Long, Outcomes> of(Collection<NightFile> files) {
        List<NightFile> wanted = files.stream().filter(this::isToCount).toList();
        if (!wanted.isEmpty()) {
            Future<?> counting =
                    counter.begin(() -> wanted.stream().filter(this::isToCount).forEach(this::count));
            counter.await(counting, LONGEST_WAIT);
        }
        Map<Long, Outcomes> known = new LinkedHashMap<>();
        synchronized (kept) {
            files.forEach(file -> {
                Counted counted = kept.get(file.id());
                if (counted != null) {
                    known.put(file.id(), counted.outcomes());
                }
            });
        }
        return known;
    }

    private boolean isToCount(NightFile file) {
        synchronized (kept) {
            Counted counted = kept.get(file.id());
            return counted == null || counted.state() != file.state() || System.nanoTime() - counted.until() > 0;
        }
    }

    private void count(NightFile file) {
        long began = System.nanoTime();
        Outcomes outcomes = book.files(List.of(file.id())).get(0).outcomes();
        long took = System.nanoTime() - began;
        boolean open = file.state() == FileState.RELEASED || file.state() == FileState.STAGING;
        long rest = Math.max(REST * took, (open ? OPEN_GOOD_FOR : GOOD_FOR).toNanos());
        synchronized (kept) {
            kept.put(file.id(), new Counted(outcomes, file.state(), System.nanoTime() + rest));
        }
    }

    @Override
    public void close() {
        counter.close();
    }
}
