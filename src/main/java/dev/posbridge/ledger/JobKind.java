package dev.posbridge.ledger;

/** What a job carries. The ordinals are stored, so they never change. */
public enum JobKind {
    ORDERS,
    CUSTOMERS,
    BALANCES,
    /** Asks which orders arrived. */
    VERIFICATION;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
