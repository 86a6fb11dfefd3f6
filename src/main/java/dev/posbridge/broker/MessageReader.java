package dev.posbridge.broker;

import dev.posbridge.PlainName;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/** Reads messages off the wire: their type and size first, and their body only where both are as they may be. */
final class MessageReader {
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
     * @param oversized folder for larger ones
     * @param givenUp whether it is where the broker puts what it gives up
     */
    MessageReader(String queue, long mostBytes, Path oversized, boolean givenUp) {
        this.givenUp = givenUp;
        this.queue = queue;
        this.mostBytes = mostBytes;
        this.oversized = oversized;
    }

    QueueMessage read(ClientMessage message) throws ActiveMQException, IOException {
        boolean isText = message.getType() == Message.TEXT_TYPE;
        long body = message.getBodySize();
        long size = isText ? Math.max(0, body - TEXT_PREFIX_BYTES) / 2 : body;
        String id = id(message);
        if (size > mostBytes) {
            Path kept = new OversizedBody(oversized).keep(queue + "-" + id, isText, message::saveToOutputStream);
            return read(message, id, QueueMessage.Kind.TOO_LARGE, null, null, size, kept);
        }
        if (isText) {
            SimpleString text = message.getBodyBuffer().readNullableSimpleString();
            return read(message, id, QueueMessage.Kind.TEXT, text == null ? "" : text.toString(), null, size, null);
        }
        if (message.getType() == Message.BYTES_TYPE) {
            ActiveMQBuffer buffer = message.getBodyBuffer();
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            return read(message, id, QueueMessage.Kind.BYTES, null, bytes, size, null);
        }
        return read(message, id, QueueMessage.Kind.OTHER, null, null, size, null);
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
