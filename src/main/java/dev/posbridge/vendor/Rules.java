package dev.posbridge.vendor;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.rule.Agreement;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.Skip;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import java.util.Currency;
import java.util.List;

/**
 * What a profile makes of rows.
 *
 * @param assembly how rows become receipts
 * @param skip what to leave out
 * @param records tried in order
 * @param agreement what the rows of a receipt must agree on
 * @param trailer null where files have none
 */
record Rules(
        Currency currency,
        Assembly assembly,
        List<Skip> skip,
        List<Rule> records,
        Agreement agreement,
        Trailer trailer) {
    Rules withoutTrailer() {
        return new Rules(currency, assembly, skip, records, agreement, null);
    }

    /** Whether a row with fewer fields than others, as a report's totals have, is one of those that are left out. */
    boolean leavesOut(Row row, Facts facts) {
        try {
            return row.width() < row.expectedWidth()
                    && skip.stream().anyMatch(one -> one.when().holds(row, facts));
        } catch (Condition.Incomputable | RecordRejectedException notSo) {
            return false;
        }
    }
}
