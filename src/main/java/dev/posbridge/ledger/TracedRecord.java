package dev.posbridge.ledger;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Everything that the ledger knows of a record, for people who ask where it went.
 *
 * @param file its name; of what came in a message, queue and message
 * @param line of its first row in the file, 0 of a message
 * @param original order id of the sale that a refund takes back; null otherwise
 * @param matched whether that sale was found by product, not named by the till
 * @param sentAt when the last attempt was made; settledAt when its end was written; null before
 * @param job our id of the last list that carried it; null where none did
 * @param points that Gameball answered, null where it did not say
 */
public record TracedRecord(
        long id,
        String vendor,
        String file,
        long line,
        String kind,
        String key,
        String orderId,
        String customerId,
        String original,
        boolean matched,
        String state,
        String reason,
        BigDecimal amount,
        int attempts,
        Instant happenedAt,
        Instant sentAt,
        Instant settledAt,
        BigDecimal points,
        Integer apiCode,
        String requestId,
        Long job) {}
