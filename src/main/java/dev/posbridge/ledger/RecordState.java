package dev.posbridge.ledger;

/** What became of a record. The codes are stored, so they never change. */
public enum RecordState {
    /** Waits for its turn; due once its file is released. */
    PENDING(0),
    /** Claimed, and perhaps sent: after a crash nobody knows, so it is verified before anything else. */
    SENDING(1),
    /** Same key as an unsent record, newer content: takes its place when the file is released. */
    CONTENDER(2),
    HELD(3),
    DELIVERED(4),
    /** A refund whose sale is not there yet. */
    PARKED(5),
    DEAD(6),
    SKIPPED(7),
    /** A newer record of the same key took its place before it was sent. */
    SUPERSEDED(8);

    private final int code;

    RecordState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** As reports spell it: {@code delivered}. A contender is still pending to everybody outside. */
    public String word() {
        return this == CONTENDER ? "pending" : name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * SQL condition of a record that still has to be delivered. Its first half is what the indexes of open records say.
     *
     * @param record its name in the statement
     */
    static String open(String record) {
        return record + ".settled_at is null and " + record + ".state in (0, 1)";
    }

    /**
     * SQL condition that a file has something left to deliver.
     *
     * @param file its id in the statement
     */
    static String anyOpenIn(String file) {
        return "(exists (select 1 from segment_state where file_id = " + file + " and open > 0) or exists "
                + "(select 1 from record where file_id = " + file + " and " + open("record") + "))";
    }

    public static RecordState ofCode(int code) {
        return values()[code];
    }
}
