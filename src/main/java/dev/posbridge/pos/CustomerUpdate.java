package dev.posbridge.pos;

import java.time.Instant;
import java.util.Objects;

/** A row of a customer file: the customer's id is the key, the latest position wins, always an upsert. */
public record CustomerUpdate(Position position, CustomerDetails customer, Instant at) implements PosRecord {
    public CustomerUpdate {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(at, "at");
    }

    @Override
    public RecordKind kind() {
        return RecordKind.CUSTOMER;
    }

    @Override
    public String key() {
        return customer.id();
    }
}
