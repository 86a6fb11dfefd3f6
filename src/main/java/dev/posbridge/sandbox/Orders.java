package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The orders of the book. Guarded by the book's lock. */
final class Orders {
    final Arrivals<OrderEntry> arrivals = new Arrivals<>();
    private final Map<String, OrderEntry> byId = new HashMap<>();
    final Repeats repeats = new Repeats();
    BigDecimal totalPaid = BigDecimal.ZERO;

    /** Null where no order has that id; ids are case-sensitive. */
    OrderEntry find(String orderId) {
        return byId.get(orderId);
    }

    /** Refuses (422, code 9004) an id that was used before, and counts the attempt. */
    void checkNew(String orderId) {
        OrderEntry known = byId.get(orderId);
        if (known != null) {
            known.repeats++;
            repeats.add(orderId);
            throw new Refusal(422, 9004, "a transaction with id \"" + orderId + "\" exists already");
        }
    }

    void add(OrderEntry order) {
        byId.put(order.orderId, order);
        arrivals.add(order);
        order.customer.orders++;
        order.customer.points += order.points;
        order.customer.earned += order.points;
        order.customer.addTransactionAt(order.orderMillis);
        totalPaid = totalPaid.add(order.totalPaid);
    }

    void clear() {
        byId.clear();
        arrivals.clear();
        repeats.clear();
        totalPaid = BigDecimal.ZERO;
    }
}
