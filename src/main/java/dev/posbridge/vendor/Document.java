package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.IdText;
import dev.posbridge.vendor.value.Tally;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * One file being read, receipt by receipt; never held whole. For one thread. Control totals are summed up by {@link
 * #translate}: who calls {@link #finish} must have translated every receipt, those stored by an earlier run too.
 */
public final class Document implements Iterator<Receipt>, AutoCloseable {
    /** A receipt of more rows is no receipt: its key is the same all over the file. */
    private static final int MOST_ROWS = 10_000;

    private final Rules rules;
    private final Facts facts;
    private final RowSource source;
    private final ReceiptTranslator translator;
    private final ControlTotals totals;
    private final String[] key;
    private Layout layout;
    private Layout trailerLayout;
    private Row ahead;
    private Row trailer;
    private boolean ended;
    private long rows;
    private long receipts;

    Document(Rules rules, Facts facts, RowSource source) {
        this.rules = rules;
        this.facts = facts;
        this.source = source;
        this.totals = new ControlTotals(rules.currency());
        this.translator = new ReceiptTranslator(rules, facts, totals);
        this.key = new String[rules.assembly().key().size()];
    }

    /** @throws FileRejectedException where the file cannot be read on */
    @Override
    public boolean hasNext() {
        if (ahead == null && !ended) {
            ahead = read();
        }
        return ahead != null;
    }

    /** @throws FileRejectedException where the file cannot be read on */
    @Override
    public Receipt next() {
        if (!hasNext()) {
            throw new NoSuchElementException(
                    "no receipt after line " + facts.position().line());
        }
        Row first = ahead;
        ahead = read();
        receipts++;
        boolean keyed = first.receipt() == 0 && key.length > 0;
        if (ahead == null || keyed && !takeKey(first) || !continues(first, ahead)) {
            return new Receipt(List.of(first));
        }
        List<Row> together = new ArrayList<>();
        together.add(first);
        while (ahead != null && continues(first, ahead)) {
            together.add(ahead);
            if (together.size() > MOST_ROWS) {
                throw rejected(
                        first,
                        Reason.ROW_TOO_LONG,
                        "the receipt that starts here has more than " + MOST_ROWS + " rows. Correct receipt.key in "
                                + facts.profile() + ".");
            }
            ahead = read();
        }
        return new Receipt(together);
    }

    /** Makes records of a receipt. A fault of the receipt's own is an outcome, never thrown. */
    public Translation translate(Receipt receipt) {
        return translator.translate(receipt);
    }

    /** What the computed amounts of the receipts translated so far came to. */
    public Tally tally() {
        return facts.tally();
    }

    /** The receipt's place in its register's sequence; null where the profile knows none. */
    public Numbered numbered(Receipt receipt) {
        if (rules.assembly().sequence() == null) {
            return null;
        }
        facts.at(receipt.rows().get(0));
        return rules.assembly().sequence().of(facts);
    }

    /**
     * To be called after the last receipt.
     *
     * @throws FileRejectedException CONTROL_TOTALS_WRONG, FILE_TRUNCATED (no trailer), FILE_EMPTY
     * @throws IllegalStateException where receipts are left to read or to translate
     */
    public void finish() {
        boolean summed = rules.trailer() != null && rules.trailer().total() != null;
        if (hasNext() || summed && translator.translated() < receipts) {
            throw new IllegalStateException("finish() before every receipt was read and translated: " + receipts
                    + " were read, " + translator.translated() + " translated");
        }
        if (trailer != null) {
            facts.startAt(trailer);
            totals.check(rules.trailer(), facts, rows, receipts);
        } else if (rules.trailer() != null && receipts > 0) {
            throw rejected(
                    null,
                    Reason.FILE_TRUNCATED,
                    "the trailer is missing after " + rows + " rows. " + Reason.FILE_TRUNCATED.remedy());
        } else if (receipts == 0) {
            throw rejected(null, Reason.FILE_EMPTY, "the file has no receipts. " + Reason.FILE_EMPTY.remedy());
        }
    }

    /** How often attributes of customers were left out because they were none, by their keys in the profile. */
    public Map<String, Long> drops() {
        return facts.drops().counts();
    }

    /** The header line as text, null where files of this vendor have none. */
    public String header() {
        return source.header();
    }

    /** Columns of its first row that the profile neither uses nor drops. */
    public List<String> unusedColumns() {
        return layout == null ? List.of() : layout.unused();
    }

    /** Data rows read so far, without header and trailer. */
    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        source.close();
    }

    /** The next data row; null at the end, with the trailer put aside. */
    private Row read() {
        Row row = ended ? null : source.next();
        if (row == null) {
            ended = true;
            return null;
        }
        if (layout == null) {
            layout = row.layout();
        }
        facts.at(row);
        if (trailer != null) {
            throw rejected(
                    row,
                    Reason.CONTROL_TOTALS_WRONG,
                    "a row follows the trailer of line " + trailer.line() + ". "
                            + Reason.CONTROL_TOTALS_WRONG.remedy());
        }
        if (isTrailer(row)) {
            refuseCutOff(trailer);
            return read();
        }
        rows++;
        if (row.width() < row.expectedWidth()) {
            refuseCutOff(row);
        }
        return row;
    }

    private boolean isTrailer(Row row) {
        if (rules.trailer() == null) {
            return false;
        }
        if (trailerLayout == null) {
            trailerLayout = rules.trailer().layout(row.layout());
        }
        trailer = rules.trailer().of(row, trailerLayout);
        return trailer != null;
    }

    /** A short row is the file's last and has no line end: the till, or the line, died while writing it. */
    private void refuseCutOff(Row row) {
        boolean last = row.width() < row.expectedWidth() && source.atEnd();
        if (last && !source.endedCleanly()) {
            throw rejected(
                    row,
                    Reason.FILE_TRUNCATED,
                    "the last row has " + row.width() + " of " + row.expectedWidth() + " fields and no line end. "
                            + Reason.FILE_TRUNCATED.remedy());
        }
    }

    private boolean takeKey(Row row) {
        facts.at(row);
        boolean blank = false;
        for (int index = 0; index < key.length; index++) {
            key[index] = rules.assembly().key().get(index).of(facts);
            blank |= !IdText.isUsable(key[index]); // Equal ones tell nothing: many ids look alike once mangled.
        }
        return !blank;
    }

    /** Rows that were cut out of one element are one receipt; of others the key tells. */
    private boolean continues(Row first, Row row) {
        if (first.receipt() != 0 || key.length == 0) {
            return first.receipt() != 0 && first.receipt() == row.receipt();
        }
        facts.at(row);
        for (int index = 0; index < key.length; index++) {
            if (!key[index].equals(rules.assembly().key().get(index).of(facts))) {
                return false;
            }
        }
        return true;
    }

    private FileRejectedException rejected(Row row, Reason reason, String text) {
        Position position = row == null ? Position.ofFile(facts.file()) : row.position();
        return new FileRejectedException(position, reason, text);
    }
}
