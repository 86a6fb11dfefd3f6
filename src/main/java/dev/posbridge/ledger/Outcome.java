package dev.posbridge.ledger;

import dev.posbridge.Answered;
import dev.posbridge.pos.Reason;
import java.math.BigDecimal;

/**
 * How an attempt to deliver a record ended.
 *
 * @param state DELIVERED, DEAD, SKIPPED, PARKED, PENDING (try again) or SENDING (unknown: verify before anything else)
 * @param dueAt for PENDING and SENDING: not before this time, milliseconds since 1970
 * @param points what Gameball answered: points earned by a sale, taken back by a refund; null where it did not say
 * @param redeemed points that a sale spent, as Gameball answered; null where it did not say
 * @param attempted false where nothing left us: the attempt that was committed does not count
 * @param status HTTP status of what was no success, apiCode and requestId with it; null where nobody answered
 * @param call that ended so, as the reference calls it, of an attempt that did not deliver; null where none did
 */
public record Outcome(
        RecordState state,
        Reason reason,
        String message,
        long dueAt,
        BigDecimal points,
        BigDecimal redeemed,
        Integer status,
        Integer apiCode,
        String requestId,
        boolean attempted,
        String call) {

    public static Outcome delivered(BigDecimal points) {
        return deliveredWith(points, null);
    }

    /** Delivered, but not quite as the till meant it. */
    public static Outcome deliveredWith(BigDecimal points, Reason note) {
        return new Outcome(RecordState.DELIVERED, note, null, 0, points, null, null, null, null, true, null);
    }

    /** The same, with the points that the sale spent. */
    public Outcome redeeming(BigDecimal spent) {
        return new Outcome(state, reason, message, dueAt, points, spent, status, apiCode, requestId, attempted, call);
    }

    /** The same, delivered with a note unless it has one already. */
    public Outcome noting(Reason note) {
        return state == RecordState.DELIVERED && reason == null && note != null
                ? deliveredWith(points, note).redeeming(redeemed)
                : this;
    }

    public static Outcome skipped(Reason reason) {
        return of(RecordState.SKIPPED, reason, null, 0, true);
    }

    public static Outcome parked(Reason reason, String message, long until) {
        return of(RecordState.PARKED, reason, message, until, true);
    }

    public static Outcome dead(Reason reason, String message) {
        return of(RecordState.DEAD, reason, message, 0, true);
    }

    public static Outcome dead(Reason reason, String message, Integer status, Integer apiCode, String requestId) {
        return dead(reason, message).answered(message, status, apiCode, requestId);
    }

    /** Gameball surely did nothing: try again then. */
    public static Outcome again(long dueAt) {
        return of(RecordState.PENDING, null, null, dueAt, true);
    }

    /** Nothing left us: it goes back to where it was, and the attempt does not count. */
    public static Outcome notSent(long dueAt) {
        return of(RecordState.PENDING, null, null, dueAt, false);
    }

    /**
     * It may have arrived: verify it then.
     *
     * @param counts whether the attempt counts; not while Gameball as a whole is away
     */
    public static Outcome unknown(long dueAt, String message, boolean counts) {
        return of(RecordState.SENDING, null, message, dueAt, counts);
    }

    private static Outcome of(RecordState state, Reason reason, String message, long dueAt, boolean attempted) {
        return new Outcome(state, reason, message, dueAt, null, null, null, null, null, attempted, null);
    }

    /** The same, with why it ended so. */
    public Outcome because(String why, Answered answered) {
        return answered(why, answered.status(), answered.code(), answered.requestId());
    }

    private Outcome answered(String why, Integer httpStatus, Integer code, String request) {
        return new Outcome(state, reason, why, dueAt, points, redeemed, httpStatus, code, request, attempted, call);
    }

    /** The same of an attempt: what was called. */
    public Outcome calling(String what) {
        String called = state == RecordState.DELIVERED ? null : what;
        return new Outcome(
                state, reason, message, dueAt, points, redeemed, status, apiCode, requestId, attempted, called);
    }
}
