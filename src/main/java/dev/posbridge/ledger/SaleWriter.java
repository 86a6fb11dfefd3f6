package dev.posbridge.ledger;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a sale as canonical JSON, field by field: every sale is written, and reflection costs several times as much. What is null
 * or empty is left out. The text is what reflection would write (a test asks both), since sales are compared by it.
 */
final class SaleWriter {
    private static final ThreadLocal<SaleWriter> WRITERS = ThreadLocal.withInitial(SaleWriter::new);

    private final JsonText json = new JsonText();

    private SaleWriter() {}

    static String write(Sale sale) {
        SaleWriter writer = WRITERS.get();
        writer.json.clear();
        writer.sale(sale);
        return writer.json.toString();
    }

    private void sale(Sale sale) {
        json.object();
        text("key", sale.key());
        text("orderId", sale.orderId());
        if (sale.customer() != null) {
            customer(sale.customer());
        }
        text("soldAt", IsoTimes.text(sale.soldAt()));
        date("businessDate", sale.businessDate());
        money("totalPaid", sale.totalPaid());
        money("totalPrice", sale.totalPrice());
        money("totalDiscount", sale.totalDiscount());
        money("totalTax", sale.totalTax());
        money("totalShipping", sale.totalShipping());
        if (!sale.lines().isEmpty()) {
            json.array("lines");
            for (LineItem line : sale.lines()) {
                line(line);
            }
            json.endArray();
        }
        if (sale.store() != null) {
            store(sale.store());
        }
        text("channel", sale.channel());
        if (sale.redemption() != null) {
            redemption(sale.redemption());
        }
        texts("extra", sale.extra());
        json.endObject();
    }

    private void customer(CustomerDetails customer) {
        json.object("customer");
        text("id", customer.id());
        text("email", customer.email());
        text("mobile", customer.mobile());
        text("displayName", customer.displayName());
        text("firstName", customer.firstName());
        text("lastName", customer.lastName());
        text("gender", customer.gender());
        date("dateOfBirth", customer.dateOfBirth());
        date("joinDate", customer.joinDate());
        text("country", customer.country());
        text("city", customer.city());
        text("zip", customer.zip());
        text("preferredLanguage", customer.preferredLanguage());
        text("referrerCode", customer.referrerCode());
        texts("custom", customer.custom());
        json.endObject();
    }

    private void line(LineItem line) {
        json.object();
        text("productId", line.productId());
        text("sku", line.sku());
        text("title", line.title());
        number("quantity", line.quantity());
        number("price", line.price());
        number("taxes", line.taxes());
        number("discount", line.discount());
        text("category", line.category());
        text("vendor", line.vendor());
        json.endObject();
    }

    private void store(Store store) {
        json.object("store");
        text("merchantId", store.merchantId());
        text("merchantName", store.merchantName());
        text("branchId", store.branchId());
        text("branchName", store.branchName());
        json.endObject();
    }

    private void redemption(Redemption redemption) {
        json.object("redemption");
        text("pointsHoldReference", redemption.pointsHoldReference());
        text("couponsLockReference", redemption.couponsLockReference());
        if (!redemption.couponCodes().isEmpty()) {
            json.array("couponCodes");
            for (String code : redemption.couponCodes()) {
                json.value(code);
            }
            json.endArray();
        }
        json.endObject();
    }

    private void money(String name, Money money) {
        if (money != null) {
            json.object(name);
            number("amount", money.amount());
            text("currency", money.currency().getCurrencyCode());
            json.endObject();
        }
    }

    private void number(String name, BigDecimal number) {
        if (number != null) {
            json.field(name, number);
        }
    }

    private void date(String name, LocalDate date) {
        if (date != null) {
            json.field(name, date.toString());
        }
    }

    private void text(String name, String text) {
        if (text != null && !text.isEmpty()) {
            json.field(name, text);
        }
    }

    private void texts(String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            json.object(name);
            for (Map.Entry<String, String> one : new TreeMap<>(texts).entrySet()) {
                json.field(one.getKey(), one.getValue());
            }
            json.endObject();
        }
    }
}
