package dev.posbridge.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one call at a time work on a customer. Batch jobs do not come through here. */
final class CustomerGate {
    private final Set<String> inside = ConcurrentHashMap.newKeySet();

    /** Refuses (422, code 2001) while another call of that customer runs; null passes. */
    void enter(String customerId) {
        if (customerId != null && !inside.add(customerId)) {
            throw new Refusal(
                    422, 2001, "another request for customer \"" + customerId + "\" is running, try again later");
        }
    }

    void leave(String customerId) {
        if (customerId != null) {
            inside.remove(customerId);
        }
    }
}
