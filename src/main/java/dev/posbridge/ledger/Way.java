package dev.posbridge.ledger;

/** How a sale may go. The codes are stored, so they never change. */
public enum Way {
    /** As its number commands: among many by batch, else by a call of its own. */
    EITHER(0),
    /** By a call of its own: batch calls cannot carry it, or refused it and its own answer says more. */
    SINGLY(1),
    /** By batch once more: it was refused with many others. Refused again it is dead. */
    REFUSED_AMONG_MANY(2),
    /** By batch: it was once, and only there Gameball is sure to know its id again. */
    BY_BATCH(3);

    private final int code;

    Way(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static Way ofCode(int code) {
        return values()[code];
    }
}
