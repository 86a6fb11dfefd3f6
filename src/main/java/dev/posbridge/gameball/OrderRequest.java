package dev.posbridge.gameball;

import dev.posbridge.pos.Redemption;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Body of {@code POST orders}; also an element of {@code batch/orders}, for which Gameball documents neither
 * {@code email} nor {@code mobile}: accounts that merge customers take orders one by one.
 *
 * @param totalPaid earns the points
 * @param totalPrice before discounts
 * @param guest true for an anonymous receipt, else null
 */
public record OrderRequest(
        String customerId,
        String email,
        String mobile,
        String orderId,
        Instant orderDate,
        BigDecimal totalPaid,
        BigDecimal totalPrice,
        BigDecimal totalDiscount,
        BigDecimal totalTax,
        BigDecimal totalShipping,
        List<Product> lineItems,
        RedemptionReference redemption,
        Map<String, String> extra,
        Merchant merchant,
        Boolean guest,
        String channel,
        CashbackConfigurations cashbackConfigurations) {

    /** What was redeemed with the sale. A hold lives about ten minutes. */
    public record RedemptionReference(
            String pointsHoldReference, String couponsLockReference, List<String> couponCodes) {
        static RedemptionReference of(Redemption redemption) {
            if (redemption == null) {
                return null;
            }
            List<String> codes = redemption.couponCodes();
            return new RedemptionReference(
                    redemption.pointsHoldReference(),
                    redemption.couponsLockReference(),
                    codes.isEmpty() ? null : codes);
        }
    }

    /** @param returnWindow days the points stay pending, 0 to 7300 */
    public record CashbackConfigurations(int returnWindow) {}

    /** Whether it says no more than Gameball documents for {@code batch/orders}. */
    public boolean saysOnlyWhatIsDocumented() {
        return Stream.of(
                        email,
                        mobile,
                        totalPrice,
                        totalDiscount,
                        totalTax,
                        totalShipping,
                        lineItems,
                        redemption,
                        extra,
                        merchant,
                        guest,
                        channel,
                        cashbackConfigurations)
                .allMatch(Objects::isNull);
    }

    /** The same order without what was redeemed: the hold is gone when a night's file comes. */
    public OrderRequest withoutRedemption() {
        return new OrderRequest(
                customerId,
                email,
                mobile,
                orderId,
                orderDate,
                totalPaid,
                totalPrice,
                totalDiscount,
                totalTax,
                totalShipping,
                lineItems,
                null,
                extra,
                merchant,
                guest,
                channel,
                cashbackConfigurations);
    }
}
