package dev.posbridge.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a sale as canonical JSON, token by token: half of what reflection costs, and every sale is written. What is null
 * or empty is left out. The text is what reflection would write (a test asks both), since sales are compared by it.
 */
final class SaleWriter {
    private final JsonGenerator json;

    private SaleWriter(JsonGenerator json) {
        this.json = json;
    }

    static void write(JsonGenerator json, Sale sale) throws IOException {
        new SaleWriter(json).sale(sale);
    }

    private void sale(Sale sale) throws IOException {
        json.writeStartObject();
        text("key", sale.key());
        text("orderId", sale.orderId());
        if (sale.customer() != null) {
            json.writeFieldName("customer");
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
            json.writeArrayFieldStart("lines");
            for (LineItem line : sale.lines()) {
                line(line);
            }
            json.writeEndArray();
        }
        if (sale.store() != null) {
            store(sale.store());
        }
        text("channel", sale.channel());
        if (sale.redemption() != null) {
            redemption(sale.redemption());
        }
        texts("extra", sale.extra());
        json.writeEndObject();
    }

    private void customer(CustomerDetails customer) throws IOException {
        json.writeStartObject();
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
        json.writeEndObject();
    }

    private void line(LineItem line) throws IOException {
        json.writeStartObject();
        text("productId", line.productId());
        text("sku", line.sku());
        text("title", line.title());
        number("quantity", line.quantity());
        number("price", line.price());
        number("taxes", line.taxes());
        number("discount", line.discount());
        text("category", line.category());
        text("vendor", line.vendor());
        json.writeEndObject();
    }

    private void store(Store store) throws IOException {
        json.writeObjectFieldStart("store");
        text("merchantId", store.merchantId());
        text("merchantName", store.merchantName());
        text("branchId", store.branchId());
        text("branchName", store.branchName());
        json.writeEndObject();
    }

    private void redemption(Redemption redemption) throws IOException {
        json.writeObjectFieldStart("redemption");
        text("pointsHoldReference", redemption.pointsHoldReference());
        text("couponsLockReference", redemption.couponsLockReference());
        if (!redemption.couponCodes().isEmpty()) {
            json.writeArrayFieldStart("couponCodes");
            for (String code : redemption.couponCodes()) {
                json.writeString(code);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void money(String name, Money money) throws IOException {
        if (money != null) {
            json.writeObjectFieldStart(name);
            number("amount", money.amount());
            text("currency", money.currency().getCurrencyCode());
            json.writeEndObject();
        }
    }

    private void number(String name, BigDecimal number) throws IOException {
        if (number != null) {
            json.writeNumberField(name, number);
        }
    }

    private void date(String name, LocalDate date) throws IOException {
        if (date != null) {
            json.writeStringField(name, date.toString());
        }
    }

    private void text(String name, String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private void texts(String name, Map<String, String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeObjectFieldStart(name);
            for (Map.Entry<String, String> one : new TreeMap<>(texts).entrySet()) {
                json.writeStringField(one.getKey(), one.getValue());
            }
            json.writeEndObject();
        }
    }
}
