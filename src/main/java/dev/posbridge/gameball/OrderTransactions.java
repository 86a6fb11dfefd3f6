package dev.posbridge.gameball;

import java.util.List;

/**
 * Answer to {@code GET orders/{orderId}/transactions}. A transaction confirms the order; an empty list refutes nothing,
 * it is also seen for orders that earned no points.
 */
public record OrderTransactions(List<OrderTransaction> transactions) implements Answer {
    @Override
    public boolean complete() {
        return transactions != null;
    }
}
