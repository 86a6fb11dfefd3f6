package dev.posbridge.vendor.value;

import java.util.function.IntConsumer;

/** Several values as one: store and till, by which a look-up file is asked; "" where one of them is blank. */
public record Composed(String name, Template template) implements Source {
    @Override
    public String of(Facts facts) {
        String made = template.of(facts);
        return made == null ? "" : made;
    }

    /** Its parts are what a till wrote; {@code 07.12} made of store and till is no number with decimals. */
    @Override
    public String mangled(String id, Facts facts) {
        return template.mangled(facts);
    }

    @Override
    public int column(Facts facts) {
        return template.column(facts);
    }

    @Override
    public void columns(IntConsumer each) {
        template.columns(each);
    }
}
