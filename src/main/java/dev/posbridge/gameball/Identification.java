package dev.posbridge.gameball;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;

/** Who a call is about: the customer's id and, where the account merges customers, the identifier it merges by. */
record Identification(Merging merging) {

    String id(CustomerDetails customer, Position position) {
        if (customer == null || customer.id().isBlank()) {
            throw new RecordRejectedException(
                    position, Reason.CUSTOMER_MISSING, "no customer id. " + Reason.CUSTOMER_MISSING.remedy());
        }
        return customer.id();
    }

    /** Null where the account does not merge by e-mail. */
    String email(CustomerDetails customer, Position position) {
        return merging == Merging.EMAIL ? required(customer.email(), position) : null;
    }

    /** Null where the account does not merge by mobile number. */
    String mobile(CustomerDetails customer, Position position) {
        return merging == Merging.MOBILE ? required(customer.mobile(), position) : null;
    }

    private String required(String identifier, Position position) {
        if (identifier == null || identifier.isBlank()) {
            throw new RecordRejectedException(
                    position,
                    Reason.VALUE_MISSING,
                    "the customer has no " + merging.word()
                            + ", expected one on every record because posbridge.account.merging is \"" + merging.word()
                            + "\". Fill in the value and replay, or map it in the profile.");
        }
        return identifier;
    }
}
