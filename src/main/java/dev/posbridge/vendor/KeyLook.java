package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import java.util.List;
import java.util.Map;

/**
 * Looks through a file's receipts for numbers that come back, and for records of one key, before the first of them may
 * leave. Used by one thread.
 */
final class KeyLook implements AutoCloseable {
    /** A file with more of them is sorted otherwise than by receipt. */
    private static final int MOST = 100_000;

    private final Rules rules;
    private final Facts facts;
    private final ReceiptTranslator naming;
    private final boolean mayMeet;
    private final KeyLog receipts = new KeyLog();
    private final KeyLog records = new KeyLog();
    private boolean elements;

    KeyLook(Rules rules, Facts facts) {
        this.rules = rules;
        this.facts = facts;
        this.mayMeet = rules.recordKeysMayMeet();
        this.naming = new ReceiptTranslator(rules, facts, new ControlTotals(rules.currency()));
    }

    void add(Gathering receipt) {
        elements |= receipt.first().receipt() != 0;
        if (receipt.key() != null && rules.assembly().mayReturn()) {
            receipts.add(ReceiptKey.hash(receipt.key()), receipt.content(), ReturningKeys.place(receipt.first()));
        }
        if (mayMeet) {
            addRecords(receipt.receipt(null));
        }
    }

    /** Only what the profile reads tells whether two receipts of one key say the same. */
    void addRecords(Receipt receipt) {
        ReceiptTranslator.Keyed keyed = receipt.flaw() == null ? naming.keyed(receipt) : null;
        if (keyed == null) {
            return;
        }
        List<Row> rows = receipt.rows();
        long content = ReceiptKey.hashOfUsed(rows);
        for (RecordKind kind : keyed.rule().keyed()) {
            records.add(ReceiptKey.hash(kind.word(), keyed.key()), content, ReturningKeys.place(rows.get(0)));
        }
    }

    /** @throws FileRejectedException where too many come back */
    ReturningKeys found() {
        Map<Long, long[]> parts = receipts.returning(MOST);
        if (parts == null) {
            throw new FileRejectedException(
                    Position.ofFile(facts.file()),
                    Reason.KEY_REPEATED,
                    "more than " + MOST + " receipts come back after others, expected "
                            + (elements
                                    ? "a number of its own for each. Put what tells them apart (register, day) into receipt.key"
                                    : "the rows of one to stand together. Set receipt.rows: scattered")
                            + " in " + facts.profile() + " and deliver the file again.");
        }
        Map<Long, long[]> meeting = records.returning(MOST);
        if (meeting == null) {
            throw new FileRejectedException(
                    Position.ofFile(facts.file()),
                    Reason.KEY_REPEATED,
                    "more than " + MOST + " receipts have a key that others have, too, with other rows, expected a key "
                            + "of its own for each. Correct key in " + facts.profile()
                            + " and deliver the file again.");
        }
        return ReturningKeys.of(parts, meeting, elements, facts.profile());
    }

    @Override
    public void close() {
        receipts.close();
        records.close();
    }
}
