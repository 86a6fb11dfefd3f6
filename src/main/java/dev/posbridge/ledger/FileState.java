package dev.posbridge.ledger;

/** How far a file has come. The codes are stored, so they never change. */
public enum FileState {
    /** Being read; nothing of it may be sent. */
    STAGING(0, "not read to its end"),
    /** Read to its end and trusted; its records are due. */
    RELEASED(1, "read to its end, and not all of it is settled"),
    /** Every record of it has ended, or is parked. */
    SETTLED(2, "settled"),
    REJECTED(3, "rejected: nothing of it was sent"),
    /** Reading was interrupted and another file of the identity came first; it is read anew when it is offered. */
    ABANDONED(4, "interrupted: it is read anew when it is offered"),
    /** The same content was taken in before; counted, not read. */
    KNOWN(5, "known: the same content came before"),
    /** Read, but so unlike what is expected that a person has to look; nothing of it is in the ledger but its sums. */
    HELD(6, "held: a person has to look");

    private final int code;
    private final String sentence;

    FileState(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** What that means, for a person, after the file's name. */
    public String sentence() {
        return sentence;
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
