package dev.posbridge.pos;

/**
 * Why something did not arrive, in a word that reports, dead letters and scripts share, with what to do about it. The
 * code is the constant in kebab-case ({@code amount-invalid}).
 */
public enum Reason {
    // The file: rejected whole.
    HEADER_WRONG("Correct the header, or the columns that the profile names."),
    ENCODING_WRONG("Save the file in the profile's encoding, or set format.encoding in the profile."),
    FILE_TRUNCATED("Have the till send the file again; it ends in the middle."),
    FILE_EMPTY("Have the till send the file again, or remove it."),
    FILE_NAME_UNKNOWN(
            "Name the file, or the property posbridgeFile of a message, as file-name in the profile asks, or correct file-name."),
    CONTROL_TOTALS_WRONG("Have the till send the file again; its rows do not come to its own totals."),
    TOO_MANY_BAD_ROWS("The profile probably does not fit this file: compare the first errors with the profile."),
    ROW_TOO_LONG("Correct the row (an unclosed quote?), or raise the limit of the profile."),
    UNWRAP_FAILED("Have the vendor pack the file again, or correct unwrap in the profile."),
    FORMAT_WRONG("Send what the profile expects, or correct format and unwrap there."),
    SET_INCOMPLETE("Deliver all files of the set again, together."),
    FILE_VANISHED("The file went away before its end was read. Deliver it again."),

    // The file: held until a person has looked, or sent away by one.
    OUTSIDE_LIMITS("Compare the file with the till; then release or reject it, or correct plausible in the profile."),
    UNLIKE_BEFORE("Compare the file with the till; then release or reject it."),
    FIRST_OF_PROFILE("Look at what the profile makes of it; then release or reject it."),
    AWAITING_REVERSAL(
            "It is sent once the wrong order that it corrects is taken back; look for that refund's dead letter."),
    SUSPICIOUS_CUSTOMER("One id bought too often for one person (a number that cashiers type?): release or reject."),
    REJECTED_BY_HAND("A person rejected it; the reason is theirs."),

    // A row or record: dead before anything was sent.
    ROW_MALFORMED("Correct the row and replay it."),
    KIND_UNKNOWN("Add a rule for this kind of row to the profile, or skip it there, then replay."),
    VALUE_MISSING("Fill in the value and replay."),
    NOT_LISTED("Add the value to the look-up file that the profile names, and replay."),
    NOT_JOINED("Deliver all files of the set again, once the vendor has written them, or correct the rows and replay."),
    AMOUNT_INVALID("Correct the amount and replay, or set decimal in the profile."),
    TOTALS_DISAGREE("Correct the receipt, or balance in the profile, and replay."),
    DATE_INVALID("Correct the date and replay, or set patterns in the profile."),
    DATE_IMPLAUSIBLE("Correct the date, or the till's clock, and replay."),
    DATE_IN_FUTURE("Correct the date, or the till's clock, and replay."),
    PHONE_INVALID("Correct the number and replay, or set region in the profile."),
    CUSTOMER_MISSING("Give the row a customer id, mobile number or e-mail address and replay."),
    CURRENCY_REFUSED("Convert the amounts; orders carry no currency, so only the account's own is taken."),
    ID_MANGLED("Have ids exported as text, not through a spreadsheet; correct the row and replay."),
    ID_TOO_LONG("Shorten the id in the profile's template and replay."),
    ROWS_CONTRADICT(
            "Correct the rows, or put what is another receipt into a file of its own under its own number, and replay."),
    RECEIPT_TOO_LARGE("Correct receipt.key, or raise max-rows, max-size or max-lines under receipt in the profile."),
    KEY_REPEATED("Rows of one receipt must stand together; give the second receipt its own number and replay."),
    ORDER_ID_COLLISION("Two sources make the same order id: give one of them its own order-id template."),
    CHANGED_AFTER_DELIVERY(
            "The receipt was already delivered with other content: posbridge correct takes the order back and sends"
                    + " what it says now."),
    KEY_REUSED("Another receipt has this number already (was the till reset?): give this one its own and replay."),
    ORIGINAL_NOT_FOUND("The sale it takes back is not known here; refund it at Gameball by hand, or discard."),
    REFUND_EXCEEDS_SALE("More is given back than was bought; correct the amount and replay."),

