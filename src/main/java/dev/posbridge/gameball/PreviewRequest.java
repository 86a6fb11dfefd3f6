package dev.posbridge.gameball;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Body of {@code POST orders/reward-preview}: an order that is not placed. */
public record PreviewRequest(
        String customerId,
        String email,
        String mobile,
        BigDecimal totalPaid,
        BigDecimal totalPrice,
        BigDecimal totalDiscount,
        BigDecimal totalTax,
        BigDecimal totalShipping,
        List<Product> lineItems,
        Map<String, String> extra,
        Merchant merchant,
        String channel) {

    static PreviewRequest of(OrderRequest order) {
        return new PreviewRequest(
                order.customerId(),
                order.email(),
                order.mobile(),
                order.totalPaid(),
                order.totalPrice(),
                order.totalDiscount(),
                order.totalTax(),
                order.totalShipping(),
                order.lineItems(),
                order.extra(),
                order.merchant(),
                order.channel());
    }

    PreviewRequest withoutCustomer() {
        return new PreviewRequest(
                null,
                null,
                null,
                totalPaid,
                totalPrice,
                totalDiscount,
                totalTax,
                totalShipping,
                lineItems,
                extra,
                merchant,
                channel);
    }
}
