package dev.posbridge.ledger;

import java.math.BigDecimal;

/**
 * Points of what was delivered, as far as Gameball told them: its answer to a batch names none, and then they are unknown, not
 * none.
 *
 * @param earned by sales, takenBack by refunds, whose points are known
 * @param salesUnknown delivered sales whose points nobody told, refundsUnknown the same of refunds
 */
public record Points(BigDecimal earned, BigDecimal takenBack, long salesUnknown, long refundsUnknown) {
    public static final Points NONE = new Points(BigDecimal.ZERO, BigDecimal.ZERO, 0, 0);

    static Points ofSales(BigDecimal earned, long unknown) {
        return new Points(earned, BigDecimal.ZERO, unknown, 0);
    }

    static Points ofRefunds(BigDecimal takenBack, long unknown) {
        return new Points(BigDecimal.ZERO, takenBack, 0, unknown);
    }

    Points plus(Points other) {
        return new Points(
                earned.add(other.earned),
                takenBack.add(other.takenBack),
                salesUnknown + other.salesUnknown,
                refundsUnknown + other.refundsUnknown);
    }

    /** Whether both are the same, with however many zeros each database writes them. */
    boolean agree(Points other) {
        return earned.compareTo(other.earned) == 0
                && takenBack.compareTo(other.takenBack) == 0
                && salesUnknown == other.salesUnknown
                && refundsUnknown == other.refundsUnknown;
    }

    /** Whether those of all that was delivered are known. */
    public boolean areKnown() {
        return salesUnknown == 0 && refundsUnknown == 0;
    }
}
