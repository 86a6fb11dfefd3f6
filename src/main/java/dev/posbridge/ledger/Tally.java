package dev.posbridge.ledger;

import java.math.BigDecimal;

/** How many records ended, or wait, in one way, and what they come to. */
public record Tally(long records, BigDecimal sales, BigDecimal refunds) {
    public static final Tally NONE = new Tally(0, BigDecimal.ZERO, BigDecimal.ZERO);

    public Tally plus(Tally other) {
        return new Tally(records + other.records, sales.add(other.sales), refunds.add(other.refunds));
    }

    Tally minus(Tally other) {
        return new Tally(records - other.records, sales.subtract(other.sales), refunds.subtract(other.refunds));
    }
}
