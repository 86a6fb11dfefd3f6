package dev.posbridge.pos;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A receipt that sold something; becomes an order at Gameball.
 *
 * @param orderId the order's id, unique for ever in the account (default {@code identity-key})
 * @param businessDate the trading day the store booked it on; may differ from the calendar day of {@code soldAt}
 * @param totalPaid what was paid, tax, discounts and shipping included; earns the points
 * @param totalPrice before discounts; null where the till does not say, as the three that follow
 * @param store null where the file does not say
 * @param channel one of mobile, pos, web, callcenter; null leaves Gameball's default
 * @param redemption points hold or coupons used with this sale; null for none
 */
public record Sale(
        Position position,
        String key,
        String orderId,
        CustomerDetails customer,
        Instant soldAt,
        LocalDate businessDate,
        Money totalPaid,
        Money totalPrice,
        Money totalDiscount,
        Money totalTax,
        Money totalShipping,
        List<LineItem> lines,
        Store store,
        String channel,
        Redemption redemption,
        Map<String, String> extra)
        implements PosRecord {

    public Sale {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(soldAt, "soldAt");
        Objects.requireNonNull(businessDate, "businessDate");
        Objects.requireNonNull(totalPaid, "totalPaid");
        lines = lines == null ? List.of() : List.copyOf(lines);
        extra = extra == null ? Map.of() : Map.copyOf(extra);
    }

    /** The same sale to another buyer. */
    public Sale to(CustomerDetails buyer) {
        return copy(orderId, buyer, redemption, extra);
    }

    /** The same sale under another order id; what was redeemed with it is spent. */
    public Sale revisedAs(String otherOrderId) {
        return copy(otherOrderId, customer, null, extra);
    }

    /** What was sold, and nothing of whom to. */
    public Sale ofNobody() {
        return copy(orderId, null, null, null);
    }

    private Sale copy(
            String itsOrderId, CustomerDetails buyer, Redemption itsRedemption, Map<String, String> itsExtra) {
        return new Sale(
                position,
                key,
                itsOrderId,
                buyer,
                soldAt,
                businessDate,
                totalPaid,
                totalPrice,
                totalDiscount,
                totalTax,
                totalShipping,
                lines,
                store,
                channel,
                itsRedemption,
                itsExtra);
    }

    @Override
    public RecordKind kind() {
        return RecordKind.SALE;
    }

    @Override
    public Instant at() {
        return soldAt;
    }
}
