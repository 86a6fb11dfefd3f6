package dev.posbridge.vendor.unwrap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes out of a layer, for as long as it is no bomb; what is damaged is the file's fault. */
final class Bounded extends FilterInputStream {
    /** No till's text packs better than that; below the size nobody is hurt. */
    private static final long MOST_RATIO = 300;

    private static final long HARMLESS = 32L << 20;

    private final Step step;
    private final String name;
    private final Counted packed;
    private final long maxSize;
    private long count;

    Bounded(Step step, String name, InputStream plain, Counted packed, long maxSize) {
        super(plain);
        this.step = step;
        this.name = name;
        this.packed = packed;
        this.maxSize = maxSize;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int read;
        try {
            read = super.read(target, offset, length);
        } catch (IOException problem) {
            throw Unwrapping.failed(step, name, problem);
        }
        count += Math.max(0, read);
        if (count > maxSize) {
            throw Unwrapping.failed(step, name, "more than " + maxSize + " bytes come out of it (unwrap.max-size)");
        }
        if (count > HARMLESS && count / MOST_RATIO > packed.count()) {
            throw Unwrapping.failed(
                    step,
                    name,
                    count + " bytes come out of " + packed.count() + ", more than " + MOST_RATIO + " of each");
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
