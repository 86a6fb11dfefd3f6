package dev.posbridge.gameball;

import dev.posbridge.pos.Reason;
import java.util.List;

/**
 * What an answer of Gameball means to us: the rows of its error table with their codes, and the success. Some need a
 * decision by whoever made the call; for those that do not, {@link Verdict#failure} knows the exception.
 */
public enum Meaning {
    DONE(Fault.NONE, ""),

    KEY_REFUSED(
            Fault.ACCOUNT,
            "Check posbridge.gameball.api-key and .secret-key; everything is kept and goes on once they work.",
            1000,
            1001,
            1002,
            8000),
    ACCOUNT_DISABLED(
            Fault.ACCOUNT,
            "Ask Gameball to enable the account; everything is kept and goes on once it is.",
            6000,
            6001),
    /** Not Gameball itself answered: a redirect, or a page for people. */
    WRONG_ADDRESS(Fault.SETTINGS, "Correct posbridge.gameball.url; everything is kept."),

    /** A refusal that another server writes: nothing is there, without Gameball's code that would say what; or a page. */
    NOTHING_THERE(
            Fault.ELSEWHERE, "Correct posbridge.gameball.url, or the proxy; everything is kept, and is sent again."),

    /** Another request for this customer is running. */
    CUSTOMER_BUSY(Fault.CUSTOMER, "It is sent again soon.", 2001),
    /** Not an attempt of the record. */
    QUOTA_SPENT(Fault.QUOTA, "It is sent again when the quota allows.", 429),
    SERVICE_FAILING(Fault.SERVICE, "It is verified and sent again.", 5000, 5003),
    /** A success without what is documented: it may have been done or not. */
    UNCLEAR(Fault.SERVICE, "It is verified before it is sent again."),

    /** On a lookup: a new customer. */
    CUSTOMER_UNKNOWN(Reason.GAMEBALL_REFUSED, "Create the customer and replay.", 7000),
    /** Created by somebody else meanwhile: existing. */
    CUSTOMER_EXISTS(Reason.GAMEBALL_REFUSED, "The customer is there already; discard it.", 7001),
    /** Skipped, counted. */
    CUSTOMER_INACTIVE(Reason.CUSTOMER_INACTIVE, Reason.CUSTOMER_INACTIVE.remedy(), 3009),
    /** Once more without the code, counted. */
    REFERRAL_REFUSED(Reason.GAMEBALL_REFUSED, "Remove the referrer code and replay.", 7002, 7003, 7004, 7005, 7006),
    /** The order to refund is not there, or not yet: parked. */
    SALE_NOT_THERE(Reason.ORIGINAL_NOT_FOUND, Reason.ORIGINAL_NOT_FOUND.remedy(), 9002, 9005),
    /** After an attempt of ours whose end we did not see: verify. On a first attempt: never delivered. */
    ID_TAKEN(Reason.ORDER_ID_REUSED, Reason.ORDER_ID_REUSED.remedy(), 9004),
    /** Once more with the next millisecond, then dead. */
    TIME_TAKEN(Reason.TIME_TAKEN, Reason.TIME_TAKEN.remedy(), 9003),
    /** The hold or its points are gone: the late-redemption policy. */
    REDEMPTION_GONE(Reason.GAMEBALL_REFUSED, "Remove the redemption and replay.", 9006, 9008),
    NOT_REVERSIBLE(Reason.GAMEBALL_REFUSED, "Correct it at Gameball by hand, or discard it.", 9000, 9001, 3011),
    /** Every other refusal: Gameball names what is wrong. */
    PAYLOAD_WRONG(Reason.GAMEBALL_REFUSED, Reason.GAMEBALL_REFUSED.remedy());

    /** Whose fault it is, and so what waits. */
    enum Fault {
        NONE,
        ACCOUNT,
        SETTINGS,
        CUSTOMER,
        QUOTA,
        SERVICE,
        ELSEWHERE,
        RECORD
    }

    private final Fault fault;
    private final Reason reason;
    private final String remedy;
    private final List<Integer> codes;

    Meaning(Fault fault, String remedy, Integer... codes) {
        this(fault, null, remedy, codes);
    }

    Meaning(Reason reason, String remedy, Integer... codes) {
        this(Fault.RECORD, reason, remedy, codes);
    }

    Meaning(Fault fault, Reason reason, String remedy, Integer... codes) {
        this.fault = fault;
        this.reason = reason;
        this.remedy = remedy;
        this.codes = List.of(codes);
    }

    /** The error codes that mean this; none where the status alone tells. */
    List<Integer> codes() {
        return codes;
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

    /** Whether nothing can be sent until a person has changed something. */
    public boolean stopsDelivery() {
        return fault == Fault.ACCOUNT || fault == Fault.SETTINGS;
    }

    /** Whether the record stays and is sent (or verified) again. */
    public boolean isRetried() {
        return fault != Fault.NONE && fault != Fault.RECORD;
    }
}
