package dev.posbridge.ledger;

import java.time.Instant;

/**
 * A file that was read to its end.
 *
 * @param source by which it came; null for an inbox or a command
 * @param good false for one that was rejected, is held or is still read
 * @param settled whether nothing of it is left to deliver
 */
public record EndedFile(
        long id, String vendor, String name, String source, Instant endedAt, boolean good, boolean settled) {}
