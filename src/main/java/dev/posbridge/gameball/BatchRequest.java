package dev.posbridge.gameball;

import java.util.List;

/**
 * Body of every batch call: customers, orders, events, balance inquiries, and for {@code batch/orders/transactions} the
 * order ids themselves.
 */
public record BatchRequest<T>(List<T> body) {
    /** Objects in one call, at most. */
    public static final int LARGEST = 1_000;

    public BatchRequest {
        body = List.copyOf(body);
        if (body.isEmpty() || body.size() > LARGEST) {
            throw new IllegalArgumentException("a batch has 1 to " + LARGEST + " objects, not " + body.size());
        }
    }
}
