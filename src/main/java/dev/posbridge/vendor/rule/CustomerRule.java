package dev.posbridge.vendor.rule;

import dev.posbridge.pos.CustomerUpdate;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.util.List;

/** Rows of customer files. */
public record CustomerRule(Heading heading) implements Rule {
    @Override
    public boolean appliesTo(Row first, Facts facts) {
        return heading.appliesTo(first, facts);
    }

    @Override
    public CustomerUpdate record(Facts facts, List<Row> rows) {
        return new CustomerUpdate(
                facts.position(),
                heading.customer().required(facts),
                heading.at() == null ? facts.openedAt() : heading.at().of(facts).at());
    }

    @Override
    public List<Fact> facts() {
        return heading.facts("at").list();
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        return BigDecimal.ZERO;
    }
}