    // A record: refused by Gameball or given up.
    GAMEBALL_REFUSED("Correct what Gameball names and replay."),
    ORDER_ID_REUSED(
            "Another sender used this order id at Gameball. A second data folder of yours? Then it arrived from there: discard"
                    + " this (at a sandbox: curl -X DELETE URL/sandbox/state, then replay). Another system? Change the order-id"
                    + " template and replay."),
    TIME_TAKEN("Another transaction has this customer's time; correct it and replay."),
    GIVEN_UP("It failed at every attempt while others passed; read the last error, then replay."),
    POISONOUS("Posbridge died each time it had this in hand: read the log before you send it again."),
    EVENT_UNKNOWN("A crash hid whether the event arrived, and events have no id: replay only if it did not."),
    ROUTE_FAILED("Posbridge itself failed on this record; see the log, then replay."),
    MESSAGE_UNREADABLE("Send text or bytes in the profile's format."),
    MESSAGE_TOO_LARGE("Put its body into the inbox as a file, or raise max-body of the source."),
    MESSAGE_POISONOUS("Posbridge failed each time it read this message: read the log before you replay it."),
    MESSAGE_GIVEN_UP("The broker gave the message up: find out there why, then replay it here."),
    REQUEST_REFUSED("Nobody waited for the answer: correct the till, let it send the receipt again, and discard this."),

    // Delivered, but not quite as the till meant it: counted.
    CAPPED("Delivered: the refund took back all that was left of its sale, which was less than the till gave back."),
    CUSTOMER_OF_SALE("Delivered: taken back from whom the sale had gone to, though the refund names somebody else."),
    REFERRAL_REFUSED("Delivered, the customer without the referrer code, which Gameball refused."),
    REDEMPTION_LATE("Delivered without its redemption: the hold was gone before the file came."),

    // Skipped on purpose: counted, not dead.
    ANONYMOUS("No customer on the receipt, and the account skips those."),
    BEFORE_PROGRAMME("Sold before the programme began (earn-from)."),
    ORIGINAL_SKIPPED("The sale it takes back was itself skipped."),
    VOIDED_UNSENT("Voided before it was sent: neither the sale nor its void goes to Gameball."),
    VOID_OF_NOTHING(
            "No sale of this key ever came, so its void takes nothing back; if it comes yet, the void follows."),
    REFUNDED_ALREADY("All that was given back of the sale so far has been taken back before."),
    NOTHING_TO_GIVE_BACK("Its sale earned nothing, and the points meant for it were never spent: none go back."),
    NO_CONTACT("The account creates customers only with a mobile number or an e-mail address."),
    CUSTOMER_EXISTS("Gameball knows the customer, and the account leaves existing ones as they are."),
    CUSTOMER_UNKNOWN("The account skips customers that Gameball does not know."),
    CUSTOMER_INACTIVE("Gameball says the customer is inactive or opted out."),
    NOTHING_PAID("Nothing was paid, so there is nothing to earn."),
    TRAINING("A till in training wrote it."),
    SUSPENDED("The receipt was parked; the resumed one comes with a number of its own."),
    NO_SALE("Nothing was sold: a drawer opened, a sign-on, money paid in or out."),
    VOIDED("Voided before it was paid."),
    UNPAID("Not paid yet, or the payment failed."),
    EMPLOYEE_SALE("Employees' purchases earn nothing."),
    FORGOTTEN("The customer was forgotten (posbridge forget) and is not created again."),
    BY_PROFILE("The profile skips this kind of row.");

    private final String remedy;

    Reason(String remedy) {
        this.remedy = remedy;
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** What a person should do, one sentence. */
    public String remedy() {
        return remedy;
    }

    /** The same where it is no row that can be corrected, but all of a document. */
    public String remedyOfDocument() {
        return this == ROW_MALFORMED ? "Correct the file, or have it exported again, and deliver it again." : remedy;
    }

    /** @throws IllegalArgumentException for a word that is no reason code */
    public static Reason ofCode(String code) {
        return valueOf(code.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
}
