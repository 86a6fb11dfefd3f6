package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.Count;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.CorrectionBook.Wrong;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.CorrectionFigures;
import dev.posbridge.operations.Forecast;
import dev.posbridge.operations.document.Json;
import java.io.PrintWriter;
import java.util.List;

/** What a correction does, before it is done. */
record CorrectionView(CorrectionFigures figures) {
    private static final int MOST_SHOWN = 5;

    void print(PrintWriter out, String currency) {
        List<Wrong> wrong = figures.wrong();
        Comparison comparison = figures.comparison();
        out.println("Orders to be taken back" + (figures.reverseOnly() ? "" : " and sent as they should have been")
                + ": " + wrong.size());
        if (!wrong.isEmpty()) {
            details(out, currency);
        }
        count(
                out,
                figures.staying(),
                "Orders that stay, of which is returned what did not arrive as it was said first: ");
        if (comparison.replaced() > 0) {
            out.println("Not sent yet, the newer takes the place (superseded): " + comparison.replaced() + ", "
                    + AmountText.shown(comparison.replacedMoney()) + " " + currency);
        }
        count(out, comparison.unchanged(), "The same as before (duplicate): ");
        count(out, comparison.added(), "New, delivered as any other: ");
        count(out, comparison.others(), "Delivered by another file and different, so dead letters: ");
        comparison.refused().stream().limit(MOST_SHOWN).forEach(problem -> out.println("Not corrected: " + problem));
    }

    private void details(PrintWriter out, String currency) {
        out.println("  money       " + AmountText.shown(figures.delivered()) + " " + currency + " delivered"
                + (figures.reverseOnly() ? "" : ", " + AmountText.shown(figures.corrected()) + " as it should be"));
        if (figures.given().signum() > 0) {
            out.println(
                    "  returned    " + AmountText.shown(figures.given()) + " " + currency + " of it already"
                            + (figures.reverseOnly()
                                    ? ""
                                    : ", which is returned again of the corrected orders, with the amount that the corrected file says"));
        }
        out.println("  points      " + figures.points());
        out.println("  calls       " + Count.of(figures.refunds(), "refund") + ", one by one"
                + (figures.reverseOnly()
                        ? ""
                        : ", and " + Count.of(figures.wrong().size(), "order"))
                + (figures.given().signum() > 0 && !figures.reverseOnly()
                        ? ", besides those of what is returned again"
                        : "")
                + "; about "
                + Forecast.words(figures.time()) + " at our share of the quotas");
        out.println("  not undone  " + CorrectionFigures.NOT_UNDONE);
        figures.wrong().stream()
                .limit(MOST_SHOWN)
                .forEach(one -> out.println("    " + one.orderId() + ": " + AmountText.shown(one.was())
                        + (figures.reverseOnly()
                                ? ""
                                : one.returns().isEmpty()
                                        ? " -> " + AmountText.shown(one.now())
                                        : ", for the sake of what was returned of it (" + returned(one) + ")")));
        if (figures.wrong().size() > MOST_SHOWN) {
            out.println("    and " + (figures.wrong().size() - MOST_SHOWN) + " more");
        }
    }

    private static String returned(Wrong one) {
        return String.join(", ", one.returns().stream().limit(MOST_SHOWN).toList())
                + (one.returns().size() > MOST_SHOWN ? ", ..." : "");
    }

    private static void count(PrintWriter out, long count, String what) {
        if (count > 0) {
            out.println(what + count);
        }
    }

    ObjectNode node(LedgerAccount account) {
        ObjectNode root = Json.about(account);
        root.put("orders", figures.wrong().size());
        root.put("delivered", figures.delivered());
        root.put("corrected", figures.corrected());
        root.put("returnedAlready", figures.given());
        root.put("pointsKnown", figures.pointsKnown());
        root.put("ordersWithKnownPoints", figures.knowing());
        root.put("refundCalls", figures.refunds());
        root.put("seconds", figures.time().toSeconds());
        root.put("ordersThatStay", figures.staying());
        Comparison comparison = figures.comparison();
        root.put("superseded", comparison.replaced());
        root.put("unchanged", comparison.unchanged());
        root.put("added", comparison.added());
        root.put("others", comparison.others());
        var refused = root.putArray("refused");
        comparison.refused().forEach(refused::add);
        return root;
    }
}
