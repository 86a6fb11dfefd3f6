package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the sandbox holds: the truth that a test compares with. Safe for any thread; answers are copies as of now. One
 * lock guards everything: an effect takes about a microsecond, and calls and batch jobs must not see half of one.
 */
public final class SandboxBook {
    final Customers customers = new Customers();
    final Orders orders = new Orders();
    final Refunds refunds = new Refunds();
    final Holds holds = new Holds();
    final Arrivals<SandboxEvent> events = new Arrivals<>();
    private long sequence;

    SandboxBook() {}

    public List<SandboxOrder> orders() {
        return orders(0, Integer.MAX_VALUE);
    }

    public List<SandboxRefund> refunds() {
        return refunds(0, Integer.MAX_VALUE);
    }

    public List<SandboxCustomer> customers() {
        return customers(0, Integer.MAX_VALUE);
    }

    public List<SandboxEvent> events() {
        return events(0, Integer.MAX_VALUE);
    }

    public synchronized Optional<SandboxOrder> order(String orderId) {
        return Optional.ofNullable(orders.find(orderId)).map(OrderEntry::view);
    }

    public synchronized Optional<SandboxCustomer> customer(String customerId) {
        return Optional.ofNullable(customers.find(customerId)).map(CustomerEntry::view);
    }

    /** Counts and sums, taken at one instant. */
    public synchronized Totals totals() {
        return new Totals(
                orders.arrivals.size(),
                refunds.arrivals.size(),
                customers.arrivals.size(),
                events.size(),
                orders.totalPaid,
                refunds.total,
                customers.points(),
                orders.repeats.count(),
                orders.repeats.ids(),
                refunds.repeats.count(),
                refunds.repeats.ids());
    }

    synchronized void deleteCustomer(String customerId) {
        customers.delete(customerId);
    }

    /** Forgets everything. */
    public synchronized void clear() {
        customers.clear();
        orders.clear();
        refunds.clear();
        holds.clear();
        events.clear();
        sequence = 0;
    }

    /**
     * Counts and sums of what the sandbox holds.
     *
     * @param points the balances of all customers together
     * @param repeatedOrders how often an order id came again and was refused with 9004; refunds likewise
     * @param repeatedOrderIds the first hundred of these ids
     */
    public record Totals(
            int orders,
            int refunds,
            int customers,
            int events,
            BigDecimal totalPaid,
            BigDecimal totalRefunded,
            long points,
            long repeatedOrders,
            List<String> repeatedOrderIds,
            long repeatedRefunds,
            List<String> repeatedRefundIds) {}

    synchronized long nextSequence() {
        return ++sequence;
    }

    synchronized List<SandboxOrder> orders(int from, int limit) {
        return orders.arrivals.page(from, limit, OrderEntry::view);
    }

    synchronized List<SandboxRefund> refunds(int from, int limit) {
        return refunds.arrivals.page(from, limit, RefundEntry::view);
    }

    synchronized List<SandboxCustomer> customers(int from, int limit) {
        return customers.arrivals.page(from, limit, CustomerEntry::view);
    }

    synchronized List<SandboxEvent> events(int from, int limit) {
        return events.page(from, limit, event -> event);
    }
}
