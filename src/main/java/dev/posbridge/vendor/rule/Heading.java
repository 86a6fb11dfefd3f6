package dev.posbridge.vendor.rule;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Moments.Moment;
import dev.posbridge.vendor.value.Template;

/**
 * What every rule has.
 *
 * @param when null where the rule applies to every receipt
 * @param at null where the file has no time: then the time of reading
 */
public record Heading(Condition when, Template key, CustomerPlan customer, Moments at) {
    private static final int LONGEST_ID = 100;

    /** Whose receipt it is, and when it was. */
    record Head(String key, CustomerDetails customer, Moment at) {}

    /** Reads the head of a receipt of the row under translation. */
    Head head(Facts facts, Receipts receipts) {
        String made = key.required("key", facts);
        facts.key(made);
        receipts.checkCurrency(facts);
        return new Head(made, customer == null ? null : customer.of(facts), at.of(facts));
    }

    /** The same for what gives back: of a time that autumn has twice it means the second. */
    public Heading later() {
        return new Heading(when, key, customer, at == null ? null : at.later());
    }

    boolean appliesTo(Row first, Facts facts) {
        return when == null || when.holds(first, facts);
    }

    /** @param timeKey what the profile calls the time */
    Fact.Collector facts(String timeKey) {
        Fact.Collector facts = new Fact.Collector()
                .add("key", key)
                .add(
                        timeKey,
                        at,
                        row -> at.dateOrNull(row) == null ? null : at.of(row).at());
        return customer == null ? facts : customer.facts(facts);
    }

    /** An id as Gameball takes it. */
    static String bounded(String what, String id, Facts facts) {
        if (id != null && id.length() > LONGEST_ID) {
            throw facts.fault(
                    0,
                    Reason.ID_TOO_LONG,
                    "the " + what + " \"" + id.substring(0, 20) + "...\" has " + id.length()
                            + " characters, expected at most " + LONGEST_ID + ". " + Reason.ID_TOO_LONG.remedy());
        }
        return id;
    }
}
