package dev.posbridge.checkout;

import dev.posbridge.ledger.DeskRecord;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.pos.Reason;

/** What a till is told of an order or a refund, by what the ledger knows of it. */
final class ReceiptAnswers {
    private static final String ACCEPTED = "accepted";

    private ReceiptAnswers() {}

    /** It is stored and will be sent. */
    static Replies.Receipt accepted(DeskRecord found) {
        return receipt(found, ACCEPTED, false);
    }

    /** @param refund whether the points are those taken back */
    static Object of(DeskRecord found, boolean refund) {
        return switch (found.state()) {
            case DELIVERED, SKIPPED -> receipt(found, found.state().word(), refund);
            case DEAD -> failed(found);
            default -> receipt(found, ACCEPTED, refund);
        };
    }

    private static Replies.Receipt receipt(DeskRecord found, String state, boolean refund) {
        return new Replies.Receipt(
                true,
                state,
                found.reason() == null ? null : found.reason().code(),
                found.key(),
                found.orderId(),
                refund ? null : found.points(),
                refund ? null : found.redeemed(),
                refund ? found.points() : null,
                found.known() ? Boolean.TRUE : null);
    }

    /** It is a dead letter: a person sees it, and the same key with corrected content takes its place. */
    private static Replies.Failed failed(DeskRecord dead) {
        boolean changed = dead.reason() == Reason.CHANGED_AFTER_DELIVERY
                || dead.reason() == Reason.KEY_REUSED
                || dead.reason() == Reason.ORDER_ID_COLLISION;
        CheckoutError error = dead.state() == RecordState.DEAD && changed
                ? CheckoutError.CHANGED_AFTER_DELIVERY
                : CheckoutError.REFUSED;
        String message = dead.message() == null ? dead.reason().remedy() : dead.message();
        return new Replies.Failed(false, error.word(), message, dead.key(), dead.orderId(), null);
    }
}
