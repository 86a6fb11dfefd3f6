package dev.posbridge.console;

import dev.posbridge.ledger.LedgerAccount;
import java.util.List;

/**
 * What stands around every page.
 *
 * @param active path of the page in the menu
 * @param session null where nobody is in yet
 * @param notice what was done just now, or null
 */
record Frame(String title, String active, LedgerAccount account, Session session, boolean personal, String notice) {
    private static final List<Link> LINKS = List.of(
            new Link("/", "Tonight"),
            new Link("/dead-letters", "Dead letters"),
            new Link("/held", "Held and paused"),
            new Link("/trace", "Trace"),
            new Link("/vendors", "Vendors"),
            new Link("/report", "Report"));

    /** An entry of the menu. */
    record Link(String path, String title) {}

    List<Link> links() {
        return LINKS;
    }

    boolean mayShow() {
        return session.role().may(Role.OPERATE);
    }

    String environment() {
        return account.name() + " · " + account.environment() + " · " + account.currency();
    }

    String csrf() {
        return session == null ? "" : session.csrf();
    }

    boolean may(Role role) {
        return session != null && session.role().may(role);
    }
}
