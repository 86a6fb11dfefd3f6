package dev.posbridge.ledger;

/**
 * A record that a job has in hand.
 *
 * @param position for messages: file and line
 * @param sentBefore whether it was sent before without anybody seeing the end
 * @param sentTime the time told to Gameball, milliseconds since 1970
 * @param crashes how often its sender died with it in hand
 */
public record Carried(
        long recordId,
        String orderId,
        String customerId,
        String position,
        int attempts,
        int crashes,
        boolean sentBefore,
        long sentTime,
        Way way) {}
