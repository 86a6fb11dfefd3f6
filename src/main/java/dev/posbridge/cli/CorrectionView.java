package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.CorrectionBook.Wrong;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.operations.AmountText;
import dev.posbridge.operations.Forecast;
import dev.posbridge.operations.PointsText;
import dev.posbridge.operations.document.Json;
import dev.posbridge.settings.Settings;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What a correction does, before it is done. */
record CorrectionView(Comparison comparison, boolean reverseOnly, Settings settings) {
    private static final int MOST_SHOWN = 5;

    void print(PrintWriter out, String currency) {
        List<Wrong> wrong = wrong();
        out.println("Orders to be taken back" + (reverseOnly ? "" : " and sent as they should have been") + ": "
                + wrong.size());
        if (!wrong.isEmpty()) {
            details(out, currency);
        }
        count(
                out,
                comparison.wrong().size() - wrong.size(),
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
        out.println("  money       " + AmountText.shown(sum(Wrong::was)) + " " + currency + " delivered"
                + (reverseOnly ? "" : ", " + AmountText.shown(sum(Wrong::now)) + " as it should be"));
        if (sum(Wrong::given).signum() > 0) {
            out.println(
                    "  returned    " + AmountText.shown(sum(Wrong::given)) + " " + currency + " of it already"
                            + (reverseOnly
                                    ? ""
                                    : ", which is returned again of the corrected orders, with the amount that the corrected file says"));
        }
        out.println("  points      " + points());
        out.println("  calls       " + refunds() + " refunds, one by one"
                + (reverseOnly ? "" : ", and " + wrong().size() + " orders") + "; about "
                + Forecast.words(time()) + " at our share of the quotas");
        out.println(
                "  not undone  points that customers have spent since (a balance may fall below zero), points and coupons "
                        + "that paid for an order (not spent again), tiers, messages that Gameball sent");
        wrong().stream()
                .limit(MOST_SHOWN)
                .forEach(one -> out.println("    " + one.orderId() + ": " + AmountText.shown(one.was())
                        + (reverseOnly
                                ? ""
                                : one.returns().isEmpty()
                                        ? " -> " + AmountText.shown(one.now())
                                        : ", for the sake of what was returned of it (" + returned(one) + ")")));
        if (wrong().size() > MOST_SHOWN) {
            out.println("    and " + (wrong().size() - MOST_SHOWN) + " more");
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
        root.put("orders", wrong().size());
        root.put("delivered", sum(Wrong::was));
        root.put("corrected", sum(Wrong::now));
        root.put("returnedAlready", sum(Wrong::given));
        root.put("pointsKnown", pointsKnown());
        root.put("ordersWithKnownPoints", knowing());
        root.put("refundCalls", refunds());
        root.put("seconds", time().toSeconds());
        root.put("ordersThatStay", comparison.wrong().size() - wrong().size());
        root.put("superseded", comparison.replaced());
        root.put("unchanged", comparison.unchanged());
        root.put("added", comparison.added());
        root.put("others", comparison.others());
        var refused = root.putArray("refused");
        comparison.refused().forEach(refused::add);
        return root;
    }

    private List<Wrong> wrong() {
        return comparison.wrong().stream().filter(one -> !one.stays()).toList();
    }

    private Duration time() {
        return Forecast.ofCorrection(refunds(), reverseOnly ? 0 : wrong().size(), settings);
    }

    private String points() {
        return knowing() == wrong().size()
                ? PointsText.plain(pointsKnown()) + " were given for them and go back"
                : "those given for them go back: " + PointsText.plain(pointsKnown()) + " for " + knowing()
                        + " orders, unknown for " + (wrong().size() - knowing());
    }

    private long knowing() {
        return wrong().stream().filter(one -> one.points() != null).count();
    }

    private long refunds() {
        return wrong().stream()
                .filter(one -> one.was().compareTo(one.given()) > 0)
                .count();
    }

    private BigDecimal pointsKnown() {
        return wrong().stream().map(Wrong::points).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal sum(Function<Wrong, BigDecimal> what) {
        return wrong().stream().map(what).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
