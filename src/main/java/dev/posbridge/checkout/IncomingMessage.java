package dev.posbridge.checkout;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What is taken from a till's message: its text, and where the reply goes. Nothing else of it is looked at. */
final class IncomingMessage {
    private static final int LARGEST = 64 * 1024;

    /** Where Artemis keeps the id of a message that came by AMQP; what it shows as the id is another each time. */
    private static final String AMQP_ID = "NATIVE_MESSAGE_ID";

    /**
     * Replies go to temporary queues only, whose names nobody can guess: with our rights a reply could else be put where
     * the till may not send, a lane's queue above all.
     */
    private static final Pattern TEMPORARY =
            Pattern.compile("(?i)(temp-queue://)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:\\d+)?");

    private IncomingMessage() {}

    /** @return null where there is none that may be used */
    static Destination replyTo(Message message) throws JMSException {
        Destination destination = message.getJMSReplyTo();
        return destination instanceof Queue queue
                        && TEMPORARY.matcher(queue.getQueueName()).matches()
                ? queue
                : null;
    }

    /** The request's own correlation id, else its message's id as the till knows it. */
    static String correlationId(Message message) throws JMSException {
        String own = message.getJMSCorrelationID();
        if (own != null && !own.isBlank()) {
            return own;
        }
        String byAmqp = message.getStringProperty(AMQP_ID);
        return byAmqp == null ? message.getJMSMessageID() : byAmqp;
    }

    /** @throws CheckoutException INVALID_REQUEST for what is no text, and for what is too much of it */
    static String text(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            String body = text.getText();
            return within(body == null ? "" : body);
        }
        if (message instanceof BytesMessage bytes) {
            if (bytes.getBodyLength() > LARGEST) {
                throw tooLarge();
            }
            byte[] body = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(body);
            return decoded(body);
        }
        throw new CheckoutException(
                CheckoutError.INVALID_REQUEST, "The request is no text. Send a text message, or bytes, with JSON.");
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new CheckoutException(
                    CheckoutError.INVALID_REQUEST, "The request's bytes are not UTF-8. Send UTF-8.", null, notUtf8);
        }
    }

    private static String within(String body) {
        if (body.length() > LARGEST) {
            throw tooLarge();
        }
        return body;
    }

    private static CheckoutException tooLarge() {
        return new CheckoutException(
                CheckoutError.INVALID_REQUEST, "The request is larger than 64 KiB. Send less, in one JSON object.");
    }
}
