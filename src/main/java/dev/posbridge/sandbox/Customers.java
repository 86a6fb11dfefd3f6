package dev.posbridge.sandbox;

import java.util.HashMap;
import java.util.Map;

/** The customers of the book. Guarded by the book's lock. */
final class Customers {
    private static final long FIRST_GAMEBALL_ID = 100_001;

    final Arrivals<CustomerEntry> arrivals = new Arrivals<>();
    private final Map<String, CustomerEntry> byId = new HashMap<>();

    /** Null where nobody has that id. */
    CustomerEntry find(String customerId) {
        return byId.get(customerId);
    }

    CustomerEntry known(String customerId) {
        CustomerEntry entry = byId.get(customerId);
        if (entry == null) {
            throw Refusal.unknownCustomer(customerId);
        }
        return entry;
    }

    CustomerEntry create(Stamp stamp, String customerId, String createdBy) {
        long gameballId = FIRST_GAMEBALL_ID + arrivals.size();
        CustomerEntry entry = new CustomerEntry(stamp.sequence(), stamp.millis(), customerId, gameballId, createdBy);
        byId.put(customerId, entry);
        arrivals.add(entry);
        return entry;
    }

    /** What came of them stays, as everything that arrived does. */
    void delete(String customerId) {
        known(customerId);
        byId.remove(customerId);
    }

    /** Refuses (422, code 7002) a code that is no customer's. */
    void checkReferrer(String code) {
        if (code != null && !isReferralCode(code)) {
            throw new Refusal(422, 7002, "referrerCode \"" + code + "\" is not valid");
        }
    }

    long points() {
        return byId.values().stream().mapToLong(entry -> entry.points).sum();
    }

    void clear() {
        byId.clear();
        arrivals.clear();
    }

    private boolean isReferralCode(String code) {
        if (!code.matches("GB\\d{1,12}")) {
            return false;
        }
        long number = Long.parseLong(code.substring(2)) - FIRST_GAMEBALL_ID;
        return number >= 0 && number < arrivals.size();
    }
}
