package dev.posbridge.ledger.segment;

/**
 * A record as a segment keeps it.
 *
 * @param customerId null for none
 * @param meaning by which it is known again once it was delivered; content that of everything
 * @param amount in ten-thousandths
 * @param happenedAt milliseconds since 1970
 * @param line of its first row in the file
 * @param day business date, in days since 1970; {@link Segment#NO_DAY} for none
 * @param store branch id, null for none
 * @param canonical what it says, as JSON
 * @param raw the rows it came from, null where they are not kept
 */
public record PackedRecord(
        long keyHash,
        long customerHash,
        String key,
        String customerId,
        long meaning,
        long content,
        long amount,
        long happenedAt,
        long line,
        int day,
        String store,
        String canonical,
        String raw) {}
