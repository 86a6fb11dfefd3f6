package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;

/** A refund as held; refunds of one order are chained, the last one first. Guarded by the book's lock. */
final class RefundEntry {
    final Stamp stamp;
    final RefundRequest request;
    final OrderEntry order;
    final BigDecimal amount;
    final long points;
    final RefundEntry earlier;
    int repeats;

    RefundEntry(Stamp stamp, RefundRequest request, OrderEntry order, BigDecimal amount, long points) {
        this.stamp = stamp;
        this.request = request;
        this.order = order;
        this.amount = amount;
        this.points = points;
        this.earlier = order.lastRefund;
    }

    SandboxRefund view() {
        return new SandboxRefund(
                stamp.sequence(),
                Instant.ofEpochMilli(stamp.millis()),
                request.refundId(),
                order.orderId,
                order.customer.customerId,
                request.transactionTime(),
                amount,
                points,
                request.lines(),
                repeats);
    }
}
