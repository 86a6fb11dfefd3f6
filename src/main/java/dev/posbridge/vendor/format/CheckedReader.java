package dev.posbridge.vendor.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes bytes without ever replacing one: undecodable bytes and NUL characters end the reading. What stands before the
 * fault is handed out first, so that the row under way when it is thrown is the row with the fault.
 */
public final class CheckedReader extends Reader {
    /** The fault, worded to follow "row ...: ". */
    public static final class UndecodableException extends IOException {
        private static final long serialVersionUID = 1L;

        UndecodableException(String message) {
            super(message);
        }
    }

    private static final int SIZE = 32 * 1024;

    private final InputStream bytes;
    private final Reader text;
    private final Charset encoding;
    private final CharsetDecoder decoder;
    private final ByteBuffer buffer;
    private boolean started;
    private boolean atEnd;
    private String fault;
    private char lowSurrogate;
    private char last = '\n';

    public CheckedReader(InputStream bytes, Charset encoding) {
        this(bytes, null, encoding);
    }

    private CheckedReader(InputStream bytes, Reader text, Charset encoding) {
        this.bytes = bytes;
        this.text = text;
        this.encoding = encoding;
        this.decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.buffer = ByteBuffer.allocate(text == null ? SIZE : 0).flip();
    }

    /** Text that was decoded before. */
    public static CheckedReader of(Reader text) {
        return new CheckedReader(null, text, StandardCharsets.UTF_8);
    }

    /** True where nothing was read, or the last character was a line end. */
    public boolean endedWithLineEnd() {
        return last == '\n' || last == '\r';
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (fault != null) {
            throw new UndecodableException(fault);
        }
        int read = text == null ? decode(target, offset, length) : text.read(target, offset, length);
        int clean = untilNul(target, offset, read);
        if (clean < read) {
            fault = "has a NUL character, which no text in " + encoding.name() + " holds";
        }
        if (clean > 0) {
            last = target[offset + clean - 1];
        } else if (fault != null) {
            throw new UndecodableException(fault);
        }
        return clean;
    }

    private static int untilNul(char[] target, int offset, int read) {
        for (int index = offset; index < offset + read; index++) {
            if (target[index] == 0) {
                return index - offset;
            }
        }
        return read;
    }

    private int decode(char[] target, int offset, int length) throws IOException {
        if (!started) {
            start();
        }
        if (lowSurrogate != 0) {
            target[offset] = lowSurrogate;
            lowSurrogate = 0;
            return 1;
        }
        CharBuffer into = CharBuffer.wrap(target, offset, length);
        int before = into.position();
        while (into.position() == before) {
            CoderResult result = decoder.decode(buffer, into, atEnd);
            if (result.isError()) {
                fault = describe(result.length());
                break;
            }
            if (result.isOverflow() && into.position() == before) {
                into.put(highSurrogate());
            } else if (result.isUnderflow() && atEnd) {
                break;
            } else if (result.isUnderflow()) {
                fill();
            }
        }
        int decoded = into.position() - before;
        return decoded == 0 && fault == null ? -1 : decoded;
    }

    /** Room for one character is none for a pair: the second waits for the next read. */
    private char highSurrogate() {
        CharBuffer pair = CharBuffer.allocate(2);
        decoder.decode(buffer, pair, atEnd);
        lowSurrogate = pair.get(1);
        return pair.get(0);
    }

    private void start() throws IOException {
        started = true;
        while (!atEnd && buffer.remaining() < 3) {
            fill();
        }
        int at = buffer.position();
        boolean mark = buffer.remaining() >= 3
                && buffer.get(at) == (byte) 0xEF
                && buffer.get(at + 1) == (byte) 0xBB
                && buffer.get(at + 2) == (byte) 0xBF;
        if (mark && encoding.equals(StandardCharsets.UTF_8)) {
            buffer.position(at + 3);
        } else if (mark) {
            fault = "begins with the mark of UTF-8 (EF BB BF), expected " + encoding.name();
            throw new UndecodableException(fault);
        }
    }

    private void fill() throws IOException {
        buffer.compact();
        int count = bytes.read(buffer.array(), buffer.position(), buffer.remaining());
        if (count < 0) {
            atEnd = true;
        } else {
            buffer.position(buffer.position() + count);
        }
        buffer.flip();
    }

    private String describe(int length) {
        StringBuilder hex = new StringBuilder();
        for (int index = 0; index < length; index++) {
            hex.append(index == 0 ? "" : " ").append(String.format("%02X", buffer.get(buffer.position() + index)));
        }
        return "has the byte " + hex + ", which is not " + encoding.name();
    }

    @Override
    public void close() throws IOException {
        if (bytes != null) {
            bytes.close();
        }
    }
}
