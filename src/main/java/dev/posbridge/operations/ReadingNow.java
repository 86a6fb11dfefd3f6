package dev.posbridge.operations;

import dev.posbridge.Count;
import dev.posbridge.ledger.StatusBook;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;

/**
 * A file that is not read to its end, and how far it has come.
 *
 * @param bytes of the whole file; 0 where it is there no longer
 * @param goesOn whether somebody reads it; not where its reading was interrupted
 * @param left how long reading takes at the pace so far; null where nobody knows
 */
public record ReadingNow(StatusBook.Reading file, long bytes, boolean goesOn, Duration left) {
    private static final int BAR = 20;
    private static final int WHOLE = 100;

    public static ReadingNow of(StatusBook.Reading file, boolean goesOn, Instant now) {
        long bytes = size(file);
        double seconds = Duration.between(file.since(), now).toMillis() / 1000.0;
        boolean known = file.bytesRead() > 0 && bytes >= file.bytesRead() && seconds > 0;
        long left = known ? (long) Math.ceil(seconds * (bytes - file.bytesRead()) / file.bytesRead()) : 0;
        return new ReadingNow(file, bytes, goesOn, goesOn && known ? Duration.ofSeconds(left) : null);
    }

    private static long size(StatusBook.Reading file) {
        try {
            return Files.size(file.path());
        } catch (IOException gone) {
            return 0;
        }
    }

    public boolean isThere() {
        return bytes > 0;
    }

    public int percent() {
        return bytes == 0 ? 0 : (int) Math.min(WHOLE, file.bytesRead() * WHOLE / bytes);
    }

    /** {@code acme/EOD_07.csv [##########..........] 52 %, 31000 receipts stored}. */
    public String words() {
        int done = percent() * BAR / WHOLE;
        return file.vendor() + "/" + file.name() + " [" + "#".repeat(done) + ".".repeat(BAR - done) + "] " + percent()
                + " %, " + Count.of(file.receipts(), "receipt") + " stored";
    }
}
