package dev.posbridge.vendor.format;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Rows of one file put down in another, each with the place of one before it, to be read again in any order. */
public final class RowSpill {
    private static final int BUFFER = 256 * 1024;

    private final FileChannel file;
    private final List<Layout> layouts = new ArrayList<>();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(BUFFER);
    private long size;

    /**
     * A row that was put down.
     *
     * @param before place of the one before it, as it was given
     */
    public record Kept(Row row, long before) {}

    public RowSpill(FileChannel file) {
        this.file = file;
    }

    /** @return the row's place */
    public long add(Row row, long before) throws IOException {
        long place = size;
        DataOutputStream to = new DataOutputStream(waiting);
        to.writeLong(before);
        to.writeLong(row.line());
        to.writeInt(index(row.layout()));
        to.writeInt(row.mark().column());
        to.writeLong(row.mark().receipt());
        text(row.mark().fault() == null ? "" : row.mark().fault(), to);
        to.writeInt(row.width());
        for (String field : row.fields()) {
            text(field, to);
        }
        size = place + to.size();
        if (waiting.size() > BUFFER) {
            flush();
        }
        return place;
    }

    /** Bytes put down so far. */
    public long size() {
        return size;
    }

    /** To be called between adding and reading. */
    public void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        waiting.reset();
    }

    public Kept read(long place) throws IOException {
        DataInputStream from = new DataInputStream(new Part(file, place));
        long before = from.readLong();
        long line = from.readLong();
        Layout layout = layouts.get(from.readInt());
        int column = from.readInt();
        long receipt = from.readLong();
        String fault = text(from);
        String[] fields = new String[from.readInt()];
        for (int index = 0; index < fields.length; index++) {
            fields[index] = text(from);
        }
        Row.Mark mark = new Row.Mark(column, receipt, fault.isEmpty() ? null : fault);
        return new Kept(new Row(layout, line, fields, mark), before);
    }

    private int index(Layout layout) {
        int index = layouts.lastIndexOf(layout);
        if (index < 0) {
            index = layouts.size();
            layouts.add(layout);
        }
        return index;
    }

    private static void text(String text, DataOutputStream to) throws IOException {
        to.writeInt(text.length());
        to.writeChars(text);
    }

    private static String text(DataInputStream from) throws IOException {
        char[] text = new char[from.readInt()];
        for (int index = 0; index < text.length; index++) {
            text[index] = from.readChar();
        }
        return new String(text);
    }

    /** A file from some place on; leaves the file's own position alone. */
    private static final class Part extends InputStream {
        private final FileChannel file;
        private final ByteBuffer buffer = ByteBuffer.allocate(1024).flip();
        private long at;

        Part(FileChannel file, long at) {
            this.file = file;
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = file.read(buffer, at);
                if (count <= 0) {
                    throw new EOFException("a temporary file was cut off while it was in use");
                }
                at += count;
                buffer.flip();
            }
            return buffer.get() & 0xff;
        }
    }
}
