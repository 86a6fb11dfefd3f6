package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.pos.FileLimits;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.format.Table;
import dev.posbridge.vendor.unwrap.Counted;
import dev.posbridge.vendor.unwrap.Unwrapping;
import dev.posbridge.vendor.value.Facts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How one vendor's files are read and what their receipts mean. Immutable and thread-safe; a {@link Document} of it is
 * neither.
 */
public final class Profile {
    /** The parts that translation needs, see {@link Rules}; and what others ask a profile. */
    record Parts(
            Facts.Names names,
            String description,
            String hash,
            String textHash,
            Currency currency,
            FileLimits limits,
            RejectAbove rejectAbove,
            Matching matching,
            AgainPolicy again,
            Unwrapping unwrapping,
            FileNames fileNames,
            FileSet set,
            Optional<ExpectedStores> stores,
            Format format,
            Rules rules) {}

    private final Parts parts;
    private final Clock clock;

    Profile(Parts parts, Clock clock) {
        this.parts = parts;
        this.clock = clock;
    }

    public String vendor() {
        return parts.names().vendor();
    }

    /** Whose keys these are: sources of one identity share their records' keys. Default: the vendor. */
    public String identity() {
        return parts.names().identity();
    }

    /** One sentence for people, "" where the profile has none. */
    public String description() {
        return parts.description();
    }

    /** The profile's file, as messages name it. */
    public String file() {
        return parts.names().profile();
    }

    /** SHA-256 of the profile's file with the files that it looks values up in, in hex. */
    public String hash() {
        return parts.hash();
    }

    /** SHA-256 of the profile's own text: the files that it looks values up in may change each night. */
    public String textHash() {
        return parts.textHash();
    }

    /** What a file may come to before somebody has to look at it. */
    public FileLimits limits() {
        return parts.limits();
    }

    /** Stores of which its look-up file says by when their files have to be there. */
    public Optional<ExpectedStores> expectedStores() {
        return parts.stores();
    }

    /** The currency of all its amounts. */
    public Currency currency() {
        return parts.currency();
    }

    public RejectAbove rejectAbove() {
        return parts.rejectAbove();
    }

    /** What this vendor calls a sale, or a refund; empty where the profile knows none. */
    public Optional<ReceiptNaming> naming(RecordKind kind) {
        return ReceiptNaming.of(identity(), parts.rules(), kind);
    }

    /** What it says of receipts that come again, and of refunds that take back too much. */
    public AgainPolicy again() {
        return parts.again();
    }

    /** Whether refunds that do not name their sale find it by their products. */
    public boolean matchesByProduct() {
        return parts.matching() != null;
    }

    /** Whether a refund that finds no sale by its products waits for one, instead of dying at once. */
    public boolean parksUnmatched() {
        return matchesByProduct() && !parts.matching().unmatchedDead();
    }

    /** What its files are called, as the profile says it; "" where every name will do. */
    public String fileNames() {
        if (parts.set() != null) {
            return parts.set().parts().stream()
                    .map(part -> part.file().pattern())
                    .collect(Collectors.joining(" + "));
        }
        return parts.fileNames().pattern() == null
                ? ""
                : parts.fileNames().pattern().pattern();
    }

    /** Whether a file is by its name the vendor's, so that a folder's other files are passed over. */
    public boolean takes(Path file) {
        String name = file.getFileName().toString();
        return parts.set() == null
                ? parts.fileNames().match(parts.unwrapping().nameWithin(name))
                : FileSet.isPacked(name) || parts.set().partOf(file).isPresent();
    }

    /** Which of its files are read together; empty where each is read alone. */
    public Optional<FileSet> set() {
        return Optional.ofNullable(parts.set());
    }

    /** What the file is called without what it comes packed in; its own name where it is not. */
    public String nameOf(Path file) {
        return parts.set() == null
                ? parts.unwrapping().nameWithin(file)
                : parts.set().nameWithin(file);
    }

    /**
     * The business date in the file's name, for ordering files; null where the name has none or does not match.
     */
    public LocalDate businessDateOf(String fileName) {
        String name = parts.set() == null
                ? parts.unwrapping().nameWithin(fileName)
                : parts.set().nameWithin(fileName);
        try {
            return parts.fileNames().businessDate(name, parts.fileNames().read(name));
        } catch (FileRejectedException nameless) {
            return null; // Opening the file says what is wrong with its name.
        }
    }

    /** The store in the file's name, "" where the name has none or does not match. */
    public String storeOf(String fileName) {
        String name = parts.set() == null
                ? parts.unwrapping().nameWithin(fileName)
                : parts.set().nameWithin(fileName);
        int store = parts.fileNames().captures().indexOf("store");
        return store < 0 || !parts.fileNames().match(name)
                ? ""
                : parts.fileNames().read(name)[store];
    }

