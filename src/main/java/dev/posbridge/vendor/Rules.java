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
import java.util.stream.IntStream;

/**
 * What a profile makes of rows.
 *
 * @param assembly how rows become receipts
 * @param joining what rows of several files must be, null where a receipt stands in one
 * @param skip what to leave out
 * @param records tried in order
 * @param agreement what the rows of a receipt must agree on
 * @param ofName what rows say that the file's name has said
 * @param trailer null where files have none
 */
record Rules(
        Currency currency,
        Assembly assembly,
        Joining joining,
        List<Skip> skip,
        List<Rule> records,
        Agreement agreement,
        NameAgreement ofName,
        Trailer trailer) {
    Rules withoutTrailer() {
        return new Rules(currency, assembly, joining, skip, records, agreement, ofName, null);
    }

    /**
     * Whether two receipts can make records of one key: not where the key is the receipt's number and nothing else.
     */
    boolean recordKeysMayMeet() {
        for (Rule rule : records) {
            boolean isNumber = assembly.key().size() == 1
                    && assembly.starts() == null
                    && rule.heading().key() != null
                    && rule.heading().key().isOnly(assembly.key().get(0));
            if (!rule.keyed().isEmpty() && !isNumber) {
                return true;
            }
        }
        return false;
    }

    /**
     * As {@link #leavesOut}, for a row that may have been cut off: only by what stands in it before its last field, which
     * is there whole.
     */
    boolean leavesOutForCertain(Row row, Facts facts) {
        return leavesOut(row, facts)
                && skip.stream()
                        .anyMatch(one -> IntStream.of(one.when().columns())
                                        .allMatch(slot -> row.column(slot) > 0
                                                && row.column(slot) < row.width()
                                                && !row.value(slot).isEmpty())
                                && one.when().holds(row, facts));
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
