package dev.posbridge.sandbox;

import java.time.Instant;

/**
 * A customer that the sandbox holds.
 *
 * @param sequence place among everything that arrived, over orders, refunds, customers and events
 * @param createdBy {@code customer}, {@code order} or {@code event}: the kind of call that brought it
 * @param email null where no call carried one; the same for {@code mobile} and {@code displayName}
 * @param updates how many calls changed it after its creation
 * @param pointsBalance available points, held ones included
 */
public record SandboxCustomer(
        long sequence,
        Instant arrivedAt,
        String customerId,
        long gameballId,
        String createdBy,
        String email,
        String mobile,
        String displayName,
        boolean guest,
        int updates,
        int orders,
        long pointsBalance) {}
