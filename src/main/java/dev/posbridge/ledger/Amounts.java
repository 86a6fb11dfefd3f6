package dev.posbridge.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as the ledger keeps them: whole ten-thousandths of the currency's unit, exact for every ISO currency. */
public final class Amounts {
    private static final int SCALE = 4;

    private Amounts() {}

    public static long stored(BigDecimal amount) {
        // Without a BigInteger: every record has an amount.
        return amount.setScale(SCALE, RoundingMode.HALF_UP)
                .movePointRight(SCALE)
                .longValueExact();
    }

    /** The amount with at least two digits after the point. */
    public static BigDecimal amount(long stored) {
        BigDecimal exact = BigDecimal.valueOf(stored, SCALE).stripTrailingZeros();
        return exact.scale() < 2 ? exact.setScale(2) : exact;
    }
}
