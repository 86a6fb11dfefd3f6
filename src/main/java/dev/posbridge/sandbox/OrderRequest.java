package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An order as it was sent, checked; {@code totalDiscount}, {@code totalShipping} and {@code holdReference} may be null. */
record OrderRequest(
        String customerId,
        String orderId,
        Instant orderDate,
        BigDecimal totalPaid,
        BigDecimal totalDiscount,
        BigDecimal totalShipping,
        List<Line> lines,
        String holdReference,
        String referrerCode,
        String branch) {
    private static final Set<String> KNOWN =
            Set.of(("customerId orderId orderDate totalPaid email mobile totalPrice totalDiscount "
                            + "totalShipping totalTax lineItems redemption extra merchant guest channel cartId "
                            + "cashbackConfigurations referrerCode")
                    .split(" "));
    private static final Set<String> REDEMPTION = Set.of("pointsHoldReference", "couponsLockReference", "couponCodes");

    static OrderRequest read(Fields fields) {
        fields.only(KNOWN);
        fields.text("email");
        fields.text("mobile");
        fields.text("cartId");
        fields.amount("totalPrice");
        fields.amount("totalTax");
        fields.flag("guest");
        fields.flat("extra");
        fields.channel();
        Fields cashback = fields.object("cashbackConfigurations");
        if (cashback != null) {
            cashback.only(Set.of("returnWindow")).whole("returnWindow", 0, 7300);
        }
        return new OrderRequest(
                fields.requiredText("customerId"),
                fields.requiredText("orderId"),
                fields.requiredTime("orderDate"),
                fields.requiredAmount("totalPaid"),
                fields.amount("totalDiscount"),
                fields.amount("totalShipping"),
                Line.readAll(fields),
                holdReference(fields),
                fields.text("referrerCode"),
                Merchant.branch(fields));
    }

    private static String holdReference(Fields fields) {
        Fields redemption = fields.object("redemption");
        if (redemption == null) {
            return null;
        }
        redemption.only(REDEMPTION).texts("couponCodes");
        redemption.text("couponsLockReference");
        return redemption.text("pointsHoldReference");
    }
}
