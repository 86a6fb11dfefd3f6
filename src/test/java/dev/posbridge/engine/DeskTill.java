package dev.posbridge.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.function.Function;

/** A till at the checkout desk: asks on a queue, waits at a temporary queue of its own. Used by one thread. */
final class DeskTill implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final JMSContext context;
    private final TemporaryQueue replies;

    /** By the engine's own connection. */
    DeskTill(EngineFixture engine) {
        this(engine.engine()
                .camel()
                .getRegistry()
                .lookupByNameAndType("pooledConnections", ConnectionFactory.class)
                .createContext());
    }

    /** By a connection of its own, which it closes. */
    DeskTill(JMSContext context) {
        this.context = context;
        replies = context.createTemporaryQueue();
    }

    /** Single quotes become double quotes, so that JSON can be read in Java. */
    JsonNode ask(String operation, String request) {
        return ask(operation, session -> session.createTextMessage(request.replace('\'', '"')));
    }

    JsonNode ask(String operation, Function<JMSContext, Message> request) {
        return read(await(send(operation, request)));
    }

    /** @return the message's id */
    String send(String operation, Function<JMSContext, Message> request) {
        try {
            Message message = request.apply(context);
            message.setJMSReplyTo(replies);
            context.createProducer().send(context.createQueue("posbridge.checkout." + operation), message);
            return message.getJMSMessageID();
        } catch (JMSException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Nobody waits for the answer. */
    void tell(String operation, String request) {
        context.createProducer()
                .send(context.createQueue("posbridge.checkout." + operation), request.replace('\'', '"'));
    }

    /** The reply to that request; an earlier one would be a mistake of the desk. */
    private Message await(String messageId) {
        try (var consumer = context.createConsumer(replies)) {
            Message reply = consumer.receive(PATIENCE.toMillis());
            if (reply == null || !messageId.equals(reply.getJMSCorrelationID())) {
                throw new AssertionError("no reply to " + messageId + ", but "
                        + (reply == null ? "none" : "one to " + reply.getJMSCorrelationID()));
            }
            return reply;
        } catch (JMSException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** The next reply to whatever was asked, or null. */
    Message next(Duration patience) {
        try (var consumer = context.createConsumer(replies)) {
            return consumer.receive(patience.toMillis());
        }
    }

    static JsonNode read(Message reply) {
        try {
            return JSON.readTree(((TextMessage) reply).getText());
        } catch (JMSException | JsonProcessingException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
