package dev.posbridge.ledger;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * In what a receipt that came again differs from what came first, each with the old and the new value. What a customer is
 * called or reached by is named without values: it is read in reports.
 */
final class Differences {
    private final PosRecord before;
    private final PosRecord now;
    private final Duration tolerance;
    private final List<String> found = new ArrayList<>();
    private boolean otherBasket;
    private boolean otherTime;

    private Differences(PosRecord before, PosRecord now, Duration tolerance) {
        this.before = before;
        this.now = now;
        this.tolerance = tolerance;
    }

    /** @param tolerance by how much its time may differ and is the same */
    static Differences between(PosRecord before, PosRecord now, Duration tolerance) {
        Differences differences = new Differences(before, now, tolerance);
        differences.compare();
        return differences;
    }

    /**
     * Whether it is another receipt under the same number, as a till gives that was reset: another time and other goods,
     * or, where it lists none, another amount.
     */
    boolean isAnotherReceipt() {
        return otherTime && otherBasket;
    }

    /** As {@code total was 10.00 GBP, is 12.00 GBP; ...}. */
    String text() {
        return found.isEmpty() ? "in a text" : String.join("; ", found);
    }

    private void compare() {
        differs(
                "customer",
                record -> record.customer() == null ? null : record.customer().id());
        if (before instanceof Sale && now instanceof Sale) {
            otherBasket = differs("total", record -> ((Sale) record).totalPaid());
            differs("business date", record -> ((Sale) record).businessDate());
        } else if (before instanceof Refund && now instanceof Refund) {
            otherBasket = differs("amount", record -> ((Refund) record).amount());
            differs("business date", record -> ((Refund) record).businessDate());
            differs("sale", record -> ((Refund) record).original());
        }
        otherTime = Duration.between(before.at(), now.at()).abs().compareTo(tolerance) > 0;
        differs("time", PosRecord::at);
        boolean otherGoods = differs("goods", record -> Goods.of(lines(record)));
        otherBasket |= otherGoods;
        if (!otherGoods) {
            comparePrices();
        }
        if (found.isEmpty()) {
            compareRest();
        }
    }

    private void comparePrices() {
        List<LineItem> old = lines(before);
        List<LineItem> current = lines(now);
        for (int line = 0; line < Math.min(old.size(), current.size()); line++) {
            String of = " of line " + (line + 1);
            differs("price" + of, old.get(line).price(), current.get(line).price());
            differs("taxes" + of, old.get(line).taxes(), current.get(line).taxes());
            differs("discount" + of, old.get(line).discount(), current.get(line).discount());
            differs("title" + of, old.get(line).title(), current.get(line).title());
        }
    }

    private void compareRest() {
        if (before instanceof Sale && now instanceof Sale) {
            differs("price before discounts", record -> ((Sale) record).totalPrice());
            differs("discounts", record -> ((Sale) record).totalDiscount());
            differs("tax", record -> ((Sale) record).totalTax());
            differs("shipping", record -> ((Sale) record).totalShipping());
            differs("store", record -> ((Sale) record).store());
            differs("channel", record -> ((Sale) record).channel());
            differs("redemption", record -> ((Sale) record).redemption());
            differs("extra", record -> ((Sale) record).extra());
        }
        if (found.isEmpty() && !Objects.equals(before.customer(), now.customer())) {
            found.add("something of the customer besides the id");
        }
    }

    private boolean differs(String what, Function<PosRecord, Object> value) {
        return differs(what, value.apply(before), value.apply(now));
    }

    private boolean differs(String what, Object old, Object current) {
        boolean same = old instanceof BigDecimal number && current instanceof BigDecimal other
                ? number.compareTo(other) == 0
                : Objects.equals(old, current);
        if (!same) {
            found.add(what + " was " + text(old) + ", is " + text(current));
        }
        return !same;
    }

    private static String text(Object value) {
        if (value == null || value.toString().isEmpty()) {
            return "blank";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static List<LineItem> lines(PosRecord posRecord) {
        if (posRecord instanceof Sale sale) {
            return sale.lines();
        }
        return posRecord instanceof Refund refund ? refund.lines() : List.of();
    }
}
