package dev.posbridge.intake;

import dev.posbridge.FileRejectedException;
import dev.posbridge.ledger.ChunkWriter;
import dev.posbridge.ledger.FileFigures;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.LedgerFile;
import dev.posbridge.ledger.NumberRanges;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.Document;
import dev.posbridge.vendor.Numbered;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A file being read: hands out its receipts by the chunk and remembers what the decision at its end needs. Used by one
 * thread at a time.
 */
public final class Reading implements Iterator<Chunk>, AutoCloseable {
    /** Receipts in a chunk, at most; Camel's, SQL's and the disk's cost is paid once for each chunk. */
    static final int CHUNK = 1_000;

    /** A chunk of more characters ends with the receipt that brought it there, so that few large ones fit into memory. */
    private static final long MOST_CHARACTERS = 16 << 20;

    private final Path path;
    private final Profile profile;
    private final LedgerFile file;
    private final Document document;
    private final NumberRanges numbers = new NumberRanges();
    private final Storing<ChunkWriter.Prepared> storing = new Storing<>();
    private final boolean afterDeath;
    private long receipts;
    private boolean ended;
    private long bad;
    private Position firstBad;
    private FileRejectedException rejection;
    private boolean released;
    private boolean known;
    private boolean held;
    private HoldBook.Approval approval;
    private final FileFigures figures = new FileFigures();
    private FileStamp stamp;

    /**
     * @param document null where there is nothing to read, or where it could not even be opened
     */
    Reading(Path path, Profile profile, LedgerFile file, Document document) {
        this(path, profile, file, document, false);
    }

    /**
     * @param afterDeath whether a process died reading what comes after the receipts that are stored: these are read one
     *     by one, so that a second death tells which it was, and one that had another cause does not count
     */
    Reading(Path path, Profile profile, LedgerFile file, Document document, boolean afterDeath) {
        this.afterDeath = afterDeath;
        this.path = path;
        this.profile = profile;
        this.file = file;
        this.document = document;
    }

    /** A file whose content was taken in before. */
    static Reading known(Path path, Profile profile, LedgerFile file) {
        Reading reading = new Reading(path, profile, file, null);
        reading.known = true;
        return reading;
    }

    /** A file that is held, offered once more: a crash came before it was put away, or somebody sent it again. */
    static Reading held(Path path, Profile profile, LedgerFile file) {
        Reading reading = new Reading(path, profile, file, null);
        reading.held = true;
        return reading;
    }

    /** @param said what a person said to it since it was held or rejected, or null */
    Reading approvedBy(HoldBook.Approval said) {
        approval = said;
        return this;
    }

    /** What a person said to it since it was held or rejected, or null. */
    HoldBook.Approval approval() {
        return approval;
    }

    /** What it comes to, as far as it is read. */
    FileFigures figures() {
        return figures;
    }

    /** Whether nothing of it leaves before a person has looked. */
    boolean isHeld() {
        return held;
    }

    void markHeld() {
        held = true;
    }

    /** A file that could not be opened; the route rejects it at its first chunk. */
    static Reading unreadable(Path path, Profile profile, LedgerFile file, FileRejectedException rejection) {
        Reading reading = new Reading(path, profile, file, null);
        reading.rejection = rejection;
        return reading;
    }

    @Override
    public boolean hasNext() {
        // Once it has ended it stays so: Camel asks again when a split is over, to drain what is left.
        if (ended) {
            return false;
        }
        ended = true;
        boolean more = lookAhead();
        ended = !more;
        return more;
    }

    private boolean lookAhead() {
        if (rejection != null) {
            throw rejection;
        }
        return document != null && document.hasNext();
    }

    @Override
    public Chunk next() {
        List<Receipt> chunk = new ArrayList<>(CHUNK);
        int most = chunkSize();
        long characters = 0;
        while (chunk.size() < most && characters < MOST_CHARACTERS && document.hasNext()) {
            Receipt receipt = document.next();
            characters += receipt.size();
            chunk.add(receipt);
        }
        long before = receipts;
        receipts += chunk.size();
        return new Chunk(this, before, Collections.unmodifiableList(chunk), document.bytesRead());
    }

    /** What is stored is passed over in chunks that end with it. */
    private int chunkSize() {
        long stored = file == null ? 0 : file.receiptsStored();
        if (receipts < stored) {
            return (int) Math.min(CHUNK, stored - receipts);
        }
        return afterDeath && receipts < stored + (Storing.MOST + 2) * CHUNK ? 1 : CHUNK;
    }

    /** Where its chunks go. */
    Storing<ChunkWriter.Prepared> storing() {
        return storing;
    }

    /** Whether the ledger must be told that it was read without harm. */
    boolean isAfterDeath() {
        return afterDeath;
    }

    /** Notes that a chunk was not stored: nothing more of the file is read. */
    void fail() {
        ended = true;
    }

    /** Notes a receipt that could not be translated, or that the account cannot take. */
    void noteBad(Position position) {
        bad++;
        firstBad = firstBad == null ? position : firstBad;
    }

    /** Notes a receipt's number, null for none. */
    void noteNumber(Numbered numbered) {
        if (numbered != null) {
            numbers.add(numbered.register(), numbered.number());
        }
    }

    NumberRanges numbers() {
        return numbers;
    }

    /** @throws FileRejectedException where the file as a whole cannot be trusted */
    void check() {
        document.finish(approval == HoldBook.Approval.TOTALS);
        if (approval != HoldBook.Approval.BAD_ROWS && profile.rejectAbove().exceededBy(bad, receipts)) {
            throw new FileRejectedException(
                    firstBad,
                    Reason.TOO_MANY_BAD_ROWS,
                    bad + " of " + receipts + " receipts cannot be translated, the first is here; reject-above allows "
                            + profile.rejectAbove() + ". " + Reason.TOO_MANY_BAD_ROWS.remedy());
        }
    }

    /** @param seen as it lay there before anything of it was read */
    Reading of(FileStamp seen) {
        stamp = seen;
        return this;
    }

    /** How it lay there before anything of it was read; null where nobody looked. */
    FileStamp stamp() {
        return stamp;
    }

    /** Whether the file that was read still lies there: a vendor may have put another in its place meanwhile. */
    boolean isStillThere() throws IOException {
        return stamp == null || stamp.isStillAt(path);
    }

    /** Whether its content was taken in before. */
    boolean isKnown() {
        return known;
    }

    Path path() {
        return path;
    }

    Profile profile() {
        return profile;
    }

    /** The file's row in the ledger. */
    public LedgerFile file() {
        return file;
    }

    Document document() {
        return document;
    }

    long rows() {
        return document == null ? 0 : document.rows();
    }

    long receipts() {
        return receipts;
    }

    long bad() {
        return bad;
    }

    /** Whether the ledger says what it is; else it is offered again. */
    boolean hasEnded() {
        return known || held || released || rejection != null;
    }

    boolean isReleased() {
        return released;
    }

    void markReleased() {
        released = true;
    }

    FileRejectedException rejection() {
        return rejection;
    }

    void reject(FileRejectedException problem) {
        rejection = problem;
    }

    @Override
    public void close() {
        storing.close();
        if (document != null) {
            document.close();
        }
    }
}
