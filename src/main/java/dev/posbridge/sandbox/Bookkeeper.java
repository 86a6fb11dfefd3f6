package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every effect of a call or of a batch job on the book: all of it or, refused, nothing. */
final class Bookkeeper {
    private final SandboxBook book;
    private final Time time;
    private final BigDecimal pointsPerUnit;

    Bookkeeper(SandboxBook book, Time time, BigDecimal pointsPerUnit) {
        this.book = book;
        this.time = time;
        this.pointsPerUnit = pointsPerUnit;
    }

    /** What a placed order came to. */
    record Placed(Earned earned, long redeemedPoints) {}

    /** Creates the customer where nobody has that id. {@code jobId} 0 means a single call. */
    Placed place(OrderRequest request, long jobId) {
        Earned earned = Earned.by(request, pointsPerUnit);
        synchronized (book) {
            book.orders.checkNew(request.orderId());
            CustomerEntry customer = book.customers.find(request.customerId());
            if (customer != null) {
                checkTime(customer, request.orderDate());
            } else {
                book.customers.checkReferrer(request.referrerCode());
            }
            Holds.Hold hold = request.holdReference() == null
                    ? null
                    : book.holds.active(request.holdReference(), request.customerId(), millis());
            customer = customer == null ? book.customers.create(stamp(), request.customerId(), "order") : customer;
            long redeemed = hold == null ? 0 : hold.points;
            customer.turn++;
            book.orders.add(new OrderEntry(stamp(), request, customer, earned.points(), redeemed, jobId));
            if (hold != null) {
                book.holds.use(hold);
            }
            return new Placed(earned, redeemed);
        }
    }

    RefundEntry refund(RefundRequest request) {
        synchronized (book) {
            book.refunds.checkNew(request.refundId());
            OrderEntry order = book.orders.find(request.orderId());
            if (order == null || !order.customer.customerId.equals(request.customerId())) {
                throw new Refusal(
                        404,
                        9005,
                        "order \"" + request.orderId() + "\" of customer \"" + request.customerId()
                                + "\" is not found");
            }
            BigDecimal amount = Refunds.amount(request, order);
            checkTime(order.customer, request.transactionTime());
            return book.refunds.add(stamp(), request, order, amount);
        }
    }

    /** Creates or updates; answers the customer as it is then. */
    SandboxCustomer save(CustomerRequest request) {
        synchronized (book) {
            CustomerEntry customer = book.customers.find(request.customerId());
            if (customer == null) {
                book.customers.checkReferrer(request.referrerCode());
                customer = book.customers.create(stamp(), request.customerId(), "customer");
            } else {
                customer.updates++;
            }
            customer.take(request);
            return customer.view();
        }
    }

    void record(EventRequest request) {
        synchronized (book) {
            if (book.customers.find(request.customerId()) == null) {
                book.customers.create(stamp(), request.customerId(), "event");
            }
            for (String name : request.names()) {
                Stamp stamp = stamp();
                book.events.add(new SandboxEvent(
                        stamp.sequence(), Instant.ofEpochMilli(stamp.millis()), request.customerId(), name));
            }
        }
    }

    Balance balance(String customerId) {
        synchronized (book) {
            return Balance.of(book.customers.known(customerId));
        }
    }

    Earned wouldEarn(List<Line> lines, BigDecimal totalPaid, BigDecimal totalShipping) {
        return Earned.by(lines, totalPaid, totalShipping, pointsPerUnit);
    }

    /** What changed the customer's points, oldest first. Looks through every order: nobody asks often. */
    List<Activity> activities(String customerId) {
        synchronized (book) {
            CustomerEntry customer = book.customers.known(customerId);
            List<Activity> found = new ArrayList<>();
            book.orders.arrivals.page(0, Integer.MAX_VALUE, order -> order).stream()
                    .filter(order -> order.customer == customer)
                    .forEach(order -> addActivities(order, found));
            found.sort(Comparator.comparingLong(Activity::id));
            return found;
        }
    }

    private static void addActivities(OrderEntry order, List<Activity> found) {
        Instant at = Instant.ofEpochMilli(order.orderMillis);
        long number = Transaction.number(order.sequence);
        if (order.redeemedPoints > 0) {
            found.add(new Activity(number, "Redemption", at, order.customer, order.orderId, order.redeemedPoints));
        }
        if (order.points > 0) {
            found.add(new Activity(number + 1, "PaymentReward", at, order.customer, order.orderId, order.points));
        }
        for (RefundEntry refund = order.lastRefund; refund != null; refund = refund.earlier) {
            found.add(new Activity(
                    Transaction.number(refund.stamp.sequence()),
                    "Refund",
                    refund.request.transactionTime(),
                    order.customer,
                    refund.request.refundId(),
                    refund.points));
        }
    }

    /** The six digits that prove that a customer shows their own app: others after each transaction. */
    String hash(String customerId) {
        synchronized (book) {
            CustomerEntry customer = book.customers.known(customerId);
            long mixed = (customerId.hashCode() * 31L + customer.turn) * 0x9E3779B97F4A7C15L;
            return String.format("%06d", Math.floorMod(mixed >>> 16, 1_000_000));
        }
    }

    /** Empty where no order has that id. */
    List<Transaction> history(String orderId) {
        synchronized (book) {
            OrderEntry order = book.orders.find(orderId);
            return order == null ? List.of() : Transaction.of(order);
        }
    }

    Holds.Hold hold(String customerId, long points, BigDecimal amount) {
        synchronized (book) {
            CustomerEntry customer = book.customers.known(customerId);
            customer.turn++;
            return book.holds.open(customer, "hold-" + book.nextSequence(), points, amount, millis());
        }
    }

    /** A hold and the state it is in now. */
    record HoldState(Holds.Hold hold, Holds.State state) {}

    HoldState holdState(String reference) {
        synchronized (book) {
            Holds.Hold hold = book.holds.known(reference, null);
            return new HoldState(hold, book.holds.state(hold, millis()));
        }
    }

    void release(String reference) {
        synchronized (book) {
            book.holds.release(book.holds.active(reference, null, millis()));
        }
    }

    private static void checkTime(CustomerEntry customer, Instant at) {
        if (customer.hasTransactionAt(at)) {
            throw new Refusal(
                    422,
                    9003,
                    "a transaction of customer \"" + customer.customerId + "\" with time " + at + " exists already");
        }
    }

    private Stamp stamp() {
        return new Stamp(book.nextSequence(), millis());
    }

    private long millis() {
        return time.clock().millis();
    }
}
