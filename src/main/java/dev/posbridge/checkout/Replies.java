package dev.posbridge.checkout;

import java.math.BigDecimal;
import java.util.List;

/** What tills are answered, as JSON; what is null is left out. {@code ok} says whether there is an {@code error}. */
final class Replies {
    private Replies() {}

    /** Done, and nothing more to say. */
    record Done(boolean ok) {
        static final Done DONE = new Done(true);
    }

    /** Gameball's own words of a refusal. */
    record Refusal(Integer status, Integer code, String requestId) {}

    /**
     * No answer.
     *
     * @param key of the receipt, orderId of its order; null where it was not about one
     */
    record Failed(boolean ok, String error, String message, String key, String orderId, Refusal gameball) {
        static Failed of(CheckoutError error, String message, Refusal gameball) {
            return new Failed(false, error.word(), message, null, null, gameball);
        }
    }

    /** @param created whether the customer was created just now */
    record Customer(boolean ok, String customerId, Boolean created, Balance balance) {}

    /** @param value of the points, in {@code currency} */
    record Balance(
            BigDecimal points,
            BigDecimal value,
            BigDecimal availablePoints,
            BigDecimal availableValue,
            BigDecimal pendingPoints,
            BigDecimal pendingValue,
            String currency,
            String pointsName,
            Expiring expiring) {}

    /** The points that expire next, and when, as Gameball writes it. */
    record Expiring(BigDecimal points, BigDecimal value, String on) {}

    record Hold(boolean ok, String customerId, String holdReference, BigDecimal points, BigDecimal amount) {}

    /** The customer was sent a one-time password. */
    record PasswordSent(boolean ok, boolean otpSent) {}

    /** @param customerFound false where only the cashback could be counted */
    record Preview(boolean ok, BigDecimal points, BigDecimal coupons, Boolean customerFound) {}

    /**
     * What became of an order or a refund.
     *
     * @param state delivered, accepted (stored, sent later) or skipped
     * @param reason why it is skipped or waits, or what is to be noted; null for nothing
     * @param known true where the same was asked or taken in before
     */
    record Receipt(
            boolean ok,
            String state,
            String reason,
            String key,
            String orderId,
            BigDecimal pointsEarned,
            BigDecimal pointsRedeemed,
            BigDecimal pointsTakenBack,
            Boolean known) {}

    /** @param state of the order in our ledger; null where it did not come through us */
    record Transactions(boolean ok, String orderId, String state, List<Transaction> transactions) {}

    record Transaction(String type, String date, BigDecimal amount, BigDecimal points, String transactionId) {}

    /** @param more whether there are later ones: ask again with {@code startAfter} the last one's id */
    record History(boolean ok, String customerId, List<Activity> activities, boolean more) {}

    record Activity(
            Long id,
            String type,
            String date,
            String time,
            BigDecimal points,
            BigDecimal score,
            String transactionId,
            String campaign,
            String coupon,
            String reason) {}
}
