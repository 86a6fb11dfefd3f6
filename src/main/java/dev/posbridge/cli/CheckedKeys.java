package dev.posbridge.cli;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.util.ArrayList;
import java.util.List;

/** The keys that files name, by which repeated receipts and refunds without a sale are seen. Used by one thread. */
final class CheckedKeys {
    private final TextSet keys = new TextSet();
    private final TextSet orderIds = new TextSet();
    private final TextSet customers = new TextSet();
    /** Order ids, of which one is the sale's, for each refund. */
    private final List<List<String>> originals = new ArrayList<>();

    /** @return whether the record's key was not there */
    boolean add(PosRecord posRecord) {
        if (posRecord.customer() != null) {
            customers.add(posRecord.customer().id());
        }
        if (posRecord instanceof Sale sale) {
            orderIds.add(sale.orderId());
        } else if (posRecord instanceof Refund refund && refund.originalOrderId() != null) {
            List<String> candidates = new ArrayList<>(refund.otherOriginals());
            candidates.add(0, refund.originalOrderId());
            originals.add(candidates);
        }
        return keys.add(name(posRecord));
    }

    boolean contains(PosRecord posRecord) {
        return keys.contains(name(posRecord));
    }

    void addAll(CheckedKeys other) {
        keys.addAll(other.keys);
        orderIds.addAll(other.orderIds);
        customers.addAll(other.customers);
        originals.addAll(other.originals);
    }

    int customers() {
        return customers.size();
    }

    /** Order ids that refunds name and that no sale has. */
    List<String> originalsWithoutSale() {
        return originals.stream()
                .filter(candidates -> candidates.stream().noneMatch(orderIds::contains))
                .map(candidates -> candidates.get(0))
                .distinct()
                .toList();
    }

    static String name(PosRecord posRecord) {
        return posRecord.kind().word() + " " + posRecord.key();
    }
}
