package dev.posbridge.checkout;

import dev.posbridge.PosbridgeException;

/** A till gets an error instead of an answer; nothing is to be stored or tried again for it. */
final class CheckoutException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    private final CheckoutError error;
    private final transient Replies.Refusal refusal;

    CheckoutException(CheckoutError error, String message) {
        this(error, message, null);
    }

    /** @param refusal what Gameball said, or null */
    CheckoutException(CheckoutError error, String message, Replies.Refusal refusal) {
        this(error, message, refusal, null);
    }

    /** @param cause what brought it about */
    CheckoutException(CheckoutError error, String message, Replies.Refusal refusal, Throwable cause) {
        super(message, cause);
        this.error = error;
        this.refusal = refusal;
    }

    CheckoutError error() {
        return error;
    }

    Replies.Refusal refusal() {
        return refusal;
    }
}
