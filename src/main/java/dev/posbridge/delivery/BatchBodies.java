package dev.posbridge.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import dev.posbridge.PosbridgeException;
import dev.posbridge.gameball.BalanceInquiry;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.Merging;
import dev.posbridge.gameball.OrderRequest;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.ledger.Carried;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes the bodies of batch calls, object by object. Thread-safe. */
final class BatchBodies {
    private static final int BYTES_OF_AN_OBJECT = 300;

    private final Payloads payloads;
    private final Merging merging;
    private final Settings.Batch settings;

    BatchBodies(Payloads payloads, Merging merging, Settings.Batch settings) {
        this.payloads = payloads;
        this.merging = merging;
        this.settings = settings;
    }

    /**
     * Writes the orders of these sales.
     *
     * @param singly takes the sales that batch calls cannot carry, and those whose own call will say what is wrong
     * @return null where none is left
     */
    byte[] orders(List<DueSale> sales, List<DueSale> carried, List<DueSale> singly) {
        return body(sales, sale -> {
            OrderRequest order = order(sale);
            (order == null ? singly : carried).add(sale);
            return order;
        });
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
        return body(sales, due -> {
            Sale sale = due.sale();
            return payloads.customer(sale.customer(), sale.position());
        });
    }

    byte[] balances(List<DueSale> sales) {
        return body(sales, sale -> new BalanceInquiry(sale.customerId()));
    }

    byte[] orderIds(List<Carried> records) {
        return body(records, Carried::orderId);
    }

    private static <T> byte[] body(List<T> of, Function<T, Object> object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(of.size() * BYTES_OF_AN_OBJECT);
        List<Object> written = new ArrayList<>(1);
        try (JsonGenerator json = GameballJson.mapper().getFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeFieldName("body");
            try (SequenceWriter list = GameballJson.mapper()
                    .writer()
                    .without(com.fasterxml.jackson.databind.SerializationFeature.CLOSE_CLOSEABLE)
                    .writeValuesAsArray(json)) {
                for (T one : of) {
                    Object said = object.apply(one);
                    if (said != null) {
                        list.write(said);
                        written.add(said);
                    }
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return written.isEmpty() ? null : bytes.toByteArray();
    }
}
