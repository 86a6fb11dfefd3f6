package dev.posbridge.operations;

import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;

/**
 * A receipt as the till wrote it, and what the profile made of it, in words.
 *
 * @param raw its rows, without what the profile drops
 */
public record Understood(String place, String raw, RecordState state, String words) {

    public static Understood of(Entry entry) {
        return new Understood(
                entry.position().toString(), entry.raw() == null ? "" : entry.raw(), entry.state(), words(entry));
    }

    /** For instance: {@code sale 07-1 of 20.00 GBP at 2026-01-31T10:05:00Z, customer C-1, 2 line items}. */
    public static String words(Entry entry) {
        return switch (entry.state()) {
            case SKIPPED -> "skipped (" + entry.reason().code() + ")";
            case DEAD -> "dead letter: " + entry.message();
            default -> words(entry.posRecord());
        };
    }

    private static String words(PosRecord posRecord) {
        String customer = posRecord.customer() == null
                ? "no customer named"
                : "customer " + posRecord.customer().id();
        String start = posRecord.kind().word() + " " + posRecord.key();
        String end = " at " + posRecord.at() + ", " + customer;
        if (posRecord instanceof Sale sale) {
            return start + " of " + sale.totalPaid() + end + lines(sale.lines().size());
        }
        if (posRecord instanceof Refund refund) {
            String amount = refund.amount() == null
                    ? "all that is left"
                    : refund.amount().toString();
            String original =
                    refund.originalOrderId() == null ? "a sale to be found by its products" : refund.originalOrderId();
            String others = String.join(
                    "", refund.otherOriginals().stream().map(" or "::concat).toList());
            return start + " of " + amount + " for " + original + others + end
                    + lines(refund.lines().size());
        }
        return start + end;
    }

    private static String lines(int count) {
        return ", " + count + (count == 1 ? " line item" : " line items");
    }
}
