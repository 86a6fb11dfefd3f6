package dev.posbridge.delivery;

import dev.posbridge.ledger.Unverified;
import dev.posbridge.pos.RecordKind;
import java.util.List;

/**
 * Records whose sending nobody saw end. Orders are asked about; the others are sent again under the same id, which
 * Gameball refuses if it has them, but for events, which have none.
 */
public record Verification(List<Unverified> records) {
    public List<String> orderIds() {
        return records.stream()
                .filter(unverified -> unverified.kind() == RecordKind.SALE)
                .map(Unverified::orderId)
                .toList();
    }

    /** Whether Gameball must be asked. */
    public boolean isAsking() {
        return !orderIds().isEmpty();
    }
}
