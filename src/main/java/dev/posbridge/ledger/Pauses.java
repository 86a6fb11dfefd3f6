package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Delivery switched off by a person, in whole or for a vendor, store or kind; survives restarts. Thread-safe. */
public final class Pauses {
    private final LedgerDatabase database;

    /** One pause; a null vendor, store or kind means every one. */
    public record Pause(String vendor, String store, String kind, String reason, Instant since) {
        boolean coversAll() {
            return vendor == null && store == null && kind == null;
        }

        /** As the ledger's records have it; null for every kind. */
        Integer kindCode() {
            return kind == null
                    ? null
                    : RecordKind.valueOf(kind.toUpperCase(Locale.ROOT)).ordinal();
        }

        boolean covers(String itsVendor, String itsStore, RecordKind itsKind) {
            return (vendor == null || vendor.equals(itsVendor))
                    && (store == null || store.equals(itsStore))
                    && (kind == null || kind.equals(itsKind.word()));
        }
    }

    public Pauses(LedgerDatabase database) {
        this.database = database;
    }

    /** {@code  of vendor acme, store 7}; null for every one, "" for everything. */
    public static String scope(String vendor, String store, String kind) {
        StringBuilder scope = new StringBuilder();
        part(scope, "vendor", vendor);
        part(scope, "store", store);
        part(scope, "kind", kind);
        return scope.toString();
    }

    private static void part(StringBuilder scope, String what, String value) {
        if (value != null) {
            scope.append(scope.isEmpty() ? " of " : ", ")
                    .append(what)
                    .append(' ')
                    .append(value);
        }
    }

    public List<Pause> all() {
        return database.read(Pauses::all);
    }

    public void add(String vendor, String store, RecordKind kind, String reason) {
        database.update(handle -> {
            handle.execute(
                    "insert into pause (vendor, store, kind, reason, created_at) values (?,?,?,?,?)",
                    vendor,
                    store,
                    kind == null ? null : kind.word(),
                    reason,
                    System.currentTimeMillis());
            AuditBook.note(handle, "pause", 1, reason);
        });
    }

    /** @return how many pauses were lifted */
    public int lift() {
        return database.write(handle -> {
            int lifted = handle.execute("delete from pause");
            if (lifted > 0) {
                AuditBook.note(handle, "resume", lifted, null);
            }
            return lifted;
        });
    }

    /**
     * Lifts those that were made for just this; null means that they name none.
     *
     * @return how many
     */
    public int lift(String vendor, String store, RecordKind kind) {
        return database.write(handle -> {
            int lifted = handle.createUpdate(
                            "delete from pause where vendor is not distinct from :vendor and store is not "
                                    + "distinct from :store and kind is not distinct from :kind")
                    .bind("vendor", vendor)
                    .bind("store", store)
                    .bind("kind", kind == null ? null : kind.word())
                    .execute();
            if (lifted > 0) {
                AuditBook.note(handle, "resume", lifted, null);
            }
            return lifted;
        });
    }

    static List<Pause> all(Handle handle) {
        return handle.createQuery("select vendor, store, kind, reason, created_at from pause order by id")
                .map((row, context) -> new Pause(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Instant.ofEpochMilli(row.getLong(5))))
                .list();
    }
}
