package dev.posbridge.checkout;

import dev.posbridge.broker.QueueMessage;
import dev.posbridge.broker.TillRequest;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What is taken from a till's message: its text, and where the reply goes. Nothing else of it is looked at. */
final class IncomingMessage {
    /**
     * Replies go to temporary queues only, whose names nobody can guess: with our rights a reply could else be put where
     * the till may not send, a lane's queue above all.
     */
    private static final Pattern TEMPORARY =
            Pattern.compile("(?i)(temp-queue://)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:\\d+)?");

    private IncomingMessage() {}

    /** @return null where there is none that may be used */
    static Destination replyTo(TillRequest message) throws JMSException {
        return temporary(message.replyTo());
    }

    /** @return null where it is no temporary queue */
    static Destination temporary(Destination destination) throws JMSException {
        return destination instanceof Queue queue
                        && TEMPORARY.matcher(queue.getQueueName()).matches()
                ? queue
                : null;
    }

    /** @throws CheckoutException INVALID_REQUEST for what is no text, and for what is too much of it */
    static String text(QueueMessage message) {
        return switch (message.kind()) {
            case TEXT -> message.text();
            case BYTES -> decoded(message.bytes());
            case TOO_LARGE ->
                throw new CheckoutException(
                        CheckoutError.INVALID_REQUEST,
                        "The request is larger than 64 KiB. Send less, in one JSON object.");
            case SUSPECT ->
                throw new CheckoutException(
                        CheckoutError.INTERNAL,
                        "Two processes ended while they had this request in hand, so it was set aside unread. Do not send it "
                                + "again as it is; the log says when they ended.");
            case OTHER ->
                throw new CheckoutException(
                        CheckoutError.INVALID_REQUEST,
                        "The request is no text. Send a text message, or bytes, with JSON.");
        };
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
}
