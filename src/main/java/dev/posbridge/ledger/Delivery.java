package dev.posbridge.ledger;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A claimed record on its way to Gameball. The attempt is committed before anybody sees it.
 *
 * @param customerId whose record it is; a refund has its sale's customer where the till named none
 * @param originalOrderId for a refund the order it takes back, else null
 * @param amount for a refund what is given back, resolved for a void; else null
 * @param sentTime the time to tell Gameball; differs from the record's by milliseconds where another had it
 * @param attempt 1 for the first
 * @param sentBefore whether it was sent before without anybody seeing the end
 * @param customerKnown whether Gameball surely knows the customer
 * @param customerOurs whether it does because we created them
 * @param live whether it came in a message
 * @param note in what it will not be delivered quite as the till meant it; null where it will
 */
public record Delivery(
        long recordId,
        PosRecord posRecord,
        String orderId,
        String customerId,
        String originalOrderId,
        BigDecimal amount,
        Instant sentTime,
        int attempt,
        boolean sentBefore,
        boolean customerKnown,
        boolean customerOurs,
        boolean live,
        Reason note) {

    /** One that is to be delivered as it came. */
    public Delivery(
            long recordId,
            PosRecord posRecord,
            String orderId,
            String customerId,
            String originalOrderId,
            BigDecimal amount,
            Instant sentTime,
            int attempt,
            boolean sentBefore,
            boolean customerKnown,
            boolean customerOurs,
            boolean live) {
        this(
                recordId,
                posRecord,
                orderId,
                customerId,
                originalOrderId,
                amount,
                sentTime,
                attempt,
                sentBefore,
                customerKnown,
                customerOurs,
                live,
                null);
    }

    public RecordKind kind() {
        return posRecord.kind();
    }
}
