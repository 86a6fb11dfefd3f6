package dev.posbridge.vendor.rule;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Rows that say that a customer did something other than buy.
 *
 * @param name Gameball's name of the event
 */
public record EventRule(Heading heading, Template name, Map<String, Template> metadata) implements Rule {
    @Override
    public boolean appliesTo(Row first, Facts facts) {
        return heading.appliesTo(first, facts);
    }

    @Override
    public Event record(Facts facts, List<Row> rows) {
        String key = heading.key().required("key", facts);
        facts.key(key);
        CustomerDetails customer = heading.customer().required(facts);
        return new Event(
                facts.position(),
                key,
                customer,
                heading.at().of(facts).at(),
                name.required("name", facts),
                CustomerPlan.texts(metadata, facts));
    }

    @Override
    public List<RecordKind> keyed() {
        return List.of(RecordKind.EVENT);
    }

    @Override
    public List<Fact> facts() {
        return heading.facts("at").add("name", name).list();
    }

    @Override
    public BigDecimal control(Facts facts, List<Row> rows) {
        return BigDecimal.ZERO;
    }
}
