package dev.posbridge.reconcile;

import dev.posbridge.intake.ContentHash;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReconcileBook;
import dev.posbridge.ledger.RestoreGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Files in the archive of which a ledger that was put back knows nothing, because they came after it was copied. */
public final class LostFiles {
    private LostFiles() {}

    /**
     * @param archive a folder a vendor, and in it one a day
     * @param most of them
     * @return empty where the ledger was never put back
     */
    public static List<Path> in(Path archive, LedgerDatabase database, int most) {
        Optional<Instant> end = RestoreGuard.endOfRestored(database);
        if (end.isEmpty() || !Files.isDirectory(archive)) {
            return List.of();
        }
        String from = LocalDate.ofInstant(end.get(), ZoneId.systemDefault()).toString();
        ReconcileBook book = new ReconcileBook(database);
        List<Path> lost = new ArrayList<>();
        for (Path vendor : sorted(archive)) {
            for (Path day : sorted(vendor)) {
                if (day.getFileName().toString().compareTo(from) >= 0) {
                    for (Path file : sorted(day)) {
                        if (lost.size() < most && Files.isRegularFile(file) && !isKnown(book, file)) {
                            lost.add(file);
                        }
                    }
                }
            }
        }
        return lost;
    }

    private static boolean isKnown(ReconcileBook book, Path file) {
        try {
            return !book.knownContents(Set.of(ContentHash.of(file))).isEmpty()
                    // Who was forgotten since is overwritten in it.
                    || book.isKnownAt(file, Files.size(file));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<Path> sorted(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
