package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.operations.AmountText;

/** A held file for people, and for programs. */
final class HeldView {
    private HeldView() {}

    /** {@code acme/EOD_07.csv, 214 records, sales 120,400.00, refunds 0.00: outside-limits}. */
    static String line(Held held) {
        return held.vendor() + "/" + held.name() + ", "
                + (held.isWhole()
                        ? Count.of(held.records(), "record") + ", sales "
                        : Count.of(held.records(), "sale") + " of " + Count.of(held.customers(), "customer") + ", ")
                + AmountText.shown(held.sales())
                + (held.isWhole() ? ", refunds " + AmountText.shown(held.refunds()) : "") + ": "
                + held.why()
                + (held.approved() == null || !held.isWhole()
                        ? ""
                        : " (released, not read again yet: release it once more)");
    }
}
