package dev.posbridge.vendor;

import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Source;
import java.util.Currency;
import java.util.List;

/**
 * What a profile makes of rows.
 *
 * @param key what rows of one receipt have in common; empty where each row is a receipt
 * @param skip rows to leave out
 * @param records tried in order
 * @param trailer null where files have none
 * @param sequence null where receipts have no numbers without gaps
 */
record Rules(
        Currency currency,
        List<Source> key,
        List<Condition> skip,
        List<Rule> records,
        Trailer trailer,
        Sequence sequence) {
    Rules withoutTrailer() {
        return new Rules(currency, key, skip, records, null, sequence);
    }
}
