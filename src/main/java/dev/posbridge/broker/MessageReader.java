package dev.posbridge.broker;

import dev.posbridge.PlainName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQPropertyConversionException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads messages off the wire: their type and size first, and their body only where both are as they may be. */
final class MessageReader {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);

    /** A text is a byte that says whether there is one, its length, and two bytes a character. */
    private static final int TEXT_PREFIX_BYTES = 5;

    private static final int LONGEST_ID = 200;
    private static final String FILE_NAME = "posbridgeFile";

    /** Where Artemis keeps the id of a message that came by AMQP; what it shows as the id is another each time. */
    private static final String AMQP_ID = "NATIVE_MESSAGE_ID";

    private final String queue;
    private final long mostBytes;
    private final Path oversized;
    private final boolean givenUp;

    /**
     * @param mostBytes of a body that is read into memory
     * @param oversized folder for larger ones, or null: they are not kept
     * @param givenUp whether it is where the broker puts what it gives up
     */
    MessageReader(String queue, long mostBytes, Path oversized, boolean givenUp) {
        this.givenUp = givenUp;
        this.queue = queue;
        this.mostBytes = mostBytes;
        this.oversized = oversized;
    }

    /** What cannot be read of a message is that message's fault; what comes between is not. */
    QueueMessage read(ClientMessage message) throws ActiveMQException, IOException {
        try {
            return content(message);
        } catch (ActiveMQException | IllegalStateException problem) {
            if (!isNotPacked(problem)) {
                throw problem;
            }
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | ClassCastException
                | ActiveMQPropertyConversionException unreadable) {
            LOG.debug("A message cannot be read", unreadable);
        }
        return read(message, id(message), QueueMessage.Kind.OTHER, null, null, 0, null);
    }

    /** Whether the sender said that the body is packed, and it is not. */
    private static boolean isNotPacked(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataFormatException || cause instanceof ZipException) {
                return true;
            }
        }
        return false;
    }

    private QueueMessage content(ClientMessage message) throws ActiveMQException, IOException {
        boolean isText = message.getType() == Message.TEXT_TYPE;
        long body = message.getBodySize();
        long size = isText ? Math.max(0, body - TEXT_PREFIX_BYTES) / 2 : body;
        String id = id(message);
        if (size > mostBytes) {
            Path kept = oversized == null ? null : keep(message, id, isText);
            return read(message, id, QueueMessage.Kind.TOO_LARGE, null, null, size, kept);
        }
        if (!isText && message.getType() != Message.BYTES_TYPE) {
            return read(message, id, QueueMessage.Kind.OTHER, null, null, size, null);
        }
        return message.isLargeMessage() ? streamed(message, id, isText) : content(message, id, isText, bytes(message));
    }

    /** A message that nobody looks into any more. */
    QueueMessage unread(ClientMessage message) {
        return read(message, id(message), QueueMessage.Kind.SUSPECT, null, null, 0, null);
    }

    private Path keep(ClientMessage message, String id, boolean isText) throws ActiveMQException, IOException {
        return new OversizedBody(oversized).keep(queue + "-" + id, isText, message::saveToOutputStream);
    }

    /** Its size is what its sender said, and it may be packed: so it is counted while it comes. */
    private QueueMessage streamed(ClientMessage message, String id, boolean isText)
            throws ActiveMQException, IOException {
        OversizedBody aside = oversized == null ? null : new OversizedBody(oversized);
        String name = queue + "-" + id;
        StreamedBody body = new StreamedBody(
                isText ? TEXT_PREFIX_BYTES + 2 * mostBytes : mostBytes,
                aside == null ? null : () -> aside.open(name, isText));
        try (body) {
            message.saveToOutputStream(body);
        } catch (ActiveMQException | IllegalStateException problem) {
            if (!body.isOver()) {
                throw problem;
            }
        }
        if (body.isOver()) {
            long size = isText ? (body.count() - TEXT_PREFIX_BYTES) / 2 : body.count();
            return read(
                    message,
                    id,
                    QueueMessage.Kind.TOO_LARGE,
                    null,
                    null,
                    size,
                    aside == null ? null : aside.file(name));
        }
        return content(message, id, isText, body.bytes());
    }

    private static byte[] bytes(ClientMessage message) {
        ActiveMQBuffer buffer = message.getBodyBuffer();
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private QueueMessage content(ClientMessage message, String id, boolean isText, byte[] bytes) {
        if (!isText) {
            return read(message, id, QueueMessage.Kind.BYTES, null, bytes, bytes.length, null);
        }
        String text = text(bytes);
        return text == null
                ? read(message, id, QueueMessage.Kind.OTHER, null, null, bytes.length, null)
                : read(message, id, QueueMessage.Kind.TEXT, text, null, text.length(), null);
    }

    /**
     * Artemis' own reading would make room for as many bytes as the body says that it has.
     *
     * @return null where it is no text
     */
    private static String text(byte[] body) {
        if (body.length == 0 || body[0] == 0) {
            return "";
        }
        ByteBuffer buffer = ByteBuffer.wrap(body, 1, body.length - 1).order(ByteOrder.BIG_ENDIAN);
        int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
        return length < 0 || length % 2 != 0 || length > buffer.remaining()
                ? null
                : new String(body, buffer.position(), length, StandardCharsets.UTF_16LE);
    }

    private QueueMessage read(
            ClientMessage message, String id, QueueMessage.Kind kind, String text, byte[] bytes, long size, Path kept) {
        Object original = message.getObjectProperty(Message.HDR_ORIGINAL_QUEUE);
        return new QueueMessage(
                givenUp && original != null ? printable(original.toString()) : queue,
                id,
                kind,
                type(message.getType()),
                text,
                bytes,
                size,
                kept,
                fileName(message.getObjectProperty(SimpleString.of(FILE_NAME))));
    }

    /** The sender's, and where it gave none the broker's own number of the message. */
    private static String id(ClientMessage message) {
        Object byAmqp = message.getObjectProperty(SimpleString.of(AMQP_ID));
        if (byAmqp != null) {
            return printable(byAmqp.toString());
        }
        return message.getUserID() == null
                ? "broker:" + message.getMessageID()
                : printable("ID:" + message.getUserID());
    }

    private static String printable(String text) {
        String cut = text.length() > LONGEST_ID ? text.substring(0, LONGEST_ID) : text;
        return cut.replaceAll("[^!-~]", "?");
    }

    private static String fileName(Object property) {
        String name = property == null ? "" : property.toString();
        return PlainName.is(name) ? name : null;
    }

    private static String type(byte type) {
        return switch (type) {
            case Message.TEXT_TYPE -> "TextMessage";
            case Message.BYTES_TYPE -> "BytesMessage";
            case Message.OBJECT_TYPE -> "ObjectMessage";
            case Message.MAP_TYPE -> "MapMessage";
            case Message.STREAM_TYPE -> "StreamMessage";
            default -> "message without a body of text or bytes";
        };
    }
}
