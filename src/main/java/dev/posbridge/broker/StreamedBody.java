package dev.posbridge.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes a body as it comes off the wire, unpacked where its sender packed it. What is over the bound goes into a file, or
 * ends the reading where there is none; what its sender says of its size is not believed.
 */
final class StreamedBody extends OutputStream {
    /** Also of a packed body in a file: a small message must not fill the disk. */
    private static final long MOST_IN_A_FILE_BYTES = 256L << 20;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final long most;
    private final Overflow overflow;
    private OutputStream file;
    private long count;

    /** Opens the file for what is too much. */
    interface Overflow {
        OutputStream open() throws IOException;
    }

    /** @param overflow null: reading ends at the bound */
    StreamedBody(long most, Overflow overflow) {
        this.most = most;
        this.overflow = overflow;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        count += length;
        if (count <= most) {
            memory.write(bytes, from, length);
            return;
        }
        if (overflow == null || count > MOST_IN_A_FILE_BYTES) {
            throw new IOException("the body is over the bound");
        }
        if (file == null) {
            file = overflow.open();
            memory.writeTo(file);
            memory.reset();
        }
        file.write(bytes, from, length);
    }

    boolean isOver() {
        return count > most;
    }

    long count() {
        return count;
    }

    byte[] bytes() {
        return memory.toByteArray();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
