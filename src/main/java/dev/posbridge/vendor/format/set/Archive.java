package dev.posbridge.vendor.format.set;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip with the files of a set, put down where its members can be read side by side. Nothing is ever written under a name
 * from within.
 */
final class Archive implements Members {
    private static final int MOST_MEMBERS = 1_000;
    private static final long HARMLESS = 32L << 20;
    private static final long MOST_RATIO = 300;

    private final String fileName;
    private final Path copy;
    private final ZipFile zip;

    private Archive(String fileName, Path copy, ZipFile zip) {
        this.fileName = fileName;
        this.copy = copy;
        this.zip = zip;
    }

    /** @throws FileRejectedException where it is no zip */
    static Archive of(String fileName, InputStream bytes) {
        Path copy = null;
        try {
            // Files that Java makes so are readable by their owner only.
            copy = Files.createTempFile("posbridge-", ".set");
            try (bytes;
                    OutputStream to = Files.newOutputStream(copy)) {
                bytes.transferTo(to);
            }
            return new Archive(fileName, copy, new ZipFile(copy.toFile()));
        } catch (ZipException | EOFException problem) {
            throw damaged(fileName, words(problem), problem);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            delete(copy); // Where it is open, it is gone however the process ends.
        }
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (!entry.isDirectory()) {
                names.add(entry.getName());
            }
            if (names.size() > MOST_MEMBERS) {
                throw damaged(fileName, "it holds more than " + MOST_MEMBERS + " files", null);
            }
        }
        return names;
    }

    @Override
    public InputStream open(String member) {
        ZipEntry entry = zip.getEntry(member);
        try {
            return new Member(fileName, member, zip.getInputStream(entry), entry);
        } catch (ZipException | EOFException problem) {
            throw damaged(fileName, member + ": " + words(problem), problem);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            delete(copy);
        }
    }

    private static void delete(Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException inUse) {
            copy.toFile().deleteOnExit();
        }
    }

    private static String words(IOException problem) {
        return problem.getMessage() == null ? "it ends before it should" : problem.getMessage();
    }

    private static FileRejectedException damaged(String fileName, String text, IOException cause) {
        return new FileRejectedException(
                Position.ofFile(fileName),
                Reason.UNWRAP_FAILED,
                "the set cannot be taken apart (zip: " + text + "). " + Reason.UNWRAP_FAILED.remedy(),
                cause);
    }

    /** Ends with a fault of the file where it is damaged, or a bomb. */
    private static final class Member extends FilterInputStream {
        private final String fileName;
        private final String member;
        private final ZipEntry entry;
        private final CRC32 sum = new CRC32();
        private long count;

        Member(String fileName, String member, InputStream plain, ZipEntry entry) {
            super(new BufferedInputStream(plain, 64 * 1024));
            this.fileName = fileName;
            this.member = member;
            this.entry = entry;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try {
                int read = super.read(target, offset, length);
                if (read < 0 && sum.getValue() != entry.getCrc()) {
                    throw new ZipException("it does not come to its checksum");
                }
                sum.update(target, offset, Math.max(0, read));
                count += Math.max(0, read);
                if (count > HARMLESS && count / MOST_RATIO > entry.getCompressedSize()) {
                    throw new ZipException(count + " bytes come out of " + entry.getCompressedSize());
                }
                return read;
            } catch (ZipException | EOFException problem) {
                throw damaged(fileName, member + ": " + words(problem), problem);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
