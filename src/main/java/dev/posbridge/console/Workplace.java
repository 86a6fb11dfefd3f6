package dev.posbridge.console;

import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.time.ZoneId;

/**
 * What the pages work with: the same that a command has.
 *
 * @param zone of this machine, in which times are shown; it is named beside them
 */
public record Workplace(Settings settings, LedgerDatabase database, LedgerAccount account, ZoneId zone) {
    public Workplace(Settings settings, LedgerDatabase database, LedgerAccount account) {
        this(settings, database, account, ZoneId.systemDefault());
    }

    /** As they are on the disk now. */
    Profiles profiles() {
        return Profiles.in(settings.folders().vendors());
    }
}
