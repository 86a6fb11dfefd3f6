package dev.posbridge.vendor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Bytes that are read a second time, as far as they were read the first. */
final class ReadTwice {
    private final InputStream bytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    ReadTwice(InputStream bytes) {
        this.bytes = bytes;
    }

    /** Keeps what is read. Need not be closed, nor read to its end. */
    InputStream first() {
        return new FilterInputStream(bytes) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                if (one >= 0) {
                    kept.write(one);
                }
                return one;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count > 0) {
                    kept.write(target, offset, count);
                }
                return count;
            }

            @Override
            public boolean markSupported() {
                return false;
            }

            @Override
            public long skip(long count) throws IOException {
                return readNBytes((int) Math.min(count, 8192)).length;
            }
        };
    }

    /** All of them, from the start. */
    InputStream again() {
        return kept.size() == 0 ? bytes : new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), bytes);
    }
}
