package dev.posbridge.ledger;

import dev.posbridge.pos.FileLimits;
import dev.posbridge.pos.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Whether a file would be held, as far as that can be known before it is taken in: by its profile's limits, and where there
 * is a ledger, by what its stores came to before. Stores nothing. Thread-safe.
 */
public final class HoldForecast {
    /** Where nothing was taken in yet. */
    public static final HoldForecast WITHOUT_LEDGER = new HoldForecast(null);

    private final LedgerDatabase database;

    private HoldForecast(LedgerDatabase database) {
        this.database = database;
    }

    public static HoldForecast by(LedgerDatabase database) {
        return new HoldForecast(database);
    }

    /**
     * Why the file, or sales of some of its customers, would be held.
     *
     * @param name of the file
     * @param identity of its profile
     */
    public Optional<Hold> of(String name, String identity, FileFigures figures, FileLimits limits) {
        if (!figures.hasAny()) {
            return Optional.empty();
        }
        return database == null
                ? judge(null, -1, name, figures, limits)
                : database.read(handle -> judge(handle, known(handle, identity), name, figures, limits));
    }

    /** -1 for one of which nothing was taken in. */
    private static long known(Handle handle, String identity) {
        return handle.select("select id from identity where name = ?", identity)
                .mapTo(Long.class)
                .findOne()
                .orElse(-1L);
    }

    private static Optional<Hold> judge(
            Handle handle, long identity, String name, FileFigures figures, FileLimits limits) {
        Optional<Hold> whole = HoldBook.judge(handle, name, identity, figures, limits);
        return whole.isPresent() ? whole : suspicious(handle, identity, name, figures, limits);
    }

    private static Optional<Hold> suspicious(
            Handle handle, long identity, String name, FileFigures figures, FileLimits limits) {
        Map<String, Integer> sales = new HashMap<>();
        figures.busy().beyond(limits).forEach(one -> sales.merge(one.customer(), one.sales(), Math::max));
        if (identity >= 0) {
            new FrequentCustomers(handle, identity)
                    .foreseen(figures.busy(), limits)
                    .forEach(one -> sales.merge(one.customer(), one.sales(), Math::max));
        }
        int all = sales.values().stream().mapToInt(in -> in).sum();
        return sales.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hold(
                        Reason.SUSPICIOUS_CUSTOMER,
                        HoldBook.suspicious(name, all, sales.size()) + " " + Reason.SUSPICIOUS_CUSTOMER.remedy()));
    }
}
