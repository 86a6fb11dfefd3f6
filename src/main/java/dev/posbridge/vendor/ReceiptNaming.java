package dev.posbridge.vendor;

import dev.posbridge.pos.RecordKind;
import dev.posbridge.vendor.rule.ExchangeRule;
import dev.posbridge.vendor.rule.Heading;
import dev.posbridge.vendor.rule.Receipts;
import dev.posbridge.vendor.rule.RefundRule;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.SaleRule;
import dev.posbridge.vendor.value.Template;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the vendor's files call a sale or a refund, for those that come another way: the same receipt must have the same
 * key and order id wherever it comes from. Immutable.
 */
public final class ReceiptNaming {
    private final String identity;
    private final List<Template> keys;
    private final Template orderId;
    private final ZoneId zone;

    private ReceiptNaming(String identity, List<Template> keys, Template orderId, ZoneId zone) {
        this.identity = identity;
        this.keys = keys;
        this.orderId = orderId;
        this.zone = zone;
    }

    /** @return empty where the profile has no rule for sales, or refunds */
    static Optional<ReceiptNaming> of(String identity, Rules rules, RecordKind kind) {
        List<Template> keys = new ArrayList<>();
        Receipts receipts = null;
        ZoneId zone = null;
        for (Rule rule : rules.records()) {
            Heading heading = null;
            if (kind == RecordKind.SALE && rule instanceof SaleRule sale) {
                heading = sale.heading();
                receipts = sale.receipts();
            } else if (kind == RecordKind.REFUND && rule instanceof RefundRule refund) {
                heading = refund.heading();
                receipts = refund.receipts();
            } else if ((kind == RecordKind.SALE || kind == RecordKind.REFUND) && rule instanceof ExchangeRule both) {
                heading = both.sale().heading();
                receipts = both.sale().receipts();
            }
            if (heading != null) {
                keys.add(heading.key());
                zone = heading.at().zone();
            }
        }
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReceiptNaming(identity, List.copyOf(keys), receipts.orderId(), zone));
    }

    /**
     * The key that is made of these columns and captures.
     *
     * @param parts values by the names that the profile gives them
     * @return empty where a part is missing
     */
    public Optional<String> key(Map<String, String> parts) {
        Map<String, String> values = new LinkedHashMap<>(parts);
        values.put("identity", identity);
        return keys.stream()
                .map(template -> template.of(values))
                .filter(key -> key != null)
                .findFirst();
    }

    /** The parts that a key is made of, as the profile names them. */
    public List<String> keyParts() {
        return keys.get(0).names();
    }

    public String orderId(String key) {
        return orderId.of(Map.of("identity", identity, "key", key));
    }

    /** Where the tills' days begin and end. */
    public ZoneId zone() {
        return zone;
    }
}
