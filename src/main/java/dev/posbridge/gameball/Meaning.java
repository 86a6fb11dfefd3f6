package dev.posbridge.gameball;

import dev.posbridge.pos.Reason;

/**
 * What an answer of Gameball means to us: the rows of its error table, and the success. Some need a decision by whoever
 * made the call; for those that do not, {@link Verdict#failure} knows the exception.
 */
public enum Meaning {
    DONE(Fault.NONE, null, ""),

    KEY_REFUSED(
            Fault.ACCOUNT,
            null,
            "Check posbridge.gameball.api-key and .secret-key; everything is kept and goes on once they work."),
    ACCOUNT_DISABLED(
            Fault.ACCOUNT, null, "Ask Gameball to enable the account; everything is kept and goes on once it is."),
    /** Not Gameball itself answered. */
    WRONG_ADDRESS(Fault.SETTINGS, null, "Correct posbridge.gameball.url; everything is kept."),

    /** Another request for this customer is running. */
    CUSTOMER_BUSY(Fault.CUSTOMER, null, "It is sent again soon."),
    /** Not an attempt of the record. */
    QUOTA_SPENT(Fault.QUOTA, null, "It is sent again when the quota allows."),
    SERVICE_FAILING(Fault.SERVICE, null, "It is verified and sent again."),
    /** A success without what is documented: it may have been done or not. */
    UNCLEAR(Fault.SERVICE, null, "It is verified before it is sent again."),

    /** On a lookup: a new customer. */
    CUSTOMER_UNKNOWN(Fault.RECORD, Reason.GAMEBALL_REFUSED, "Create the customer and replay."),
    /** Created by somebody else meanwhile: existing. */
    CUSTOMER_EXISTS(Fault.RECORD, Reason.GAMEBALL_REFUSED, "The customer is there already; discard it."),
    /** Skipped, counted. */
    CUSTOMER_INACTIVE(Fault.RECORD, Reason.CUSTOMER_INACTIVE, Reason.CUSTOMER_INACTIVE.remedy()),
    /** Once more without the code, counted. */
    REFERRAL_REFUSED(Fault.RECORD, Reason.GAMEBALL_REFUSED, "Remove the referrer code and replay."),
    /** The order to refund is not there, or not yet: parked. */
    SALE_NOT_THERE(Fault.RECORD, Reason.ORIGINAL_NOT_FOUND, Reason.ORIGINAL_NOT_FOUND.remedy()),
    /** After an attempt of ours whose end we did not see: verify. On a first attempt: never delivered. */
    ID_TAKEN(Fault.RECORD, Reason.ORDER_ID_REUSED, Reason.ORDER_ID_REUSED.remedy()),
    /** Once more with the next millisecond, then dead. */
    TIME_TAKEN(Fault.RECORD, Reason.TIME_TAKEN, Reason.TIME_TAKEN.remedy()),
    /** The hold or its points are gone: the late-redemption policy. */
    REDEMPTION_GONE(Fault.RECORD, Reason.GAMEBALL_REFUSED, "Remove the redemption and replay."),
    NOT_REVERSIBLE(Fault.RECORD, Reason.GAMEBALL_REFUSED, "Correct it at Gameball by hand, or discard it."),
    PAYLOAD_WRONG(Fault.RECORD, Reason.GAMEBALL_REFUSED, Reason.GAMEBALL_REFUSED.remedy());

    /** Whose fault it is, and so what waits. */
    enum Fault {
        NONE,
        ACCOUNT,
        SETTINGS,
        CUSTOMER,
        QUOTA,
        SERVICE,
        RECORD
    }

    private final Fault fault;
    private final Reason reason;
    private final String remedy;

    Meaning(Fault fault, Reason reason, String remedy) {
        this.fault = fault;
        this.reason = reason;
        this.remedy = remedy;
    }

    Fault fault() {
        return fault;
    }

    /** Why the record is dead, or skipped, when it ends with this answer; null where it does not end. */
    public Reason reason() {
        return reason;
    }

    /** What a person should do, or what happens by itself; one sentence. */
    public String remedy() {
        return remedy;
    }

    /** Whether the record stays and is sent (or verified) again. */
    public boolean isRetried() {
        return fault != Fault.NONE && fault != Fault.RECORD;
    }
}
