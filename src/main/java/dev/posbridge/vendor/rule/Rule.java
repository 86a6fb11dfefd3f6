package dev.posbridge.vendor.rule;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.util.List;

/** Makes one kind of record of the receipts that it applies to. */
public interface Rule {
    boolean appliesTo(Row first, Facts facts);

    Heading heading();

    /** What it has from the profile where it makes a sale or a refund; else null. */
    default Receipts receipts() {
        return null;
    }

    /** What is one for all rows of a receipt. */
    List<Fact> facts();

    /** By which this rule tells one kind of row from another within a receipt: it knows those for which one holds. */
    default List<Condition> rowConditions() {
        return List.of();
    }

    /** @throws RecordRejectedException for a fault of the receipt's own */
    PosRecord record(Facts facts, List<Row> rows);

    /** What the receipt becomes: an exchange may become two records. As {@link #record}. */
    default List<PosRecord> records(Facts facts, List<Row> rows) {
        return List.of(record(facts, rows));
    }

    /** Kinds of the records that it makes under the key of its heading, which are unique in the file. */
    default List<RecordKind> keyed() {
        return List.of();
    }

    /** Whether a sale that it made of the row under translation was before its store earned points. */
    default boolean isTooEarly(Facts facts, Sale sale) {
        return false;
    }

    /** Why its receipts are left out on purpose; null where they become records. */
    default Reason ignored() {
        return null;
    }

    /**
     * What the receipt adds to the file's control total, negative for a refund; null where nobody can know.
     *
     * @throws RecordRejectedException where the amount cannot be read
     */
    BigDecimal control(Facts facts, List<Row> rows);
}
