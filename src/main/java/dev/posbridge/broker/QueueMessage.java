package dev.posbridge.broker;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A message as it came out of a queue. What its sender wrote into headers is not here, but for a file name: it is data.
 *
 * @param queue that it came from; of a message that the broker gave up, the queue that it was sent to
 * @param id as its sender gave it, in printable characters; need not be unique
 * @param kind what its body is
 * @param type what it is called in JMS
 * @param text the body of a {@link Kind#TEXT}
 * @param bytes the body of a {@link Kind#BYTES}
 * @param size of the body in bytes
 * @param kept where the body of a {@link Kind#TOO_LARGE} lies now; null where it was not kept
 * @param fileName as its sender named it, a plain name; or null
 * @param fingerprint of the body: its size and CRC-32C
 */
public record QueueMessage(
        String queue,
        String id,
        Kind kind,
        String type,
        String text,
        byte[] bytes,
        long size,
        Path kept,
        String fileName,
        long fingerprint) {

    public QueueMessage(
            String queue,
            String id,
            Kind kind,
            String type,
            String text,
            byte[] bytes,
            long size,
            Path kept,
            String fileName) {
        this(queue, id, kind, type, text, bytes, size, kept, fileName, fingerprint(text, bytes, size));
    }

    private static long fingerprint(String text, byte[] bytes, long size) {
        CRC32C crc = new CRC32C();
        if (text != null) {
            crc.update(text.getBytes(StandardCharsets.UTF_8));
        } else if (bytes != null) {
            crc.update(bytes);
        }
        return size << 32 | crc.getValue();
    }

    /** The body as a person reads it, of bytes that are not UTF-8 each as a character; null where it was not read. */
    public String asText() {
        if (kind != Kind.BYTES) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** What a body is. */
    public enum Kind {
        TEXT,
        BYTES,
        TOO_LARGE,
        /** Not read: processes ended while they read it. */
        SUSPECT,
        /** Objects, maps, streams and whatever else; never looked into. */
        OTHER
    }
}
