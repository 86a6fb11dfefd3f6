package dev.posbridge.checkout;

import java.util.Locale;
import java.util.stream.Stream;

/** What a till can ask; each has a queue of its own. */
public enum Operation {
    CUSTOMER,
    BALANCE,
    HOLD,
    RELEASE,
    PREVIEW,
    ORDER,
    REFUND,
    ORDER_DETAILS,
    HISTORY,
    EVENT;

    private static final String QUEUES = "posbridge.checkout.";

    /** As queues and routes spell it: {@code order-details}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String queue() {
        return QUEUES + word();
    }

    /** Whether it is stored before it is sent, and so done sooner or later whatever the reply says. */
    boolean isStored() {
        return this == ORDER || this == REFUND;
    }

    public static Stream<Operation> all() {
        return Stream.of(values());
    }

    static Operation ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
