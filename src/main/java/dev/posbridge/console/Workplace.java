package dev.posbridge.console;

import dev.posbridge.Nearest;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.Names;
import dev.posbridge.ledger.Requests;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the pages work with: the same that a command has.
 *
 * @param zone of this machine, in which times are shown; it is named beside them
 */
public record Workplace(Settings settings, LedgerDatabase database, LedgerAccount account, ZoneId zone) {
    public Workplace(Settings settings, LedgerDatabase database, LedgerAccount account) {
        this(settings, database, account, ZoneId.systemDefault());
    }

    /** Who runs on the data folder, and since when; empty for nobody. */
    Optional<String> holder() {
        return DataFolder.holder(settings.folders().data());
    }

    /** Whether a service runs that reads what it is asked to. */
    boolean isServed() {
        return DataFolder.isService(holder());
    }

    /** What it may be asked. */
    Requests requests() {
        return new Requests(database, settings.folders().data());
    }

    /** Vendors that have a profile, and those of which something came, by name. */
    List<String> vendors() {
        Set<String> vendors = new TreeSet<>(new Names(database).vendors());
        vendors.addAll(profiles().names());
        return List.copyOf(vendors);
    }

    /** @throws RefusedException with the nearest name, for a vendor that neither a profile nor the ledger knows; null is all */
    void requireVendor(String vendor) {
        if (vendor != null && !vendors().contains(vendor)) {
            throw new RefusedException(
                    400,
                    "vendor is \"" + vendor + "\", found no profile and no file of that name."
                            + Nearest.hint(vendor, vendors()));
        }
    }

    /** As they are on the disk now. */
    Profiles profiles() {
        return Profiles.in(settings.folders().vendors());
    }
}
