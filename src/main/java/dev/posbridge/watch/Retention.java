package dev.posbridge.watch;

import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.RetentionBook;
import dev.posbridge.settings.Operations;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is past its days, a little each moment, while delivery goes on. A round through everything begins every hour.
 * Used by one thread.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String CONCERN = "retention";
    private static final long ROUND_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Operations.Retention days;
    private final Settings.Folders folders;
    private final RetentionBook book;
    private final HealthBook health;
    private long roundAgain = Long.MIN_VALUE;
    private boolean inRound;

    Retention(Operations.Retention days, Settings.Folders folders, RetentionBook book, HealthBook health) {
        this.days = days;
        this.folders = folders;
        this.book = book;
        this.health = health;
    }

    /** A step; to be called every moment. */
    void step() {
        if (!days.isAny()) {
            return;
        }
        if (inRound) {
            inRound = book.step(before(days.payloads()), before(days.rawInput()));
        } else if (roundAgain == Long.MIN_VALUE || System.nanoTime() - roundAgain >= 0) {
            roundAgain = System.nanoTime() + ROUND_NANOS;
            inRound = true;
            book.begin();
            files();
        }
    }

    private static Instant before(Duration kept) {
        return kept == null ? null : Instant.now().minus(kept);
    }

    private void files() {
        try {
            int deleted = 0;
            if (days.archive() != null) {
                deleted += clean(folders.archive(), before(days.archive()));
            }
            if (days.rejected() != null) {
                deleted += clean(folders.rejected(), before(days.rejected()));
            }
            if (deleted > 0) {
                LOG.info("deleted {} archived or rejected files that were past their days", deleted);
            }
            health.forget(CONCERN);
        } catch (IOException problem) {
            health.report(
                    CONCERN,
                    State.YELLOW,
                    "A file that is past its days cannot be deleted (" + problem.getMessage()
                            + "). Give the service the right to; it is tried again.");
        }
    }

    private static int clean(Path folder, Instant before) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        int[] deleted = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (putAwayAt(file, attributes).isBefore(before)) {
                    Files.delete(file);
                    deleted[0]++;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, IOException problem) throws IOException {
                if (problem == null && endOfDay(left) != null && endOfDay(left).isBefore(before)) {
                    deleteIfEmpty(left);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return deleted[0];
    }

    /**
     * An archived file lies in a folder of its day; of a rejected one the reason beside it was written then. The file's own time
     * is that of the till, which may be a year older: only where it is all there is it counts.
     */
    private static Instant putAwayAt(Path file, BasicFileAttributes attributes) throws IOException {
        Instant day = endOfDay(file.getParent());
        if (day != null) {
            return day;
        }
        Path reason = file.resolveSibling(file.getFileName() + ".reason.txt");
        Instant written = attributes.lastModifiedTime().toInstant();
        Instant told = Files.exists(reason) ? Files.getLastModifiedTime(reason).toInstant() : written;
        return told.isAfter(written) ? told : written;
    }

    /** The end of the day that a folder is named by; null where it is named otherwise. */
    private static Instant endOfDay(Path folder) {
        try {
            return LocalDate.parse(folder.getFileName().toString())
                    .plusDays(1)
                    .atStartOfDay(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeException other) {
            return null;
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }
}
