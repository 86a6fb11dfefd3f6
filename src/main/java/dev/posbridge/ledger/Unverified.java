package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;

/**
 * A record that was being sent when its sender stopped: nobody knows yet whether it arrived.
 *
 * @param crashes how often its sender died with it in hand, the first two times perhaps among others
 */
public record Unverified(long recordId, RecordKind kind, String orderId, int attempts, int crashes) {
    /** One death says nothing of what was in hand: most of them are somebody's doing. */
    private static final int SUSPICIOUS = 2;

    private static final int POISONOUS = 4;

    /** Whether it may be what its senders died of: from now on it is tried alone. */
    static boolean isSuspect(int crashes) {
        return crashes >= SUSPICIOUS;
    }

    /** Whether it was in hand at four deaths, at the last two alone. */
    public boolean isPoisonous() {
        return isPoisonous(crashes);
    }

    public static boolean isPoisonous(int crashes) {
        return crashes >= POISONOUS;
    }
}
