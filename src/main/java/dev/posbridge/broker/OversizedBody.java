package dev.posbridge.broker;

import dev.posbridge.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;

/** Keeps bodies that are too large for memory in files, so that a person can put them into the inbox. */
record OversizedBody(Path folder) {
    /** What writes a body. */
    interface Body {
        void writeTo(OutputStream out) throws ActiveMQException;
    }

    /**
     * Writes the body into a file of its own; a message that comes again writes the same file again.
     *
     * @param message what it is known by
     * @param isText whether the body is Artemis' own writing of a text, which is kept as UTF-8
     */
    Path keep(String message, boolean isText, Body body) throws ActiveMQException, IOException {
        try (OutputStream out = open(message, isText)) {
            body.writeTo(out);
        }
        return file(message);
    }

    /** Opens that file, which is readable by its owner only before anything is in it. */
    OutputStream open(String message, boolean isText) throws IOException {
        PrivateFiles.folder(folder);
        OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file(message)));
        PrivateFiles.restrict(file(message));
        return isText ? new Utf8(raw) : raw;
    }

    Path file(String message) {
        return folder.resolve(UUID.nameUUIDFromBytes(message.getBytes(StandardCharsets.UTF_8)) + ".body");
    }

    /** Turns Artemis' texts (five bytes, then characters of two bytes, the low one first) into UTF-8. */
    private static final class Utf8 extends OutputStream {
        private static final int PREFIX_BYTES = 5;

        private final Writer out;
        private long count;
        private int low;

        Utf8(OutputStream out) {
            this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        }

        @Override
        public void write(int value) throws IOException {
            long position = count++ - PREFIX_BYTES;
            if (position >= 0 && position % 2 == 0) {
                low = value & 0xFF;
            } else if (position >= 0) {
                out.write((value & 0xFF) << 8 | low);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
