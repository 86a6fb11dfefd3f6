package dev.posbridge.operations;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The keys that files name, by which repeated receipts and refunds without a sale are seen. Used by one thread. */
public final class CheckedKeys {
    /** The most that amounts have, as in the ledger. */
    private static final int DECIMALS = 4;

    private final TextSet keys = new TextSet();
    private final TextSet orderIds = new TextSet();
    private final TextSet customers = new TextSet();
    private final TextSet leftOut = new TextSet();
    /** Of sales that are in the files, or may be in others. */
    private final List<GivenBack.Asked> refunds = new ArrayList<>();

    /** @return whether the record's key was not there */
    public boolean add(PosRecord posRecord) {
        if (posRecord.customer() != null) {
            customers.add(posRecord.customer().id());
        }
        if (posRecord instanceof Sale sale) {
            orderIds.put(
                    sale.orderId(),
                    sale.totalPaid().amount().movePointRight(DECIMALS).longValue());
        }
        return keys.put(name(posRecord), meaning(posRecord));
    }

    /** Whether the key came with another time and other goods before: a till that was reset counts from one again. */
    boolean isAnother(PosRecord posRecord, Duration tolerance) {
        long before = keys.number(name(posRecord));
        long now = meaning(posRecord);
        return before != 0
                && (int) before != (int) now
                && Math.abs((before >>> Integer.SIZE) - (now >>> Integer.SIZE)) > tolerance.toSeconds();
    }

    /** When, in seconds, and half a hash of what was moved; 0 of what moves nothing. */
    private static long meaning(PosRecord posRecord) {
        String moved = posRecord instanceof Sale sale
                ? sale.totalPaid() + goods(sale.lines())
                : posRecord instanceof Refund refund && !refund.soFar()
                        ? refund.amount() + goods(refund.lines())
                        : null;
        return moved == null ? 0 : posRecord.at().getEpochSecond() << Integer.SIZE | TextSet.hash(moved) & 0xffff_ffffL;
    }

    /** However its lines are ordered or split. */
    private static String goods(List<LineItem> lines) {
        Map<String, BigDecimal> quantities = new TreeMap<>();
        for (LineItem line : lines) {
            String product = Stream.of(line.productId(), line.sku(), line.title())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            quantities.merge(product, line.quantity(), (one, other) -> one.add(other));
        }
        quantities.replaceAll((product, quantity) -> quantity.stripTrailingZeros());
        return quantities.toString();
    }

    /** Notes a sale that is left out on purpose, as its refunds then are. */
    void addLeftOut(PosRecord posRecord) {
        if (posRecord instanceof Sale sale) {
            leftOut.put(sale.orderId(), 0);
        }
    }

    /** Adds a refund that was not there. */
    public void addRefund(Refund refund) {
        if (refund.originalOrderId() != null) {
            refunds.add(GivenBack.Asked.of(refund));
        }
    }

    public boolean contains(PosRecord posRecord) {
        return keys.contains(name(posRecord));
    }

    public void addAll(CheckedKeys other) {
        keys.addAll(other.keys);
        orderIds.addAll(other.orderIds);
        customers.addAll(other.customers);
        leftOut.addAll(other.leftOut);
        refunds.addAll(other.refunds);
    }

    public int customers() {
        return customers.size();
    }

    /** In the order in which they were read. */
    List<GivenBack.Asked> refunds() {
        return refunds;
    }

    boolean hasSale(String orderId) {
        return orderIds.contains(orderId);
    }

    /** When the sale of that key was, to the second; null where no file has it. */
    Instant soldAt(String key) {
        long meaning = keys.number(RecordKind.SALE.word() + " " + key);
        return meaning == 0 ? null : Instant.ofEpochSecond(meaning >>> Integer.SIZE);
    }

    /** What was paid for a sale. */
    BigDecimal paid(String orderId) {
        return BigDecimal.valueOf(orderIds.number(orderId), DECIMALS).stripTrailingZeros();
    }

    /** Order ids that refunds name and that no sale has. */
    public List<String> originalsWithoutSale() {
        return refunds.stream()
                .filter(refund ->
                        refund.orders().stream().noneMatch(order -> hasSale(order) || leftOut.contains(order)))
                .map(refund -> refund.orders().get(0))
                .distinct()
                .toList();
    }

    public static String name(PosRecord posRecord) {
        return posRecord.kind().word() + " " + posRecord.key();
    }
}
