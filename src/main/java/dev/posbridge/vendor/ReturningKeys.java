package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.value.Facts;
import java.util.Map;

/**
 * Receipts whose number comes back later in the file, with other rows. Each part alone looks like a whole receipt, so the
 * file is looked through for them before the first of its receipts may leave. A number that comes back with the very same
 * rows is a copy, and the ledger counts it. Immutable.
 */
final class ReturningKeys {
    static final ReturningKeys NONE = new ReturningKeys(Map.of(), "");

    /** A file with more of them is sorted otherwise than by receipt. */
    private static final int MOST = 100_000;

    private final Map<Long, long[]> lines;
    private final String profile;

    private ReturningKeys(Map<Long, long[]> lines, String profile) {
        this.lines = lines;
        this.profile = profile;
    }

    /**
     * Looks through a file.
     *
     * @throws FileRejectedException where too many come back
     */
    static ReturningKeys find(Rules rules, Facts facts, RowSource rows) {
        AdjacentReceipts receipts = new AdjacentReceipts(rules, facts, new RowFeed(rows, rules), NONE);
        try (KeyLog log = new KeyLog()) {
            readAll(receipts, log);
            Map<Long, long[]> found = log.returning(MOST);
            if (found == null) {
                throw new FileRejectedException(
                        Position.ofFile(facts.file()),
                        Reason.KEY_REPEATED,
                        "more than " + MOST + " receipts come back after others, expected the rows of one to stand "
                                + "together. Set receipt.rows: scattered in " + facts.profile()
                                + " and deliver the file again.");
            }
            return found.isEmpty() ? NONE : new ReturningKeys(found, facts.profile());
        }
    }

    private static void readAll(AdjacentReceipts receipts, KeyLog log) {
        try {
            for (Gathering next = receipts.nextGathering(); next != null; next = receipts.nextGathering()) {
                if (next.key() != null) {
                    log.add(
                            ReceiptKey.hash(next.key()),
                            next.content(),
                            next.first().line());
                }
            }
        } catch (FileRejectedException problem) {
            // Whoever reads the file for its receipts meets it again.
        }
    }

    /** What is wrong with a receipt of that key; null for nothing. */
    Receipt.Flaw flaw(String[] key, long line) {
        long[] itsLines = lines.isEmpty() || key == null ? null : lines.get(ReceiptKey.hash(key));
        if (itsLines == null) {
            return null;
        }
        String name = "receipt \"" + String.join("-", key) + "\" ";
        String text = line == itsLines[0]
                ? name + "comes back in line " + itsLines[1] + " with other rows, after other receipts"
                : name + "began in line " + itsLines[0] + " and comes back here with other rows, after other receipts";
        return new Receipt.Flaw(
                Reason.KEY_REPEATED,
                text + "; no part of it is sent. Set receipt.rows: scattered in " + profile
                        + " where the rows of one receipt lie apart, and deliver the file again; or give the second "
                        + "receipt its own number and replay.",
                0);
    }
}
