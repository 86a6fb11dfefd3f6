package dev.posbridge.ledger;

import dev.posbridge.pos.FileLimits;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What would become of a file, as far as that can be known before it is taken in: whether it would be held, by its profile's
 * limits and by what its stores came to before, and what would be a dead letter because of what came before it. Stores
 * nothing. Thread-safe.
 */
public final class Forecast {
    /** Where nothing was taken in yet. */
    public static final Forecast WITHOUT_LEDGER = new Forecast(null);

    private final LedgerDatabase database;

    private Forecast(LedgerDatabase database) {
        this.database = database;
    }

    public static Forecast by(LedgerDatabase database) {
        return new Forecast(database);
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

    /**
     * Under which name the same bytes were taken in before, by the same profile: such a file is counted, not read.
     *
     * @param content SHA-256 of the file's bytes
     * @param profile hash of the profile that would read it
     */
    public Optional<String> takenInAs(String identity, String content, String profile) {
        return database == null
                ? Optional.empty()
                : database.read(handle -> handle.createQuery("select name from file where content_hash = :content "
                                + "and profile_hash = :profile and identity_id = :identity and state in (1, 2) "
                                + "order by id limit 1")
                        .bind("content", content)
                        .bind("profile", profile)
                        .bind("identity", known(handle, identity))
                        .mapTo(String.class)
                        .findOne());
    }

    /**
     * What the ledger has against records that say nothing wrong by themselves: the key or order id of each is that of another.
     *
     * @param entries to be delivered, of which none repeats another
     * @param tolerance by how much the time of a receipt that comes again may differ
     * @param file that has them, as a command is told
     * @return messages by the entries they are about
     */
    public Map<Entry, String> faults(String identity, List<Entry> entries, Duration tolerance, String file) {
        return database == null || entries.isEmpty()
                ? Map.of()
                : database.read(
                        handle -> faults(handle, known(handle, identity), entries, tolerance, " --with " + file));
    }

    private static Map<Entry, String> faults(
            Handle handle, long identity, List<Entry> entries, Duration tolerance, String with) {
        if (identity < 0) {
            return Map.of();
        }
        KnownKeys known = new KnownKeys(handle, identity);
        List<NewRecord> records = NewRecords.of(entries).list();
        known.load(records);
        Map<Entry, String> faults = new IdentityHashMap<>();
        for (NewRecord candidate : records) {
            KnownKeys.Fault fault = fault(handle, known, candidate, tolerance, with);
            if (fault != null) {
                faults.put(candidate.entry(), fault.message());
            }
        }
        return faults;
    }

    private static KnownKeys.Fault fault(
            Handle handle, KnownKeys known, NewRecord candidate, Duration tolerance, String with) {
        KnownKeys.Known current = known.find(candidate);
        if (known.wasReplaced(candidate) || current != null && current.sameAs(candidate, tolerance)) {
            return null;
        }
        if (known.orderIdTaken(candidate)) {
            return KnownKeys.Fault.collision(candidate);
        }
        return current == null || candidate.kind() == RecordKind.CUSTOMER.ordinal()
                ? null
                : current.fault(handle, candidate, tolerance, with);
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
