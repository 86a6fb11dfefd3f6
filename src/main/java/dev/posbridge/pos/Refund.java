package dev.posbridge.pos;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A receipt that took something back, or a void after the fact.
 *
 * @param refundId the refund's transaction id, unique for ever in the account (default {@code identity-key})
 * @param original key of the sale it takes back; null where the till does not say and the profile matches by product
 * @param originalOrderId order id of that sale, by the same template as the sale's; null as above
 * @param customer null where the refund inherits the customer of its sale
 * @param amount what is given back, positive; null only with {@code wholeSale}
 * @param wholeSale true for a void: all that is left of the sale is given back
 * @param soFar true where the amount is all that was ever given back of the sale, of which what we know goes off
 * @param otherOriginals order ids that its sale may have instead, tried in order where the first is not known
 */
public record Refund(
        Position position,
        String key,
        String refundId,
        String original,
        String originalOrderId,
        CustomerDetails customer,
        Instant returnedAt,
        LocalDate businessDate,
        Money amount,
        boolean wholeSale,
        List<LineItem> lines,
        Store store,
        boolean soFar,
        List<String> otherOriginals)
        implements PosRecord {

    public Refund {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(refundId, "refundId");
        Objects.requireNonNull(returnedAt, "returnedAt");
        Objects.requireNonNull(businessDate, "businessDate");
        if ((amount == null) != wholeSale) {
            throw new IllegalArgumentException("a refund has an amount, or takes back the whole sale, never neither");
        }
        lines = lines == null ? List.of() : List.copyOf(lines);
        otherOriginals = otherOriginals == null ? List.of() : List.copyOf(otherOriginals);
    }

    /** One whose amount is its own. */
    public Refund(
            Position position,
            String key,
            String refundId,
            String original,
            String originalOrderId,
            CustomerDetails customer,
            Instant returnedAt,
            LocalDate businessDate,
            Money amount,
            boolean wholeSale,
            List<LineItem> lines,
            Store store) {
        this(
                position,
                key,
                refundId,
                original,
                originalOrderId,
                customer,
                returnedAt,
                businessDate,
                amount,
                wholeSale,
                lines,
                store,
                false);
    }

    /** One whose sale has one key for certain. */
    public Refund(
            Position position,
            String key,
            String refundId,
            String original,
            String originalOrderId,
            CustomerDetails customer,
            Instant returnedAt,
            LocalDate businessDate,
            Money amount,
            boolean wholeSale,
            List<LineItem> lines,
            Store store,
            boolean soFar) {
        this(
                position,
                key,
                refundId,
                original,
                originalOrderId,
                customer,
                returnedAt,
                businessDate,
                amount,
                wholeSale,
                lines,
                store,
                soFar,
                List.of());
    }

    /** The same refund for the customer of its sale, where the till named none. */
    public Refund of(CustomerDetails buyer) {
        return new Refund(
                position,
                key,
                refundId,
                original,
                originalOrderId,
                buyer,
                returnedAt,
                businessDate,
                amount,
                wholeSale,
                lines,
                store,
                soFar,
                otherOriginals);
    }

    @Override
    public RecordKind kind() {
        return RecordKind.REFUND;
    }

    @Override
    public Instant at() {
        return returnedAt;
    }
}
