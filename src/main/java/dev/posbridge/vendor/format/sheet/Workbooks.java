package dev.posbridge.vendor.format.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Takes workbooks in, and looks whether they are what they seem before a library holds parts of them in memory. */
final class Workbooks {
    /** Texts that the whole sheet shares are held. */
    private static final long SHARED = 48L << 20;

    private static final int MOST_PARTS = 10_000;
    private static final int MOST_OF_WORKBOOK = 4 << 20;
    private static final Pattern FROM_1904 =
            Pattern.compile("<(?:\\w+:)?workbookPr\\b[^>]*\\bdate1904\\s*=\\s*[\"'](?:1|true|on)[\"']");

    private Workbooks() {}

    /** Too large, or no workbook; worded to follow a position. */
    static final class UnfitException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean tooLarge;

        UnfitException(boolean tooLarge, String message) {
            super(message);
            this.tooLarge = tooLarge;
        }

        boolean tooLarge() {
            return tooLarge;
        }
    }

    /** The bytes in a file that only we read; a zip's directory stands at its end. */
    static Path spool(InputStream bytes, long most) throws IOException {
        Path file = Files.createTempFile("posbridge", ".xlsx");
        boolean whole = false;
        try (var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            long size = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                size += read;
                if (size > most) {
                    throw tooLarge(most);
                }
                out.write(buffer, 0, read);
            }
            if (size == 0) {
                throw new UnfitException(false, "the file is empty");
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        return file;
    }

    /** Unpacks everything once without keeping it: what a zip says of its sizes need not be true. */
    static void check(Path file, long most) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_PARTS) {
                throw new UnfitException(true, "the workbook has more than " + MOST_PARTS + " parts");
            }
            long left = most;
            byte[] buffer = new byte[64 * 1024];
            for (Enumeration<? extends ZipEntry> parts = zip.entries(); parts.hasMoreElements(); ) {
                ZipEntry part = parts.nextElement();
                boolean held = !part.getName().contains("worksheets/");
                long size = 0;
                CRC32 sum = new CRC32();
                try (InputStream in = zip.getInputStream(part)) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        size += read;
                        sum.update(buffer, 0, read);
                        if (size > left
                                || held && size > SHARED && part.getName().endsWith(".xml")) {
                            throw tooLarge(size > left ? most : SHARED);
                        }
                    }
                }
                if (sum.getValue() != part.getCrc()) {
                    throw new UnfitException(
                            false,
                            "the workbook's part " + part.getName() + " is damaged: it does not come to its checksum");
                }
                left -= size;
            }
        }
    }

    /** Whether days count from 1904, as on old Macintoshes. The library knows the word true; spreadsheets write 1. */
    static boolean countsFrom1904(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                if (part.getName().endsWith("workbook.xml")) {
                    try (InputStream in = zip.getInputStream(part)) {
                        String text = new String(in.readNBytes(MOST_OF_WORKBOOK), StandardCharsets.UTF_8);
                        return FROM_1904.matcher(text).find();
                    }
                }
            }
        }
        return false;
    }

    private static UnfitException tooLarge(long most) {
        return new UnfitException(
                true, "the workbook, or a part of it, is larger than " + (most >> 20) + " MiB unpacked");
    }
}
