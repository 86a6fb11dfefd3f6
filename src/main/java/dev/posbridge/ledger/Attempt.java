package dev.posbridge.ledger;

import java.time.Instant;

/**
 * An attempt to deliver a record, and how it ended.
 *
 * @param number from 1 on; the twenty newest that failed are kept
 * @param sentAt when it was committed; null where that is not known
 * @param endedAt null while it is under way
 * @param list by which it went, or was asked about; null for a call of its own
 * @param call as Gameball's reference spells it; null where it is not known
 * @param outcome to what it led, as reports spell it: {@code pending} is tried again, {@code sending} is asked about
 * @param reason a code, or null
 * @param message null where there is nothing to say
 * @param status HTTP status of what was no success, apiCode and requestId with it; null otherwise
 */
public record Attempt(
        int number,
        Instant sentAt,
        Instant endedAt,
        List list,
        String call,
        String outcome,
        String reason,
        String message,
        Integer status,
        Integer apiCode,
        String requestId) {
    /**
     * Many orders that went together, or were asked about together.
     *
     * @param id of ours
     * @param gameballId null where Gameball gave none
     * @param result how it ended, in a word; null while it is under way
     */
    public record List(long id, JobKind kind, String gameballId, int size, String result) {}

    /** What it means, for people. */
    public String words() {
        return switch (outcome) {
            case "pending" -> "to be tried again";
            case "sending" -> endedAt == null ? "under way" : "unclear, asked about";
            default -> reason == null ? outcome : outcome + " (" + reason + ")";
        };
    }
}
