package dev.posbridge.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Files of generic-csv, as short as a test needs them. */
final class Till {
    private static final List<String> COLUMNS = List.of(
            "kind",
            "id",
            "occurred_at",
            "business_date",
            "store_id",
            "customer_id",
            "mobile",
            "email",
            "first_name",
            "referrer_code",
            "currency",
            "total",
            "product_id",
            "quantity",
            "unit_price",
            "original_id",
            "points_hold",
            "event_name");

    private Till() {}

    /** One row; the time is noon of the last day of January 2026. */
    record Row(Map<String, String> values) {
        Row with(String column, String value) {
            Map<String, String> changed = new LinkedHashMap<>(values);
            changed.put(column, value);
            return new Row(changed);
        }

        Row at(String time) {
            return with("occurred_at", time);
        }

        String line() {
            return COLUMNS.stream()
                    .map(column -> values.getOrDefault(column, ""))
                    .collect(Collectors.joining(","));
        }
    }

    static Row sale(String id, String customer, String total) {
        return row("sale", id, customer).with("total", total);
    }

    static Row refund(String id, String original, String customer, String total) {
        return row("refund", id, customer).with("original_id", original).with("total", total);
    }

    static Row voided(String id, String original, String customer) {
        return row("void", id, customer).with("original_id", original);
    }

    static Row customer(String id, String firstName) {
        return row("customer", "row-" + id, id).with("first_name", firstName);
    }

    static Row event(String id, String customer, String name) {
        return row("event", id, customer).with("event_name", name);
    }

    static String file(Row... rows) {
        return String.join(",", COLUMNS)
                + Arrays.stream(rows).map(row -> "\n" + row.line()).collect(Collectors.joining())
                + "\n";
    }

    private static Row row(String kind, String id, String customer) {
        return new Row(Map.of())
                .with("kind", kind)
                .with("id", id)
                .with("customer_id", customer)
                .at("2026-01-31 12:00:00");
    }
}
