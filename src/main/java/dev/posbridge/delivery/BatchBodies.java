package dev.posbridge.delivery;

import dev.posbridge.PosbridgeException;
import dev.posbridge.gameball.Merging;
import dev.posbridge.gameball.OrderRequest;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.ledger.Carried;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Settings;
import java.util.List;

/** Writes the bodies of batch calls, object by object. Thread-safe. */
final class BatchBodies {
    private final Payloads payloads;
    private final Merging merging;
    private final Settings.Batch settings;
    private final Integer returnWindowDays;

    BatchBodies(Payloads payloads, Merging merging, Settings.Batch settings, Integer returnWindowDays) {
        this.payloads = payloads;
        this.merging = merging;
        this.settings = settings;
        this.returnWindowDays = returnWindowDays;
    }

    /**
     * Writes the orders of these sales.
     *
     * @param singly takes the sales that batch calls cannot carry, and those whose own call will say what is wrong
     * @return null where none is left
     */
    byte[] orders(List<DueSale> sales, List<DueSale> carried, List<DueSale> singly) {
        ListWriter list = list(sales.size());
        boolean plainly = isPlainly() && settings.orders() != Settings.BatchOrders.DOCUMENTED;
        for (DueSale sale : sales) {
            boolean written =
                    plainly && isPlain(sale) && list.order(sale.canonical().get(), sale.sentTime());
            OrderRequest order = written ? null : order(sale);
            if (order != null) {
                list.object(order);
            }
            (written || order != null ? carried : singly).add(sale);
        }
        return list.body();
    }

    private ListWriter list(int objects) {
        return new ListWriter(objects, returnWindowDays);
    }

    /** An account that merges customers says more of them. */
    private boolean isPlainly() {
        return merging == Merging.NONE;
    }

    private static boolean isPlain(DueSale sale) {
        String customer = sale.customerId();
        return customer != null && !customer.isBlank() && !Payloads.isGuest(customer, sale.orderId());
    }

    private OrderRequest order(DueSale sale) {
        try {
            OrderRequest order = payloads.order(sale.sale(), sale.sentTime());
            return fits(order) ? order : null;
        } catch (PosbridgeException wrong) {
            return null;
        }
    }

    /**
     * What the redemption was is answered by the single call only, a customer is merged by identifiers that Gameball does
     * not document for batches, and a strict team sends nothing that it does not document either.
     */
    private boolean fits(OrderRequest order) {
        boolean merged = merging != Merging.NONE && settings.mode() != Settings.DeliveryMode.BATCH;
        boolean strict = settings.orders() == Settings.BatchOrders.DOCUMENTED && !order.saysOnlyWhatIsDocumented();
        return order.redemption() == null && !merged && !strict;
    }

    byte[] customers(List<DueSale> sales) {
        ListWriter list = list(sales.size());
        for (DueSale due : sales) {
            if (!isPlainly() || !isPlain(due) || !list.customer(due.canonical().get())) {
                Sale sale = due.sale();
                list.object(payloads.customer(sale.customer(), sale.position()));
            }
        }
        return list.body();
    }

    byte[] balances(List<DueSale> sales) {
        ListWriter list = list(sales.size());
        sales.forEach(sale -> list.balance(sale.customerId()));
        return list.body();
    }

    byte[] orderIds(List<Carried> records) {
        ListWriter list = list(records.size());
        records.forEach(record -> list.text(record.orderId()));
        return list.body();
    }
}
