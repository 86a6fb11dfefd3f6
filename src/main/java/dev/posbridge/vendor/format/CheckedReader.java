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
import java.util.List;

/**
 * Decodes bytes without ever replacing one: undecodable bytes and NUL characters end the reading. What stands before the
 * fault is handed out first, so that the row under way when it is thrown is the row with the fault.
 *
 * <p>Of several encodings the first counts in which the whole file can be read. As all of them write ASCII alike, the next
 * can be taken where the first byte beyond ASCII does not fit; once one did fit, there is no way back.
 */
public final class CheckedReader extends Reader {
    /** The fault, worded to follow "row ...: ". */
    public static final class UndecodableException extends IOException {
        private static final long serialVersionUID = 1L;

        UndecodableException(String message) {
            super(message);
        }
    }

    /** The file is something else than text; worded to follow "the file ". */
    public static final class NoTextException extends IOException {
        private static final long serialVersionUID = 1L;

        NoTextException(String message) {
            super(message);
        }
    }

    private static final int SIZE = 32 * 1024;
    /** What DOS programs write at the end of a text. */
    private static final char END_MARK = 0x1A;

    private final InputStream bytes;
    private final Reader text;
    private final List<Charset> encodings;
    private final ByteBuffer buffer;
    private Charset encoding;
    private CharsetDecoder decoder;
    private boolean decided;
    private boolean started;
    private boolean atEnd;
    private boolean ended;
    private String fault;
    private char lowSurrogate;
    private char last = '\n';

    public CheckedReader(InputStream bytes, Charset encoding) {
        this(bytes, null, List.of(encoding));
    }

    /** @param encodings tried in order; more than one only where all write ASCII alike, UTF-16 apart */
    public CheckedReader(InputStream bytes, List<Charset> encodings) {
        this(bytes, null, encodings);
    }

    private CheckedReader(InputStream bytes, Reader text, List<Charset> encodings) {
        this.bytes = bytes;
        this.text = text;
        this.encodings = List.copyOf(encodings);
        this.buffer = ByteBuffer.allocate(text == null ? SIZE : 0).flip();
        use(encodings.get(0));
    }

    /** Text that was decoded before. */
    public static CheckedReader of(Reader text) {
        return new CheckedReader(null, text, List.of(StandardCharsets.UTF_8));
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
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        int read = decodeOrCopy(target, offset, length);
        int clean = untilMark(target, offset, read);
        if (clean < read) {
            endAt(target, offset + clean, offset + read);
        }
        if (clean > 0) {
            last = target[offset + clean - 1];
        } else if (fault != null) {
            throw new UndecodableException(fault);
        }
        return clean == 0 && ended ? -1 : clean;
    }

    private int decodeOrCopy(char[] target, int offset, int length) throws IOException {
        return text == null ? decode(target, offset, length) : text.read(target, offset, length);
    }

    /** Place of the first NUL or end mark. */
    private static int untilMark(char[] target, int offset, int read) {
        for (int index = offset; index < offset + read; index++) {
            char one = target[index];
            if (one <= END_MARK && (one == 0 || one == END_MARK)) {
                return index - offset;
            }
        }
        return read;
    }

    /** An end mark ends the text, if nothing but more of its kind follows. */
    private void endAt(char[] target, int from, int to) throws IOException {
        if (target[from] == 0) {
            fault = "has a NUL character, which no text in " + encoding.name() + " holds";
            return;
        }
        boolean nothing = nothing(target, from, to);
        char[] rest = new char[1024];
        while (nothing && fault == null) {
            int read = decodeOrCopy(rest, 0, rest.length);
            if (read < 0) {
                ended = true;
                return;
            }
            nothing = nothing(rest, 0, read);
        }
        fault = "has a Ctrl-Z (1A, the end mark of DOS) with text behind it, expected it at the file's end only";
    }

    private static boolean nothing(char[] target, int from, int to) {
        for (int index = from; index < to; index++) {
            char one = target[index];
            if (one != END_MARK && one != 0 && one != '\r' && one != '\n') {
                return false;
            }
        }
        return true;
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
            int from = into.position();
            CoderResult result = decoder.decode(buffer, into, atEnd);
            decided |= encodings.size() > 1 && !decided && beyondAscii(target, offset + from - before, into.position());
            if (result.isError()) {
                if (useNext()) {
                    continue;
                }
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

    private static boolean beyondAscii(char[] target, int from, int to) {
        for (int index = from; index < to; index++) {
            if (target[index] > 0x7F) {
                return true;
            }
        }
        return false;
    }

    private boolean useNext() {
        int next = encodings.indexOf(encoding) + 1;
        if (decided || next == 0 || next >= encodings.size()) {
            return false;
        }
        use(encodings.get(next));
        return true;
    }

    private void use(Charset charset) {
        encoding = charset;
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
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
        while (!atEnd && buffer.remaining() < FileKind.HEAD) {
            fill();
        }
        String other = FileKind.notText(buffer.array(), buffer.limit());
        if (other != null) {
            throw new NoTextException(other);
        }
        if (marked(0xEF, 0xBB, 0xBF)) {
            useMarked("UTF-8 (EF BB BF)", 3, StandardCharsets.UTF_8, StandardCharsets.UTF_8);
        } else if (marked(0xFF, 0xFE)) {
            useMarked("UTF-16 (FF FE)", 2, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16);
        } else if (marked(0xFE, 0xFF)) {
            useMarked("UTF-16 (FE FF)", 2, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16);
        } else if (buffer.remaining() >= 4) {
            lookForUtf16();
        }
    }

    /** Without a mark: in letters and digits each second byte is zero, which no other text has. */
    private void lookForUtf16() throws IOException {
        boolean little = buffer.get(0) != 0 && buffer.get(1) == 0 && buffer.get(2) != 0 && buffer.get(3) == 0;
        boolean big = buffer.get(0) == 0 && buffer.get(1) != 0 && buffer.get(2) == 0 && buffer.get(3) != 0;
        if (little || big) {
            Charset meant = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            if (!encodings.contains(meant) && !encodings.contains(StandardCharsets.UTF_16)) {
                fault = "is " + meant.name() + " (each second byte is zero), expected " + names();
                throw new UndecodableException(fault);
            }
            use(meant);
            decided = true;
        }
    }

    private boolean marked(int... mark) {
        if (buffer.remaining() < mark.length) {
            return false;
        }
        for (int index = 0; index < mark.length; index++) {
            if ((buffer.get(buffer.position() + index) & 0xFF) != mark[index]) {
                return false;
            }
        }
        return true;
    }

    private void useMarked(String name, int length, Charset meant, Charset family) throws IOException {
        if (!encodings.contains(meant) && !encodings.contains(family)) {
            fault = "begins with the mark of " + name + ", expected " + names();
            throw new UndecodableException(fault);
        }
        buffer.position(buffer.position() + length);
        use(meant);
        decided = true;
    }

    private String names() {
        return String.join(" or ", encodings.stream().map(Charset::name).toList());
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
        boolean mixed = decided && encodings.size() > 1 && encodings.indexOf(encoding) < encodings.size() - 1;
        return "has the byte " + hex + ", which is not " + encoding.name()
                + (mixed ? ", though text before it is: the file mixes encodings" : "");
    }

    @Override
    public void close() throws IOException {
        if (bytes != null) {
            bytes.close();
        }
    }
}
