package dev.posbridge.vendor.unwrap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read; whoever asks may be another thread. */
public final class Counted extends FilterInputStream {
    private volatile long count;

    public Counted(InputStream bytes) {
        super(bytes);
    }

    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        add(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        add(Math.max(0, read));
        return read;
    }

    private void add(long more) {
        count = count + more;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
