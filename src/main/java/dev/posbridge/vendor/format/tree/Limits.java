package dev.posbridge.vendor.format.tree;

/**
 * How large the parts of a document may be, so that none fills the memory.
 *
 * @param value most characters in a value
 * @param receipt most characters that are kept of a receipt
 */
record Limits(int value, int receipt) {
    /** Deeper documents are made to hurt. */
    static final int DEPTH = 100;

    static final int NAME = 1_000;
    /** Between one tag and the next. */
    static final int PIECE = 4 << 20;

    static final int ELEMENTS = 200_000;
}
