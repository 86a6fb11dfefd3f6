package dev.posbridge.ledger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a canonical sale token by token: a quarter of what reading it by reflection costs, and every sale of a batch is
 * read. Fields that it does not know are passed over. Used by one thread.
 */
final class SaleJson {
    private final JsonParser json;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Money> amounts = new HashMap<>();
    private CustomerDetails customer;
    private List<LineItem> lines = List.of();
    private Store store;
    private Redemption redemption;
    private Map<String, String> extra = Map.of();

    private SaleJson(JsonParser json) {
        this.json = json;
    }

    static Sale read(JsonParser json, Position position) throws IOException {
        json.nextToken();
        SaleJson sale = new SaleJson(json);
        sale.readFields();
        return sale.at(position);
    }

    private Sale at(Position position) {
        return new Sale(
                position,
                texts.get("key"),
                texts.get("orderId"),
                customer,
                IsoTimes.instant(texts.get("soldAt")),
                IsoTimes.date(texts.get("businessDate")),
                amounts.get("totalPaid"),
                amounts.get("totalPrice"),
                amounts.get("totalDiscount"),
                amounts.get("totalTax"),
                amounts.get("totalShipping"),
                lines,
                store,
                texts.get("channel"),
                redemption,
                extra);
    }

    private void readFields() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "customer" -> customer = customer();
                case "lines" -> lines = lines();
                case "store" -> store = store();
                case "redemption" -> redemption = redemption();
                case "extra" -> extra = texts();
                case "totalPaid", "totalPrice", "totalDiscount", "totalTax", "totalShipping" ->
                    amounts.put(name, money());
                default -> {
                    if (value.isScalarValue()) {
                        texts.put(name, json.getValueAsString());
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
    }

    private Money money() throws IOException {
        BigDecimal amount = null;
        String currency = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isAmount = json.currentName().equals("amount");
            json.nextToken();
            if (isAmount) {
                amount = json.getDecimalValue();
            } else {
                currency = json.getText();
            }
        }
        return new Money(amount, Currency.getInstance(currency));
    }

    private CustomerDetails customer() throws IOException {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> custom = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_OBJECT) {
                custom = texts();
            } else {
                fields.put(name, json.getValueAsString());
            }
        }
        return new CustomerDetails(
                fields.get("id"),
                fields.get("email"),
                fields.get("mobile"),
                fields.get("displayName"),
                fields.get("firstName"),
                fields.get("lastName"),
                fields.get("gender"),
                date(fields.get("dateOfBirth")),
                date(fields.get("joinDate")),
                fields.get("country"),
                fields.get("city"),
                fields.get("zip"),
                fields.get("preferredLanguage"),
                fields.get("referrerCode"),
                custom);
    }

    private static LocalDate date(String text) {
        return text == null ? null : IsoTimes.date(text);
    }

    private List<LineItem> lines() throws IOException {
        List<LineItem> read = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            read.add(line());
        }
        return read;
    }

    private LineItem line() throws IOException {
        Map<String, String> fields = new HashMap<>();
        Map<String, BigDecimal> numbers = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken().isNumeric()) {
                numbers.put(name, json.getDecimalValue());
            } else {
                fields.put(name, json.getValueAsString());
            }
        }
        return new LineItem(
                fields.get("productId"),
                fields.get("sku"),
                fields.get("title"),
                numbers.get("quantity"),
                numbers.get("price"),
                numbers.get("taxes"),
                numbers.get("discount"),
                fields.get("category"),
                fields.get("vendor"));
    }

    private Store store() throws IOException {
        Map<String, String> fields = texts();
        return new Store(
                fields.get("merchantId"), fields.get("merchantName"), fields.get("branchId"), fields.get("branchName"));
    }

    private Redemption redemption() throws IOException {
        Map<String, String> fields = new HashMap<>();
        List<String> codes = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    codes.add(json.getText());
                }
            } else {
                fields.put(name, json.getValueAsString());
            }
        }
        return new Redemption(fields.get("pointsHoldReference"), fields.get("couponsLockReference"), codes);
    }

    private Map<String, String> texts() throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, json.getValueAsString());
        }
        return fields;
    }
}
