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

    /** What is known of files that somebody else wrote, or null. */
    Sums others;

    private int position;
    private String source = "";

    /** @param position its place in the order of its source: what comes earlier of a customer arrives earlier */
    record Expected(String customer, long cents, String source, int position) {}

    /**
     * Sums, in cents where they are money.
     *
     * @param prefix of the ids of all its orders and refunds, and of nobody else's
     * @param dead how many of its records end as dead letters
     */
    record Sums(String prefix, long orders, long sales, long refunds, long refunded, long dead) {}

    /** What is noted from now on comes by another way, and is in order with itself only. */
    void from(String newSource) {
        source = newSource;
    }

    void order(String id, String customer, long cents) {
        orders.put(id, new Expected(customer, cents, source, position++));
    }

    void refund(String id, String customer, long cents) {
        refunds.put(id, new Expected(customer, cents, source, position++));
    }

    int records() {
        return orders.size() + refunds.size() + events.size() + (others == null ? 0 : (int) (others.orders() + others.refunds()));
    }

    static long cents(String amount) {
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }

    /** Such as {@code -12,05}, with the till's decimal sign. */
    static String money(long cents, char decimal) {
        return (cents < 0 ? "-" : "") + Math.abs(cents) / 100 + decimal + String.format("%02d", Math.abs(cents) % 100);
    }
}
