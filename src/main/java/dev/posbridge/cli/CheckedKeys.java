package dev.posbridge.cli;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The keys that files name, by which repeated receipts and refunds without a sale are seen. Used by one thread. */
final class CheckedKeys {
    /** The most that amounts have, as in the ledger. */
    private static final int DECIMALS = 4;

    private final TextSet keys = new TextSet();
    private final TextSet orderIds = new TextSet();
    private final TextSet customers = new TextSet();
    /** Of sales that are in the files, or may be in others. */
    private final List<GivenBack.Asked> refunds = new ArrayList<>();

    /** @return whether the record's key was not there */
    boolean add(PosRecord posRecord) {
        if (posRecord.customer() != null) {
            customers.add(posRecord.customer().id());
        }
        if (posRecord instanceof Sale sale) {
            orderIds.put(
                    sale.orderId(),
                    sale.totalPaid().amount().movePointRight(DECIMALS).longValue());
        }
        return keys.add(name(posRecord));
    }

    /** Adds a refund that was not there. */
    void addRefund(Refund refund) {
        if (refund.originalOrderId() != null) {
            refunds.add(GivenBack.Asked.of(refund));
        }
    }

    boolean contains(PosRecord posRecord) {
        return keys.contains(name(posRecord));
    }

    void addAll(CheckedKeys other) {
        keys.addAll(other.keys);
        orderIds.addAll(other.orderIds);
        customers.addAll(other.customers);
        refunds.addAll(other.refunds);
    }

    int customers() {
        return customers.size();
    }

    /** In the order in which they were read. */
    List<GivenBack.Asked> refunds() {
        return refunds;
    }

    boolean hasSale(String orderId) {
        return orderIds.contains(orderId);
    }

    /** What was paid for a sale. */
    BigDecimal paid(String orderId) {
        return BigDecimal.valueOf(orderIds.number(orderId), DECIMALS).stripTrailingZeros();
    }

    /** Order ids that refunds name and that no sale has. */
    List<String> originalsWithoutSale() {
        return refunds.stream()
                .filter(refund -> refund.orders().stream().noneMatch(this::hasSale))
                .map(refund -> refund.orders().get(0))
                .distinct()
                .toList();
    }

    static String name(PosRecord posRecord) {
        return posRecord.kind().word() + " " + posRecord.key();
    }
}
