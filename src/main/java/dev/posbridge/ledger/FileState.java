package dev.posbridge.ledger;

/** How far a file has come. The codes are stored, so they never change. */
public enum FileState {
    /** Being read; nothing of it may be sent. */
    STAGING(0),
    /** Read to its end and trusted; its records are due. */
    RELEASED(1),
    /** Every record of it has ended, or is parked. */
    SETTLED(2),
    REJECTED(3),
    /** Reading was interrupted and another file of the identity came first; it is read anew when it is offered. */
    ABANDONED(4),
    /** The same content was taken in before; counted, not read. */
    KNOWN(5),
    /** Read, but so unlike what is expected that a person has to look; nothing of it is in the ledger but its sums. */
    HELD(6);

    private final int code;

    FileState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static FileState ofCode(int code) {
        return values()[code];
    }
}
