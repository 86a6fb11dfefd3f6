package dev.posbridge.ledger;

import dev.posbridge.ledger.ReceiptList.OfFile;
import dev.posbridge.ledger.ReceiptList.Receipt;
import dev.posbridge.ledger.segment.Segment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What stands on a receipt that somebody has in hand.
 *
 * @param number its short number: a part of the record's key or order id, between whatever parts it has; null for any
 * @param store null for any; day, its business date, and amount the same
 */
public record OnPaper(String number, String store, LocalDate day, BigDecimal amount, ZoneId zone) {
    boolean is(Receipt receipt) {
        return (store == null || store.equals(receipt.store()))
                && (amount == null || amount.compareTo(receipt.amount()) == 0)
                && (number == null || isPart(number, receipt.key()))
                && (day == null || day.equals(receipt.businessDate(zone)));
    }

    /** A sale in a segment. */
    boolean is(Segment columns, int position, OfFile file) {
        return (amount == null || amount.compareTo(Amounts.amount(columns.amount(position))) == 0)
                && (store == null || store.equals(columns.store(position)))
                && (number == null || isPart(number, columns.key(position)))
                && (day == null || day.equals(dayOf(columns, position, file)));
    }

    private LocalDate dayOf(Segment columns, int position, OfFile file) {
        int own = columns.day(position);
        return file.businessDate(
                own == Segment.NO_DAY ? null : LocalDate.ofEpochDay(own),
                Instant.ofEpochMilli(columns.happenedAt(position)),
                zone);
    }

    /** Whether one of such sales may be it. */
    boolean mayBe(SegmentSums.Group sales, OfFile file) {
        return (store == null || store.equals(sales.store()))
                && (day == null || day.equals(file.businessDate(sales.date(), sales.happenedAt(), zone)));
    }

    /** Whether a short number is one of the parts that make a key. */
    static boolean isPart(String number, String key) {
        return number.equals(key) || List.of(key.split("[^\\p{L}\\p{N}]+")).contains(number);
    }
}
