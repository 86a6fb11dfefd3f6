package dev.posbridge.checkout;

import java.util.Locale;

/** Why a till gets no answer: the closed list of {@code error} in replies. docs/checkout.md says what a till does then. */
public enum CheckoutError {
    /** Not JSON, unknown or missing fields, too large, no text. */
    INVALID_REQUEST,
    /** Gameball does not know the customer, and the account does not create such. */
    CUSTOMER_UNKNOWN,
    CUSTOMER_INACTIVE,
    /** Somebody else works on this customer just now. */
    CUSTOMER_BUSY,
    OTP_REQUIRED,
    OTP_WRONG,
    HASH_WRONG,
    POINTS_INSUFFICIENT,
    LIMIT_EXCEEDED,
    /** Used, released, expired, or never there. */
    HOLD_GONE,
    REFERRAL_REFUSED,
    /** A receipt of this key was sent with other content. */
    CHANGED_AFTER_DELIVERY,
    /** Gameball refuses it for another reason. */
    REFUSED,
    /** Too many ask at once. */
    BUSY,
    /** No answer in time; whether it was done is not known. */
    TIMEOUT,
    /** Gameball does not answer. */
    UNAVAILABLE,
    /** Gameball refuses our key or account. */
    ACCOUNT_REFUSED,
    /** Posbridge itself failed; its log says why. */
    INTERNAL;

    /** As replies spell it: {@code otp-required}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
