import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What must stand at the sandbox in the end, written down before anything is fed. */
final class Manifest {
    final Map<String, Expected> orders = new LinkedHashMap<>();
    final Map<String, Expected> refunds = new LinkedHashMap<>();
    /** Names of events; each arrives at most once. */
    final Set<String> events = new LinkedHashSet<>();

    private int position;

    /** @param position its place in the order of the tills: what comes earlier of a customer arrives earlier */
    record Expected(String customer, long cents, int position) {}

    void order(String id, String customer, long cents) {
        orders.put(id, new Expected(customer, cents, position++));
    }

    void refund(String id, String customer, long cents) {
        refunds.put(id, new Expected(customer, cents, position++));
    }

    int records() {
        return orders.size() + refunds.size() + events.size();
    }

    static long cents(String amount) {
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }

    /** Such as {@code -12,05}, with the till's decimal sign. */
    static String money(long cents, char decimal) {
        return (cents < 0 ? "-" : "") + Math.abs(cents) / 100 + decimal + String.format("%02d", Math.abs(cents) % 100);
    }
}
