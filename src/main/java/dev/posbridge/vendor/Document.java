package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Tally;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One file being read, receipt by receipt; never held whole. For one thread. Control totals are summed up by {@link
 * #translate}: who calls {@link #finish} must have translated every receipt, those stored by an earlier run too.
 */
public final class Document implements Iterator<Receipt>, AutoCloseable {
    /** What is said of a file whose total nobody could add up. */
    public static final String TOTAL_NOT_COMPARED =
            "trailer: total not compared, because the amount of a receipt cannot be" + " read, or a void names none";

    private final Rules rules;
    private final Facts facts;
    private final RowSource source;
    private final ReceiptTranslator translator;
    private final ControlTotals totals;
    private final RowFeed feed;
    private final Supplier<ReturningKeys> look;
    private final LongSupplier bytes;
    private Receipts receiptsOfFile;
    private Receipt ahead;
    private ScatteredReceipts scattered;
    private Receipt largest;
    private String mismatch;
    private boolean ended;
    private long receipts;
    private long leftOut;

    /**
     * @param look looks through the file for keys that come back, when its first receipt is asked for
     */
    Document(Rules rules, Facts facts, RowSource source, Supplier<ReturningKeys> look) {
        this(rules, facts, source, look, () -> 0);
    }

    /** @param bytes how many of the file were read, as it lies there */
    Document(Rules rules, Facts facts, RowSource source, Supplier<ReturningKeys> look, LongSupplier bytes) {
        this.bytes = bytes;
        this.rules = rules;
        this.facts = facts;
        this.source = source;
        this.look = look;
        this.totals = new ControlTotals(rules.currency());
        this.translator = new ReceiptTranslator(rules, facts, totals);
        this.feed = new RowFeed(source, rules, facts);
    }

    /** @throws FileRejectedException where the file cannot be read on */
    @Override
    public boolean hasNext() {
        if (ahead == null && !ended) {
            if (receiptsOfFile == null) {
                receiptsOfFile = receipts();
            }
            ahead = receiptsOfFile.next();
            ended = ahead == null;
        }
        return ahead != null;
    }

    /** @throws FileRejectedException where the file cannot be read on */
    @Override
    public Receipt next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no receipt after row " + feed.rows());
        }
        Receipt next = ahead;
        ahead = null;
        receipts++;
        if (rules.trailer() != null && rules.trailer().ofReceipts() && translator.leavesOutAll(next)) {
            leftOut++;
        }
        Receipt.Flaw flaw = next.flaw();
        if (flaw != null && flaw.lostRows() > lostRows()) {
            largest = next;
        }
        return next;
    }

    private Receipts receipts() {
        if (rules.assembly().scattered()) {
            scattered = new ScatteredReceipts(rules, facts, feed);
            translator.refuse(scattered.look());
            return scattered;
        }
        ReturningKeys returning = look.get();
        translator.refuse(returning);
        return new AdjacentReceipts(rules, facts, feed, returning);
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
        try {
            return rules.assembly().sequence().of(facts);
        } catch (RecordRejectedException unknown) {
            return null; // The receipt is a dead letter for it.
        }
    }

    /**
     * To be called after the last receipt.
     *
     * @throws FileRejectedException CONTROL_TOTALS_WRONG, FILE_TRUNCATED (no trailer), FILE_EMPTY
     * @throws IllegalStateException where receipts are left to read or to translate
     */
    public void finish() {
        finish(false);
    }

    /**
     * As {@link #finish()}.
     *
     * @param despiteTotals whether a person has said that the receipts are right, whatever the trailer says
     */
    public void finish(boolean despiteTotals) {
        boolean summed = rules.trailer() != null && rules.trailer().total() != null;
        if (hasNext() || summed && translator.translated() < receipts) {
            throw new IllegalStateException("finish() before every receipt was read and translated: " + receipts
                    + " were read, " + translator.translated() + " translated");
        }
        refuseOneReceiptAllOver();
        refuseDataPassedOver();
        noteWhatIsNeverFound();
        if (despiteTotals && receipts > 0) {
            return;
        }
        if (feed.trailer() != null) {
            facts.startAt(feed.trailer());
            checkTotals();
            if (remark() != null) {
                facts.tally().note(remark());
            }
        } else if (rules.trailer() != null && receipts > 0) {
            throw rejected(
                    Reason.FILE_TRUNCATED,
                    "the trailer is missing after " + feed.rows() + " rows. " + Reason.FILE_TRUNCATED.remedy());
        } else if (receipts == 0) {
            throw rejected(Reason.FILE_EMPTY, "the file has no receipts. " + Reason.FILE_EMPTY.remedy());
        }
    }

    /** Whether the trailer states a total that one receipt's unreadable amount, or a void without one, kept from being compared. */
    public boolean totalNotCompared() {
        return rules.trailer() != null && rules.trailer().total() != null && totals.isUnknown();
    }

    private void checkTotals() {
        try {
            totals.check(rules.trailer(), facts, feed.rows(), receipts - leftOut);
        } catch (FileRejectedException wrong) {
            if (!rules.trailer().onlyTold()) {
                throw wrong;
            }
            String words = wrong.getMessage();
            mismatch = "trailer: " + words.substring(0, words.length() - (words.endsWith(".") ? 1 : 0));
        }
    }

    /** What the trailer says beside what was found, after {@link #finish}; empty where there is no trailer. */
    public List<Control> controls() {
        return totals.compared();
    }

    /** What a person should know of the control totals of a file that was taken: null for nothing. */
    public String remark() {
        return mismatch == null && totalNotCompared() ? TOTAL_NOT_COMPARED : mismatch;
    }

    private long lostRows() {
        return largest == null ? 0 : largest.flaw().lostRows();
    }

    /** One receipt too large is a dead letter; one that is most of the file says that its key is no receipt's. */
    private void refuseOneReceiptAllOver() {
        if (lostRows() * 2 > feed.rows()) {
            String words = largest.flaw().text();
            throw new FileRejectedException(
                    largest.position(),
                    Reason.ROW_TOO_LONG,
                    words.substring(0, words.indexOf(';')) + ". Correct receipt.key in " + facts.profile() + ".");
        }
    }

    /** A footer, or a preamble, that is not there this time: its place is a sale's. */
    private void refuseDataPassedOver() {
        for (Row row : source.passedOver()) {
            if (translator.wouldMakeRecord(row)) {
                throw new FileRejectedException(
                        row.position(),
                        Reason.FORMAT_WRONG,
                        "the row is passed over as one of the profile's preamble or footer, and it is a whole receipt,"
                                + " expected none there. Correct format.preamble and format.footer in "
                                + facts.profile() + ", or have the till write them again, and deliver the file again.");
            }
        }
    }

    private void noteWhatIsNeverFound() {
        List<String> never = source.neverFound();
        if (!never.isEmpty()) {
            facts.tally()
                    .note("found in no receipt: " + String.join(", ", never)
                            + ". Compare the paths with the file: what is never found is as good as not there");
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
        return feed.unused();
    }

    /** Data rows read so far, without header and trailer. */
    public long rows() {
        return feed.rows();
    }

    /** Bytes of the file as it lies there, packed or not; 0 of what is read from memory. */
    public long bytesRead() {
        return bytes.getAsLong();
    }

    @Override
    public void close() {
        try {
            if (scattered != null) {
                scattered.close();
            }
        } finally {
            source.close();
        }
    }

    private FileRejectedException rejected(Reason reason, String text) {
        return new FileRejectedException(Position.ofFile(facts.file()), reason, text);
    }
}
