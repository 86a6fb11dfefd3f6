package dev.posbridge.checkout;

import dev.posbridge.gameball.HoldMeasure;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.Profile;
import java.time.Duration;

/** What a till asks, read and valid. */
sealed interface Request {
    /** Whom it is about, or null. */
    default CustomerDetails customer() {
        return null;
    }

    /**
     * What every request may say.
     *
     * @param deadline how long the till waits, or null: as long as the settings say
     */
    record Read(Request request, Duration deadline) {}

    /** @param detailed whether there is more than the id and what merges customers */
    record Identify(CustomerDetails customer, boolean detailed) implements Request {}

    record AskBalance(CustomerDetails customer) implements Request {}

    /** @param passwordOnly true: have the customer sent a one-time password, hold nothing yet */
    record Hold(CustomerDetails customer, HoldMeasure measure, String otp, String hash, boolean passwordOnly)
            implements Request {}

    record Release(CustomerDetails customer, String holdReference) implements Request {}

    /** @param sale whose key and order id mean nothing */
    record Preview(Sale sale) implements Request {
        @Override
        public CustomerDetails customer() {
            return sale.customer();
        }
    }

    /** @param posRecord a sale or a refund */
    record Receipt(PosRecord posRecord, Profile profile) implements Request {
        @Override
        public CustomerDetails customer() {
            return posRecord.customer();
        }
    }

    record Details(String orderId) implements Request {}

    /** @param query what follows the question mark of the call */
    record History(CustomerDetails customer, String query) implements Request {}

    record Tell(Event event) implements Request {
        @Override
        public CustomerDetails customer() {
            return event.customer();
        }
    }

    /** The customer was referred by whom {@code customer.referrerCode} names. */
    record Refer(CustomerDetails customer) implements Request {}
}
