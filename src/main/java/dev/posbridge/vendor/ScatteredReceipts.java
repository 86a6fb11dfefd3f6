package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSpill;
import dev.posbridge.vendor.value.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;

/**
 * Receipts whose rows lie anywhere in their file: all rows are put down on disk first, each with the place of the one before
 * it of its receipt, and taken up receipt by receipt, in the order in which these began. In memory stand a few numbers for
 * each receipt, and the rows of one. Used by one thread.
 */
final class ScatteredReceipts implements Receipts, AutoCloseable {
    static final int MOST_RECEIPTS = 3_000_000;
    private static final long MOST_BYTES = 8L << 30;

    private final Rules rules;
    private final Facts facts;
    private final RowFeed feed;
    private final ReceiptKey keys;
    private final FileChannel file;
    private final RowSpill spill;
    private final Chains receipts = new Chains();
    /** Rows that belong to every receipt that names them. */
    private final Chains shared = new Chains();

    private final BitSet named = new BitSet();
    private int next;
    private boolean read;

    ScatteredReceipts(Rules rules, Facts facts, RowFeed feed) {
        this.rules = rules;
        this.facts = facts;
        this.feed = feed;
        this.keys = new ReceiptKey(rules.assembly().key(), facts);
        try {
            this.file = PrivateFile.create();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        this.spill = new RowSpill(file);
    }

    /** Puts the whole file together, and looks whether two receipts make records of one key. */
    ReturningKeys look() {
        if (!rules.recordKeysMayMeet()) {
            return ReturningKeys.NONE;
        }
        try (KeyLook look = new KeyLook(rules, facts)) {
            for (Receipt receipt = next(); receipt != null; receipt = next()) {
                look.addRecords(receipt);
            }
            next = 0;
            return look.found();
        }
    }

    @Override
    public Receipt next() {
        try {
            if (!read) {
                readAll();
                read = true;
            }
            if (next < receipts.count()) {
                return assemble(receipts.last(next++));
            }
            int stray = named.nextClearBit(next - receipts.count());
            next = receipts.count() + stray + 1;
            return stray < shared.count() ? alone(shared.last(stray)) : null;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        PrivateFile.close(file);
    }

    private void readAll() throws IOException {
        for (Row row = feed.next(); row != null; row = feed.next()) {
            Joining.Part part = rules.joining() == null ? null : rules.joining().foundThrough(row);
            List<String> called = part == null ? List.of() : part.through().called(row);
            if (called.isEmpty()) {
                String[] key = keys.of(row);
                add(row, receipts, key == null ? receipts.begin() : receipts.findOrBegin(ReceiptKey.hash(key)));
            } else {
                add(row, shared, shared.findOrBegin(hash(part, called)));
            }
            if (receipts.count() + shared.count() > MOST_RECEIPTS) {
                throw tooLarge("more than " + MOST_RECEIPTS + " receipts");
            }
        }
        spill.flush();
    }

    private void add(Row row, Chains to, int number) throws IOException {
        to.last(number, spill.add(row, to.last(number)));
        if (spill.size() > MOST_BYTES) {
            throw tooLarge("more than " + (MOST_BYTES >> 30) + " GiB of rows");
        }
    }

    private static long hash(Joining.Part part, List<String> called) {
        List<String> whole = new ArrayList<>(called);
        whole.add(part.name());
        return ReceiptKey.hash(whole.toArray(new String[0]));
    }

    /** Rows that no receipt names. */
    private Receipt alone(long place) throws IOException {
        List<Row> rows = rowsOf(place, rules.assembly().maxRows() + 1);
        Gathering receipt = new Gathering(rules.assembly(), facts.profile(), null, rows.get(0));
        rows.stream().skip(1).forEach(receipt::add);
        return receipt.receipt(null);
    }

    /** The last of them, in the order of the file. */
    private List<Row> rowsOf(long place, int most) throws IOException {
        LinkedList<Row> rows = new LinkedList<>();
        for (long at = place; at != Chains.NONE && rows.size() < most; ) {
            RowSpill.Kept kept = spill.read(at);
            rows.addFirst(kept.row());
            at = kept.before();
        }
        return rows;
    }

    /** Rows of other files that the receipt's rows name. */
    private void addNamed(Gathering receipt, List<Row> own) throws IOException {
        for (Joining.Part part : rules.joining().foundThrough()) {
            Set<List<String>> names = new LinkedHashSet<>();
            own.forEach(row -> names.add(part.through().named(row)));
            names.remove(List.of());
            for (List<String> name : names) {
                int number = shared.find(hash(part, name));
                if (number >= 0) {
                    named.set(number);
                    rowsOf(shared.last(number), rules.assembly().maxRows() + 1).stream()
                            .filter(row -> part.through().called(row).equals(name))
                            .forEach(receipt::add);
                }
            }
        }
    }

    private Receipt assemble(long place) throws IOException {
        int most = rules.assembly().maxRows() + 1;
        long[] places = new long[16];
        int count = 0;
        for (long at = place; at != Chains.NONE; at = spill.read(at).before()) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
            }
            places[count++] = at;
        }
        Row first = spill.read(places[count - 1]).row();
        String[] key = keys.of(first);
        Gathering receipt = new Gathering(rules.assembly(), facts.profile(), key, first);
        for (int index = count - 2; index >= 0; index--) {
            boolean kept = count - index <= most;
            Row row = kept ? spill.read(places[index]).row() : first;
            if (kept && !keys.isOf(key, row)) {
                throw new IllegalStateException(first.position()
                        + ": two receipt numbers have one hash; set receipt.rows: " + "adjacent for this file");
            }
            receipt.add(row);
        }
        if (rules.joining() != null && !rules.joining().foundThrough().isEmpty()) {
            addNamed(receipt, receipt.rows());
        }
        return receipt.receipt(null);
    }

    private FileRejectedException tooLarge(String what) {
        return new FileRejectedException(
                Position.ofFile(facts.file()),
                Reason.RECEIPT_TOO_LARGE,
                "the file has " + what + ", which is too much for receipt.rows: scattered. Split it, or sort it by "
                        + "receipt and set adjacent in " + facts.profile() + ".");
    }
}
