package dev.posbridge.ledger;

import dev.posbridge.pos.Position;
import dev.posbridge.pos.Sale;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A sale that could go by batch now; nothing is claimed yet.
 *
 * @param sentTime the time to tell Gameball
 * @param moved whether that is neither the till's time nor what was told before, because that time was taken
 * @param attempts made before
 * @param crashes how often its sender died with it in hand
 * @param sentBefore whether it was sent before without anybody seeing the end
 * @param canonical gives the sale's JSON in UTF-8, read by {@link #sale()}
 */
public record DueSale(
        long recordId,
        String orderId,
        String customerId,
        String position,
        Instant sentTime,
        boolean moved,
        Way way,
        boolean customerKnown,
        int attempts,
        int crashes,
        boolean sentBefore,
        Supplier<byte[]> canonical) {

    public Sale sale() {
        int colon = position.lastIndexOf(':');
        return CanonicalJson.sale(
                Position.ofRow(position.substring(0, colon), Long.parseLong(position.substring(colon + 1))),
                canonical.get());
    }

    /** By which way it goes if it goes by batch now. */
    Way wayByBatch() {
        return way == Way.EITHER ? Way.BY_BATCH : way;
    }

    /** The record as a job has it in hand, once it is claimed. */
    public Carried carried() {
        return new Carried(
                recordId,
                orderId,
                customerId,
                position,
                attempts + 1,
                crashes,
                sentBefore,
                sentTime.toEpochMilli(),
                wayByBatch());
    }
}
