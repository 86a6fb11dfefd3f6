package dev.posbridge.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Names of what came: vendors, files and stores. Reads only; thread-safe. */
public final class Names {
    private static final String OF_VENDOR =
            "join file f on f.id = x.file_id and (cast(:vendor as text) is null or f.vendor = :vendor) ";

    private final LedgerDatabase database;

    public Names(LedgerDatabase database) {
        this.database = database;
    }

    /** Vendors of which something came. */
    public List<String> vendors() {
        return names("vendor");
    }

    /** Names of files that came, without folder. */
    public List<String> files() {
        return names("name");
    }

    private List<String> names(String column) {
        return database.read(handle -> handle.createQuery("select distinct " + column + " from file")
                .mapTo(String.class)
                .list());
    }

    /** Whether a file of this name, without folder, ever came. */
    public boolean hasFile(String name) {
        return database.read(handle -> handle.createQuery("select exists (select 1 from file where name = :name)")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one());
    }

    /** @param vendor whose store it is; null for any */
    public boolean hasStore(String vendor, String store) {
        return database.read(handle -> isIn(handle, "figure", vendor, store) || isIn(handle, "record", vendor, store));
    }

    private static boolean isIn(Handle handle, String table, String vendor, String store) {
        return handle.createQuery(
                        "select exists (select 1 from " + table + " x " + OF_VENDOR + "where x.store = :store)")
                .bind("vendor", vendor)
                .bind("store", store)
                .mapTo(Boolean.class)
                .one();
    }

    /** Those of the files, and those of tills' messages, which leave no figures. */
    public List<String> stores(String vendor) {
        return database.read(handle -> handle.createQuery("select distinct store from (select x.store from figure x "
                        + OF_VENDOR + "union select x.store from record x " + OF_VENDOR
                        + ") s where store <> '' order by store")
                .bind("vendor", vendor)
                .mapTo(String.class)
                .list());
    }
}
