package dev.posbridge.gameball;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** Canonical records for the tests: with everything that a till can say, and with the least. */
final class Records {
    static final Position ROW = Position.ofRow("EOD_07.csv", 118);
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    static final CustomerDetails KNOWN_BY_ID = CustomerDetails.ofId("c-1");
    static final CustomerDetails REACHABLE = CustomerDetails.of("mobile_966500001234", "jane@x.org", "+966500001234");
    static final Store STORE = new Store("chain", "The Chain", "07", "Harbour");
    static final LineItem SHOES = new LineItem(
            "p-1",
            "sku-1",
            "Shoes",
            new BigDecimal("2"),
            new BigDecimal("49.90"),
            new BigDecimal("7.50"),
            new BigDecimal("0.10"),
            "footwear",
            "Cobbler");

    private Records() {}

    static CustomerDetails everythingKnown() {
        return new CustomerDetails(
                "mobile_966500001234",
                "jane@x.org",
                "+966500001234",
                "Jane D.",
                "Jane",
                "Doe",
                "F",
                LocalDate.of(1990, 5, 2),
                DAY,
                "SA",
                "Riyadh",
                "12211",
                "ar",
                "REF-9",
                Map.of("size", "39", "club", "gold"));
    }

    static Sale sale(CustomerDetails customer, String totalPaid) {
        return sale(customer, totalPaid, List.of());
    }

    static Sale sale(CustomerDetails customer, String totalPaid, List<LineItem> lines) {
        return new Sale(
                ROW,
                "07-3-4711",
                "acme-07-3-4711",
                customer,
                NOON,
                DAY,
                money(totalPaid),
                null,
                null,
                null,
                null,
                lines,
                null,
                null,
                null,
                null);
    }

    static Sale fullSale(CustomerDetails customer) {
        return new Sale(
                ROW,
                "07-3-4711",
                "acme-07-3-4711",
                customer,
                NOON,
                DAY,
                money("107.20"),
                money("107.30"),
                money("0.10"),
                money("7.50"),
                money("0"),
                List.of(SHOES),
                STORE,
                "pos",
                new Redemption("HOLD-1", "LOCK-1", List.of("TEN")),
                Map.of("till", "3", "cashier", "88"));
    }

    static Refund refund(CustomerDetails customer, List<LineItem> lines, Store store) {
        return new Refund(
                ROW,
                "07-3-4712",
                "acme-07-3-4712",
                "07-3-4711",
                "acme-07-3-4711",
                customer,
                NOON,
                DAY,
                money("49.90"),
                false,
                lines,
                store);
    }

    static Event event(CustomerDetails customer, Map<String, String> metadata) {
        return new Event(ROW, "e-1", customer, NOON, "survey", metadata);
    }

    private static Money money(String amount) {
        return new Money(new BigDecimal(amount), Currency.getInstance("SAR"));
    }
}
