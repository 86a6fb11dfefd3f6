package dev.posbridge.operations;

import dev.posbridge.Count;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.CorrectionBook.Wrong;
import dev.posbridge.settings.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What a correction comes to before it is done, in numbers. */
public record CorrectionFigures(Comparison comparison, boolean reverseOnly, Settings settings) {
    /** What nobody can take back. */
    public static final String NOT_UNDONE =
            "points that customers have spent since (a balance may fall below zero), points and coupons "
                    + "that paid for an order (not spent again), tiers, messages that Gameball sent";

    /** Orders that are taken back. */
    public List<Wrong> wrong() {
        return comparison.wrong().stream().filter(one -> !one.stays()).toList();
    }

    /** Orders that stay, of which is returned what did not arrive as it was said first. */
    public int staying() {
        return comparison.wrong().size() - wrong().size();
    }

    /** How long it takes at our share of the quotas. */
    public Duration time() {
        return Forecast.ofCorrection(refunds(), reverseOnly ? 0 : wrong().size(), settings);
    }

    /** The points that go back, as a person reads them. */
    public String points() {
        return knowing() == wrong().size()
                ? PointsText.plain(pointsKnown()) + " were given for them and go back"
                        + (given().signum() > 0 ? ", unless a return took them back already" : "")
                : "those given for them go back: " + PointsText.plain(pointsKnown()) + " for "
                        + Count.of(knowing(), "order") + ", unknown for " + (wrong().size() - knowing());
    }

    /** Orders of which it is known what points they gave. */
    public long knowing() {
        return wrong().stream().filter(one -> one.points() != null).count();
    }

    public BigDecimal pointsKnown() {
        return wrong().stream().map(Wrong::points).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Orders of which something is left to give back. */
    public long refunds() {
        return wrong().stream()
                .filter(one -> one.was().compareTo(one.given()) > 0)
                .count();
    }

    public BigDecimal delivered() {
        return sum(Wrong::was);
    }

    public BigDecimal corrected() {
        return sum(Wrong::now);
    }

    public BigDecimal given() {
        return sum(Wrong::given);
    }

    private BigDecimal sum(Function<Wrong, BigDecimal> what) {
        return wrong().stream().map(what).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
