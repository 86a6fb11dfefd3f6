package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.value.Facts;
import java.util.Map;

/**
 * Receipts whose number comes back later in the file, with other rows, and records whose key another receipt makes, too.
 * Each alone looks like a whole receipt, so the file is looked through for them before the first of its receipts may leave.
 * What comes back with the very same rows is a copy, and the ledger counts it. Immutable.
 */
final class ReturningKeys {
    static final ReturningKeys NONE = new ReturningKeys(Map.of(), Map.of(), false, "");

    private final Map<Long, long[]> lines;
    private final Map<Long, long[]> linesOfRecords;
    private final boolean elements;
    private final String profile;

    private ReturningKeys(Map<Long, long[]> lines, Map<Long, long[]> linesOfRecords, boolean elements, String profile) {
        this.lines = lines;
        this.linesOfRecords = linesOfRecords;
        this.elements = elements;
        this.profile = profile;
    }

    /**
     * What {@link KeyLook} found: by hash of the key the places at which the first two begin.
     *
     * @param elements whether receipts are elements of a document, which hang together whatever they say
     */
    static ReturningKeys of(Map<Long, long[]> receipts, Map<Long, long[]> records, boolean elements, String profile) {
        return receipts.isEmpty() && records.isEmpty() ? NONE : new ReturningKeys(receipts, records, elements, profile);
    }

    /** Where a receipt begins: in which line, or in which element of a document, which may be all one line. */
    static long place(Row first) {
        return first.receipt() == 0 ? first.line() : first.receipt();
    }

    /**
     * Looks through a file.
     *
     * @throws FileRejectedException where too many come back
     */
    static ReturningKeys find(Rules rules, Facts facts, RowSource rows) {
        AdjacentReceipts receipts = new AdjacentReceipts(rules, facts, new RowFeed(rows, rules, facts), NONE);
        try (KeyLook look = new KeyLook(rules, facts)) {
            readAll(receipts, look);
            return look.found();
        }
    }

    private static void readAll(AdjacentReceipts receipts, KeyLook look) {
        try {
            for (Gathering next = receipts.nextGathering(); next != null; next = receipts.nextGathering()) {
                look.add(next);
            }
        } catch (FileRejectedException problem) {
            // Whoever reads the file for its receipts meets it again.
        }
    }

    /** What is wrong with a receipt of that number; null for nothing. */
    Receipt.Flaw flaw(String[] key, Row first) {
        long[] itsLines = lines.isEmpty() || key == null ? null : lines.get(ReceiptKey.hash(key));
        if (itsLines == null) {
            return null;
        }
        String name = "receipt \"" + String.join("-", key) + "\" ";
        if (elements) {
            return new Receipt.Flaw(
                    Reason.KEY_REPEATED,
                    name + "stands in elements " + itsLines[0] + " and " + itsLines[1]
                            + " of the file, which say different "
                            + "things; none of them is sent. Put what tells them apart (register, day) into receipt.key in "
                            + profile + " and deliver the file again; or give one its own number and replay.",
                    0);
        }
        String text = first.line() == itsLines[0]
                ? name + "comes back in line " + itsLines[1] + " with other rows, after other receipts"
                : name + "began in line " + itsLines[0] + " and comes back here with other rows, after other receipts";
        return new Receipt.Flaw(
                Reason.KEY_REPEATED,
                text + "; no part of it is sent. Set receipt.rows: scattered in " + profile
                        + " where the rows of one receipt lie apart, and deliver the file again; or give the second "
                        + "receipt its own number and replay.",
                0);
    }

    /** What is wrong with a record of that kind and key, worded to follow a position; null for nothing. */
    String problem(RecordKind kind, String key) {
        long[] itsLines = linesOfRecords.isEmpty() ? null : linesOfRecords.get(ReceiptKey.hash(kind.word(), key));
        return itsLines == null
                ? null
                : (elements ? "the receipts in elements " : "the receipts that begin in lines ") + itsLines[0] + " and "
                        + itsLines[1] + " both make "
                        + kind.word()
                        + " \"" + key
                        + "\", and say different things; neither is sent. Put what tells them apart "
                        + "(register, day) into key in " + profile
                        + (elements
                                ? " and deliver the file again"
                                : ", or, where they are rows of one receipt, name its number under receipt.key, and "
                                        + "deliver the file again")
                        + "; or give one its own number and replay.";
    }
}
