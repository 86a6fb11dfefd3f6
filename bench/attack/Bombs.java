import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Little that becomes much. */
final class Bombs {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 512;

    /** Half a gigabyte in half a megabyte. */
    static final byte[] ONCE = gzip();

    /** The same in a few thousand bytes, packed twice. */
    static final byte[] TWICE = again();

    private Bombs() {}

    static byte[] zip(String name) {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(made)) {
            zip.putNextEntry(new ZipEntry(name));
            fill(zip);
            return made.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] gzip() {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(made)) {
            fill(gzip);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return made.toByteArray();
    }

    private static byte[] again() {
        try {
            return HostileProxy.packed(ONCE, 1);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void fill(OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int count = 0; count < BLOCKS; count++) {
            out.write(block);
        }
    }
}
