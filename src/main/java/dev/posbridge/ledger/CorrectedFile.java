package dev.posbridge.ledger;

import dev.posbridge.ledger.CorrectionBook.Choice;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.CorrectionBook.Wrong;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What a corrected file would change, without anything being stored; handed over by the chunk. Not thread-safe. */
public final class CorrectedFile {
    private final LedgerDatabase database;
    private final String identity;
    private final Duration tolerance;
    private final Choice choice;
    private final Map<String, Wrong> sales = new LinkedHashMap<>();
    private final Map<String, Wrong> returns = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();
    private long unchanged;
    private long replaced;
    private BigDecimal replacedMoney = BigDecimal.ZERO;
    private long added;
    private long others;

    /** @param tolerance by how much a time may differ and is the same */
    public CorrectedFile(LedgerDatabase database, String identity, Duration tolerance, Choice choice) {
        this.database = database;
        this.identity = identity;
        this.tolerance = tolerance;
        this.choice = choice;
    }

    public void add(List<Entry> entries) {
        List<NewRecord> candidates = NewRecords.of(entries).list().stream()
                .filter(one -> one.entry().state() == RecordState.PENDING)
                .filter(one -> one.kind() == RecordKind.SALE.ordinal() || one.kind() == RecordKind.REFUND.ordinal())
                .toList();
        database.read(handle -> {
            Long id = handle.select("select id from identity where name = ?", identity)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(null);
            if (id == null) {
                added += candidates.stream().filter(CorrectedFile::isSale).count();
                return null;
            }
            KnownKeys known = new KnownKeys(handle, id);
            known.load(candidates);
            WrongReturns wrongReturns = new WrongReturns(handle, Set.of());
            for (NewRecord candidate : candidates) {
                KnownKeys.Known current = known.find(candidate);
                boolean same =
                        current != null && (current.sameAs(candidate, tolerance) || known.wasReplaced(candidate));
                if (isSale(candidate)) {
                    addSale(handle, candidate, current, same);
                } else if (current != null && !same && current.state() == RecordState.DELIVERED) {
                    addReturn(handle, candidate, current, wrongReturns);
                }
            }
            wrongReturns.wrong().forEach(one -> returns.merge(one.orderId(), one, WrongReturns::together));
            refused.addAll(wrongReturns.refused());
            return null;
        });
    }

    private static boolean isSale(NewRecord candidate) {
        return candidate.kind() == RecordKind.SALE.ordinal();
    }

    private void addSale(Handle handle, NewRecord candidate, KnownKeys.Known current, boolean same) {
        if (current == null) {
            added++;
        } else if (same) {
            unchanged++;
        } else if (!current.mayHaveLeft()) {
            replaced++;
            replacedMoney = replacedMoney.add(Amounts.amount(candidate.amount()));
        } else {
            addWrong(handle, candidate, current);
        }
    }

    private void addWrong(Handle handle, NewRecord candidate, KnownKeys.Known current) {
        Sale before = (Sale) StoredRecords.require(handle, current.id(), RecordKind.SALE);
        if (!choice.means(current.fileId(), current.id(), candidate.key(), before.orderId())) {
            others++;
            return;
        }
        Differences differences = Differences.between(before, candidate.entry().posRecord(), tolerance);
        if (differences.isAnotherReceipt()) {
            refused.add(candidate.entry().position() + ": receipt \"" + candidate.key()
                    + "\" is another one than came under this number before: " + differences.text());
        } else {
            sales.put(
                    before.orderId(),
                    new Wrong(
                            current.id(),
                            0,
                            before.orderId(),
                            candidate.key(),
                            before.totalPaid().amount(),
                            Amounts.amount(candidate.amount()),
                            Amounts.amount(SaleOfRefund.refunded(handle, before.orderId(), 0)),
                            points(handle, current.id())));
        }
    }

    /** Null where nobody said. */
    private static BigDecimal points(Handle handle, long sale) {
        Segments.Place place = Segments.of(handle).place(handle, sale);
        if (place == null) {
            return handle.select("select points from record where id = ? and points is not null", sale)
                    .mapTo(Double.class)
                    .findOne()
                    .map(BigDecimal::valueOf)
                    .orElse(null);
        }
        Long points = SegmentPoints.at(SegmentPoints.read(handle, place.row().first()), place.position());
        return points == null ? null : Amounts.amount(points);
    }

    private void addReturn(Handle handle, NewRecord candidate, KnownKeys.Known current, WrongReturns wrongReturns) {
        Refund said = (Refund) candidate.entry().posRecord();
        if (choice.means(current.fileId(), current.id(), candidate.key(), said.originalOrderId())) {
            wrongReturns.add(current.id(), said);
        }
    }

    /** Of an order that is wrong itself, what was returned is corrected with it. */
    public Comparison result() {
        List<Wrong> wrong = new ArrayList<>(sales.values());
        returns.forEach((order, one) -> {
            if (!sales.containsKey(order)) {
                wrong.add(one);
            }
        });
        return new Comparison(wrong, unchanged, replaced, replacedMoney, added, others, refused);
    }
}