    /**
     * Begins to read a file, taken out of what it comes packed in.
     *
     * @throws FileRejectedException UNWRAP_FAILED, and as below
     * @throws IOException where the file itself cannot be read
     */
    public Document open(Path file) throws IOException {
        String name = file.getFileName().toString();
        String inner = nameOf(file);
        if (parts.set() != null && !parts.fileNames().match(inner)) {
            // Without its leading file there is no name to go by; reading it says what it lacks.
            rows(inner, Files.newInputStream(file)).close();
        }
        Facts facts = facts(inner);
        Counted bytes = new Counted(Files.newInputStream(file));
        RowSource rows = rows(inner, parts.unwrapping().open(name, bytes));
        return new Document(parts.rules(), facts, rows, () -> lookThrough(file, inner), bytes::count);
    }

    /** A file is read twice where keys may come back: that must be known before the first part leaves. */
    private ReturningKeys lookThrough(Path file, String inner) {
        if (!isLookedThrough(parts.rules())) {
            return ReturningKeys.NONE;
        }
        String name = file.getFileName().toString();
        try (RowSource rows = rows(inner, parts.unwrapping().open(name, Files.newInputStream(file)))) {
            return ReturningKeys.find(parts.rules(), facts(inner), rows);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * Begins to read a plain file that is small enough to be held in memory. The header is read and checked on return.
     *
     * @param bytes closed with the document, and where this throws
     * @throws FileRejectedException FILE_NAME_UNKNOWN, HEADER_WRONG, ENCODING_WRONG, FILE_EMPTY, ROW_TOO_LONG
     */
    public Document open(String fileName, InputStream bytes) {
        return inMemory(fileName, bytes, parts.rules());
    }

    /** As {@link #open}, for what came in a message: it has no trailer, and is no less whole without one. */
    public Document openMessage(String fileName, InputStream bytes) {
        return inMemory(fileName, bytes, parts.rules().withoutTrailer());
    }

    private Document inMemory(String fileName, InputStream bytes, Rules rules) {
        boolean opened = false;
        try {
            if (parts.set() != null && !parts.fileNames().match(fileName)) {
                throw new FileRejectedException(
                        Position.ofFile(fileName),
                        Reason.FORMAT_WRONG,
                        "the profile reads several files together, which do not come in one message. Put them into "
                                + "the inbox.");
            }
            Facts facts = facts(fileName);
            ReadTwice content = new ReadTwice(bytes);
            ReturningKeys returning = !isLookedThrough(rules)
                    ? ReturningKeys.NONE
                    : ReturningKeys.find(rules, facts(fileName), parts.format().open(fileName, content.first()));
            RowSource rows = parts.format().open(fileName, content.again());
            opened = true;
            return new Document(rules, facts, rows, () -> returning);
        } finally {
            if (!opened) {
                close(bytes);
            }
        }
    }

    /** Where receipts lie scattered, the document itself has the whole file before the first of them. */
    private static boolean isLookedThrough(Rules rules) {
        return rules.assembly().mayReturn() || !rules.assembly().scattered() && rules.recordKeysMayMeet();
    }

    /** Whether rows that stand in several places may be one receipt. */
    public boolean joinsRows() {
        return !parts.rules().assembly().key().isEmpty();
    }

    private RowSource rows(String fileName, InputStream bytes) {
        RowSource rows = null;
        try {
            rows = parts.format().open(fileName, bytes);
            return rows;
        } finally {
            if (rows == null) {
                close(bytes);
            }
        }
    }

    /** How its files are written as bytes. */
    public Charset encoding() {
        return parts.format().encoding();
    }

    /**
     * Reads rows again that were put aside, with this profile as it is today.
     *
     * @param header {@link Document#header()} of their file, null where it had none
     * @param rawRows {@link Receipt#raw()}
     * @param firstLine line of the first row in its file
     */
    public Document reopen(String fileName, String header, String rawRows, long firstLine) {
        Facts facts = facts(fileName);
        RowSource rows = parts.format().reopen(fileName, header, rawRows, firstLine);
        return new Document(parts.rules().withoutTrailer(), facts, rows, () -> ReturningKeys.NONE);
    }

    /**
     * How rows that were put aside look to the people who correct them.
     *
     * @param header as in {@link #reopen}
     * @throws FileRejectedException where the header lacks what the profile needs today
     */
    public Table table(String fileName, String header) {
        return parts.format().table(fileName, header);
    }

    /** The rows by the columns of {@link #table}. */
    public List<List<String>> split(Table table, String fileName, String header, String rawRows) {
        List<List<String>> rows = new ArrayList<>();
        try (RowSource source = parts.format().reopen(fileName, header, rawRows, 1)) {
            for (Row row = source.next(); row != null; row = source.next()) {
                rows.add(table.cells(row));
            }
        }
        return rows;
    }

    private static void close(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException secondary) {
            // What made us close it is on its way to the caller.
        }
    }

    private Facts facts(String fileName) {
        String[] captures = parts.fileNames().read(fileName);
        LocalDate date = parts.fileNames().businessDate(fileName, captures);
        return new Facts(parts.names(), fileName, captures, date, clock.instant());
    }
}
