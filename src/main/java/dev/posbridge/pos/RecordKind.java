package dev.posbridge.pos;

/** The kinds of canonical records; customers come first, then sales, then refunds. */
public enum RecordKind {
    CUSTOMER,
    SALE,
    REFUND,
    EVENT;

    private final String word = name().toLowerCase(java.util.Locale.ROOT);

    /** As written in profiles, reports and the generic file: {@code sale}. */
    public String word() {
        return word;
    }
}
