package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;

/** An order as held, about 250 bytes with its places in the book: guarded by the book's lock. */
final class OrderEntry {
    final long sequence;
    final long arrivedMillis;
    final String orderId;
    final CustomerEntry customer;
    /** Milliseconds: that is how precisely times are compared, and an Instant each would cost 24 MB a million. */
    final long orderMillis;

    final BigDecimal totalPaid;
    final long points;
    final long redeemedPoints;
    /** What points paid for, where they paid for all of it; else zero. */
    final BigDecimal paidByPoints;

    final String branch;
    final int lines;
    final long jobId;
    BigDecimal refunded = BigDecimal.ZERO;
    long refundedPoints;
    RefundEntry lastRefund;
    int repeats;

    OrderEntry(
            Stamp stamp, OrderRequest request, CustomerEntry customer, long points, long redeemedPoints, long jobId) {
        this.sequence = stamp.sequence();
        this.arrivedMillis = stamp.millis();
        this.orderId = request.orderId();
        this.customer = customer;
        this.orderMillis = request.orderDate().toEpochMilli();
        this.totalPaid = request.totalPaid();
        this.points = points;
        this.redeemedPoints = redeemedPoints;
        boolean allByPoints = redeemedPoints > 0 && totalPaid.signum() == 0 && request.totalDiscount() != null;
        this.paidByPoints = allByPoints ? request.totalDiscount() : BigDecimal.ZERO;
        this.branch = request.branch();
        this.lines = request.lines().size();
        this.jobId = jobId;
    }

    BigDecimal left() {
        return totalPaid.add(paidByPoints).subtract(refunded);
    }

    SandboxOrder view() {
        return new SandboxOrder(
                sequence,
                Instant.ofEpochMilli(arrivedMillis),
                orderId,
                customer.customerId,
                Instant.ofEpochMilli(orderMillis),
                totalPaid,
                refunded,
                points,
                redeemedPoints,
                branch,
                lines,
                jobId == 0 ? null : jobId,
                repeats);
    }
}
