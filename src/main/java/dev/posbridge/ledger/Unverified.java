package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;

/**
 * A record that was being sent when its sender stopped: nobody knows yet whether it arrived.
 *
 * @param crashes how often its sender died with it in hand, the first time perhaps among others
 */
public record Unverified(long recordId, RecordKind kind, String orderId, int attempts, int crashes) {
    private static final int ALONE = 3;

    /** Whether it was alone in hand, three times, when its sender died. */
    public boolean isPoisonous() {
        return isPoisonous(crashes);
    }

    public static boolean isPoisonous(int crashes) {
        return crashes > ALONE;
    }
}
