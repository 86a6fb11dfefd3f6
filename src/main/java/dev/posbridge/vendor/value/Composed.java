package dev.posbridge.vendor.value;

import java.util.function.IntConsumer;

/** Several values as one: store and till, by which a look-up file is asked; "" where one of them is blank. */
public record Composed(String name, Template template) implements Source {
    @Override
    public String of(Facts facts) {
        String made = template.of(facts);
        return made == null ? "" : made;
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
