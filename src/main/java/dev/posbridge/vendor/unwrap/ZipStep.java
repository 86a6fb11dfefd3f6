package dev.posbridge.vendor.unwrap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * {@code unwrap: zip}: an archive of one file. Nothing is ever written under a name from within, and a name that could
 * lead anywhere is refused.
 */
public record ZipStep() implements Step {
    private static final Pattern PLAIN =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._ -]*/)*[A-Za-z0-9][A-Za-z0-9._ -]{0,127}");
    /** Of folders, before the file. */
    private static final int MOST_MEMBERS = 100;

    @Override
    public String word() {
        return "zip";
    }

    @Override
    public List<String> endings() {
        return List.of(".zip");
    }

    @Override
    public InputStream open(InputStream packed) throws IOException {
        ZipInputStream zip = new ZipInputStream(packed);
        ZipEntry entry = next(zip);
        if (entry == null) {
            throw new ZipException("it holds no file, or is no zip");
        }
        return new OnlyMember(zip);
    }

    /** The name of the file within, without its folders; null where there is none. */
    String memberOf(InputStream packed) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(packed)) {
            ZipEntry entry = next(zip);
            return entry == null
                    ? null
                    : entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        }
    }

    private static ZipEntry next(ZipInputStream zip) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        for (int members = 1; entry != null && entry.isDirectory(); members++) {
            if (members > MOST_MEMBERS) {
                throw new ZipException("it holds more than " + MOST_MEMBERS + " folders");
            }
            entry = zip.getNextEntry();
        }
        if (entry != null && !PLAIN.matcher(entry.getName()).matches()) {
            throw new ZipException(
                    "the name of its member is refused: expected letters, digits, dots, blanks, hyphens and "
                            + "underlines, without ..");
        }
        return entry;
    }

    /** Ends with its member, and makes sure that it was the only one. */
    private static final class OnlyMember extends FilterInputStream {
        private boolean ended;

        OnlyMember(ZipInputStream zip) {
            super(zip);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = ended ? -1 : super.read(target, offset, length);
            if (read < 0 && !ended) {
                ended = true;
                if (next((ZipInputStream) in) != null) {
                    throw new ZipException("it holds more than one file, expected one. Have them sent one by one");
                }
            }
            return read;
        }
    }
}
