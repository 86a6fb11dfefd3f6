package dev.posbridge.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A file and what became of it.
 *
 * @param rows data rows read
 * @param reason why it was rejected, as a code; null otherwise, as is the message
 * @param differences in what its duplicates differ from what came first, each with its position; the first hundred
 */
public record FileReport(
        long id,
        String vendor,
        String name,
        String path,
        String businessDate,
        FileState state,
        long rows,
        String reason,
        String message,
        Instant startedAt,
        List<String> differences,
        Outcomes outcomes) {

    /** The same file with other outcomes. */
    public FileReport with(Outcomes others) {
        return new FileReport(
                id, vendor, name, path, businessDate, state, rows, reason, message, startedAt, differences, others);
    }
}
