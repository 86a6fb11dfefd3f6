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
import java.util.Arrays;

/**
 * Receipts whose rows lie anywhere in their file: all rows are put down on disk first, each with the place of the one before
 * it of its receipt, and taken up receipt by receipt, in the order in which these began. In memory stand a few numbers for
 * each receipt, and the rows of one. Used by one thread.
 */
final class ScatteredReceipts implements Receipts, AutoCloseable {
    static final int MOST_RECEIPTS = 3_000_000;
    private static final long MOST_BYTES = 8L << 30;
    private static final long NONE = -1;

    private final Rules rules;
    private final Facts facts;
    private final RowFeed feed;
    private final ReceiptKey keys;
    private final FileChannel file;
    private final RowSpill spill;
    private long[] hashes = new long[1024];
    private long[] last = new long[1024];
    private int[] table = new int[4096];
    private int receipts;
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
            return next == receipts ? null : assemble(last[next++]);
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
            String[] key = keys.of(row);
            int receipt = key == null ? begin(0) : find(ReceiptKey.hash(key));
            last[receipt] = spill.add(row, last[receipt]);
            if (spill.size() > MOST_BYTES) {
                throw tooLarge("more than " + (MOST_BYTES >> 30) + " GiB of rows");
            }
        }
        spill.flush();
    }

    private int find(long hash) {
        int slot = slot(hash);
        if (table[slot] != 0) {
            return table[slot] - 1;
        }
        int receipt = begin(hash);
        table[slot] = receipt + 1;
        if (receipts * 2 > table.length) {
            grow();
        }
        return receipt;
    }

    /** Rows without a key are in no table: each is a receipt. */
    private int begin(long hash) {
        if (receipts == MOST_RECEIPTS) {
            throw tooLarge("more than " + MOST_RECEIPTS + " receipts");
        }
        if (receipts == hashes.length) {
            hashes = Arrays.copyOf(hashes, receipts * 2);
            last = Arrays.copyOf(last, receipts * 2);
        }
        hashes[receipts] = hash;
        last[receipts] = NONE;
        return receipts++;
    }

    private int slot(long hash) {
        int slot = (int) (hash * 0x9e3779b97f4a7c15L >>> 33) & table.length - 1;
        while (table[slot] != 0 && hashes[table[slot] - 1] != hash) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void grow() {
        int[] before = table;
        table = new int[before.length * 2];
        for (int receipt : before) {
            if (receipt != 0) {
                table[slot(hashes[receipt - 1])] = receipt;
            }
        }
    }

    private Receipt assemble(long place) throws IOException {
        int most = rules.assembly().maxRows() + 1;
        long[] places = new long[16];
        int count = 0;
        for (long at = place; at != NONE; at = spill.read(at).before()) {
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
