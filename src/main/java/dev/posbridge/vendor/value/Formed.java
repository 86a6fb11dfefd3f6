package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * Another value of which the profile says what it looks like: what else stands there is no id, and what looks so is one,
 * though elsewhere it would be a cashier's dummy or a number that a spreadsheet mangled.
 */
public record Formed(Source from, Pattern form) implements Source {
    @Override
    public String name() {
        return from.name();
    }

    @Override
    public String of(Facts facts) {
        return from.of(facts);
    }

    @Override
    public String mangled(String id, Facts facts) {
        return vouches(id) ? null : from.mangled(id, facts);
    }

    @Override
    public boolean vouches(String id) {
        return form.matcher(id).matches();
    }

    @Override
    public String unfit(String value) {
        String before = from.unfit(value);
        return before != null || value.isEmpty() || vouches(value)
                ? before
                : "does not look as ids there do (" + form.pattern() + ").";
    }

    /** Of another kind only where what it is made of finds fault; that is told first, and says so there. */
    @Override
    public Reason unfitReason() {
        return from.unfitReason();
    }

    @Override
    public String remedyKey() {
        return "matches";
    }

    @Override
    public boolean isLost(Facts facts) {
        return from.isLost(facts);
    }

    @Override
    public int column(Facts facts) {
        return from.column(facts);
    }

    @Override
    public void columns(IntConsumer each) {
        from.columns(each);
    }
}
