package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Points set aside until an order redeems them, or ten minutes pass. Guarded by the book's lock. */
final class Holds {
    private static final long LIFE_MILLIS = Duration.ofMinutes(10).toMillis();

    enum State {
        ACTIVE,
        USED,
        RELEASED,
        EXPIRED
    }

    static final class Hold {
        final String reference;
        final CustomerEntry customer;
        final long points;
        final BigDecimal amount;
        final long expiresMillis;
        private State state = State.ACTIVE;

        private Hold(String reference, CustomerEntry customer, long points, BigDecimal amount, long expiresMillis) {
            this.reference = reference;
            this.customer = customer;
            this.points = points;
            this.amount = amount;
            this.expiresMillis = expiresMillis;
        }

        /** Ends the hold once; a hold whose time has passed becomes expired whatever was asked. */
        private void end(State end) {
            if (state == State.ACTIVE) {
                state = end;
                customer.held -= points;
            }
        }
    }

    private final Map<String, Hold> byReference = new HashMap<>();

    Hold open(CustomerEntry customer, String reference, long points, BigDecimal amount, long nowMillis) {
        byReference.values().stream().filter(hold -> hold.customer == customer).forEach(hold -> state(hold, nowMillis));
        if (points > customer.points - customer.held) {
            throw new Refusal(
                    422, 9008, "points to hold: " + points + ", available: " + (customer.points - customer.held));
        }
        Hold hold = new Hold(reference, customer, points, amount, nowMillis + LIFE_MILLIS);
        customer.held += points;
        byReference.put(reference, hold);
        return hold;
    }

    /** Refuses (404, code 9006) what was never held, or is another customer's. */
    Hold known(String reference, String customerId) {
        Hold hold = byReference.get(reference);
        if (hold == null || customerId != null && !hold.customer.customerId.equals(customerId)) {
            throw gone(reference);
        }
        return hold;
    }

    State state(Hold hold, long nowMillis) {
        if (hold.state == State.ACTIVE && nowMillis >= hold.expiresMillis) {
            hold.end(State.EXPIRED);
        }
        return hold.state;
    }

    /** Refuses (404, code 9006) a hold that has ended before. */
    Hold active(String reference, String customerId, long nowMillis) {
        Hold hold = known(reference, customerId);
        if (state(hold, nowMillis) != State.ACTIVE) {
            throw gone(reference);
        }
        return hold;
    }

    void use(Hold hold) {
        hold.end(State.USED);
        hold.customer.points -= hold.points;
    }

    void release(Hold hold) {
        hold.end(State.RELEASED);
    }

    void clear() {
        byReference.clear();
    }

    private static Refusal gone(String reference) {
        return new Refusal(404, 9006, "hold \"" + reference + "\" is not found, used or expired");
    }
}
