package dev.posbridge.cli;

import dev.posbridge.ledger.Tally;
import dev.posbridge.operations.AmountText;
import java.util.ArrayList;
import java.util.List;

/** What dead records come to, as people are told it: money that nobody can read counts as 0.00, and that is said. */
final class DeadMoney {
    private DeadMoney() {}

    /** {@code 20.00 GBP sold, 10.00 GBP given back, 1 without a total}; empty where there are no records. */
    static String words(Tally dead, long withoutTotal, String currency) {
        List<String> parts = new ArrayList<>();
        if (dead.sales().signum() != 0) {
            parts.add(AmountText.shown(dead.sales()) + ' ' + currency + " sold");
        }
        if (dead.refunds().signum() != 0) {
            parts.add(AmountText.shown(dead.refunds()) + ' ' + currency + " given back");
        }
        if (withoutTotal > 0) {
            parts.add(withoutTotal + " without a total");
        }
        return String.join(", ", parts);
    }

    /** A sentence below a report's sums; empty where all dead records have a total. */
    static String note(long withoutTotal) {
        if (withoutTotal == 0) {
            return "";
        }
        return withoutTotal == 1
                ? "Of the dead, 1 counts as 0.00: it has no total, or none that can be read."
                : "Of the dead, " + withoutTotal + " count as 0.00: they have no total, or none that can be read.";
    }
}
