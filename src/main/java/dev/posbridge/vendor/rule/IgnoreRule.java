package dev.posbridge.vendor.rule;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.util.List;

/** Receipts that are known and left out: what no rule knows is a fault, what this one knows is counted by its reason. */
public record IgnoreRule(Condition when, Reason ignored) implements Rule {
    @Override
    public boolean appliesTo(Row first, Facts facts) {
        return when == null || when.holds(first, facts);
    }

    @Override
    public Heading heading() {
        return new Heading(when, null, null, null);
    }

    @Override
    public List<Fact> facts() {
        return List.of();
    }

    @Override
    public PosRecord record(Facts facts, List<Row> rows) {
        throw new IllegalStateException("receipts of this kind become nothing");
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        return BigDecimal.ZERO;
    }
}
