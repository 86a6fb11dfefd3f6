package dev.posbridge.vendor;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.rule.Skip;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Receipts whose rows stand together. What the profile leaves out may stand between them without parting them: it is put
 * aside and comes after them, as the receipts that it makes itself. Used by one thread.
 */
final class AdjacentReceipts implements Receipts {
    /** More of what is left out, in one receipt, is no remark within it. */
    private static final int MOST_ASIDE = 1_000;

    private final Rules rules;
    private final Facts facts;
    private final RowFeed feed;
    private final ReceiptKey keys;
    private final ReturningKeys returning;
    private final Condition starts;
    private final Deque<Gathering> aside = new ArrayDeque<>();
    private int rowsAside;
    private Row ahead;
    private boolean begun;

    AdjacentReceipts(Rules rules, Facts facts, RowFeed feed, ReturningKeys returning) {
        this.rules = rules;
        this.facts = facts;
        this.feed = feed;
        this.returning = returning;
        this.starts = rules.assembly().starts();
        this.keys = new ReceiptKey(rules.assembly().key(), facts);
    }

    @Override
    public Receipt next() {
        Gathering next = nextGathering();
        if (next == null) {
            return null;
        }
        Receipt.Flaw flaw = starts != null && !Boolean.TRUE.equals(isStart(next.first()))
                ? headless()
                : returning.flaw(next.key(), next.first());
        return next.receipt(flaw);
    }

    private Receipt.Flaw headless() {
        return new Receipt.Flaw(
                Reason.ROW_MALFORMED,
                "the rows that begin here belong to no receipt: none of them is one for which receipt.starts holds. "
                        + "Correct the file and deliver it again, or leave such rows out with skip in "
                        + facts.profile() + ".",
                0);
    }

    /** The next receipt with its key; null after the last. */
    Gathering nextGathering() {
        if (!aside.isEmpty()) {
            return aside.remove();
        }
        if (!begun) {
            ahead = feed.next();
            begun = true;
        }
        if (ahead == null) {
            return null;
        }
        Gathering receipt = gathering(ahead);
        rowsAside = 0;
        ahead = feed.next();
        while (ahead != null && (continues(receipt, ahead) || isPutAside(receipt, ahead))) {
            ahead = feed.next();
        }
        return receipt;
    }

    /** Null where nobody can say: then the row is neither the receipt's before it nor a receipt. */
    private Boolean isStart(Row row) {
        try {
            return starts.holds(row, facts);
        } catch (Condition.Incomputable | RecordRejectedException unknown) {
            return null;
        }
    }

    private Gathering gathering(Row row) {
        return new Gathering(rules.assembly(), facts.profile(), keys.of(row), row);
    }

    private boolean continues(Gathering receipt, Row row) {
        if (starts != null) {
            boolean goesOn = Boolean.FALSE.equals(isStart(row));
            if (goesOn) {
                receipt.add(row);
            }
            return goesOn;
        }
        long cutFrom = receipt.first().receipt();
        boolean same = cutFrom == 0
                ? receipt.key() != null && keys.isOf(receipt.key(), row)
                : cutFrom == row.receipt(); // Rows that were cut out of one element are one receipt, whatever they say.
        if (same) {
            receipt.add(row);
        }
        return same;
    }

    /** Only behind a receipt that may go on; with what is left out goes the rest of its own receipt. */
    private boolean isPutAside(Gathering receipt, Row row) {
        if (starts != null
                || receipt.key() == null
                || row.receipt() != 0
                || rules.skip().isEmpty()
                || ++rowsAside > MOST_ASIDE) {
            return false;
        }
        Gathering last = aside.peekLast();
        if (last != null && continues(last, row)) {
            return true;
        }
        if (!isLeftOut(row)) {
            return false;
        }
        aside.add(gathering(row));
        return true;
    }

    private boolean isLeftOut(Row row) {
        for (Skip skip : rules.skip()) {
            try {
                if (skip.when().holds(row, facts)) {
                    return true;
                }
            } catch (Condition.Incomputable | RecordRejectedException problem) {
                return false; // Whoever translates the row says so.
            }
        }
        return false;
    }
}
