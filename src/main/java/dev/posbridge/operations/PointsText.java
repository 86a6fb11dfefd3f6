package dev.posbridge.operations;

import dev.posbridge.ledger.Points;
import java.math.BigDecimal;

/** Points as people and programs are told them: what nobody told us is unknown, and never 0. */
public final class PointsText {
    private static final String HOW_TO_ASK = "posbridge reconcile asks Gameball";

    private PointsText() {}

    /** {@code Points: 20 earned, 10 taken back.}, and of how many records they are unknown. */
    public static String line(Points points) {
        String line = "Points: " + part(points.earned(), points.salesUnknown(), "sales") + " earned, "
                + part(points.takenBack(), points.refundsUnknown(), "refunds") + " taken back.";
        return points.areKnown()
                ? line
                : line + " Unknown is what Gameball did not tell, as of all that went by batch; " + HOW_TO_ASK + '.';
    }

    private static String part(BigDecimal known, long unknown, String records) {
        if (unknown == 0) {
            return plain(known);
        }
        String of = " (of " + unknown + ' ' + records + ')';
        return known.signum() == 0 ? "unknown" + of : plain(known) + " and unknown" + of;
    }

    /** The sum; null where of nothing in it the points are known. */
    public static BigDecimal known(BigDecimal sum, long unknown) {
        return unknown > 0 && sum.signum() == 0 ? null : sum;
    }

    /** The same as a cell of a table. */
    public static String cell(BigDecimal sum, long unknown) {
        BigDecimal known = known(sum, unknown);
        return known == null ? "unknown" : plain(known);
    }

    /** Of one delivered record. */
    public static String ofRecord(BigDecimal points) {
        return points == null ? "unknown (Gameball did not tell; " + HOW_TO_ASK + ')' : plain(points);
    }

    /** As few digits as it takes. */
    public static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
