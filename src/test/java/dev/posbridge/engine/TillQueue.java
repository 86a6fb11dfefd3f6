package dev.posbridge.engine;

import dev.posbridge.FreePort;
import dev.posbridge.broker.PasswordHash;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/** A till server that sends messages into the queue of source {@code tills}, through the door of the embedded broker. */
final class TillQueue implements AutoCloseable {
    static final String QUEUE = "tills.receipts";
    static final String FILES = "tills.files";
    private static final String PASSWORD = "till-secret";

    private final int port = FreePort.next();
    private Connection connection;
    private Session session;
    private MessageProducer producer;

    /** What makes a message of a session. */
    interface Maker {
        Message make(Session session) throws JMSException;
    }

    /** Opens the door of an engine that is not yet started. */
    TillQueue(EngineFixture engine) {
        Path users = engine.write(
                engine.folder().resolve("broker-users"), "tills " + PasswordHash.of(PASSWORD) + " tills,files\n");
        engine.set("posbridge.broker.accept", "tcp://127.0.0.1:" + port)
                .set("posbridge.broker.users-file", users.toString())
                .set("posbridge.sources.tills.queue", QUEUE)
                .set("posbridge.sources.tills.vendor", EngineFixture.VENDOR)
                .set("posbridge.sources.files.queue", FILES)
                .set("posbridge.sources.files.vendor", EngineFixture.VENDOR)
                .set("posbridge.sources.files.body", "file");
    }

    /** By Artemis' own client. */
    TillQueue connect() {
        return connect(new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port));
    }

    /** By a client of another make, over AMQP. */
    TillQueue connectByAmqp() {
        return connect(new JmsConnectionFactory("amqp://127.0.0.1:" + port));
    }

    private TillQueue connect(ConnectionFactory make) {
        try {
            connection = make.createConnection("tills", PASSWORD);
            session = connection.createSession(true, Session.SESSION_TRANSACTED);
            producer = session.createProducer(null);
            return this;
        } catch (JMSException problem) {
            throw new IllegalStateException(problem);
        }
    }

    int port() {
        return port;
    }

    /** Each text is one message; they arrive together. */
    TillQueue send(String... bodies) {
        for (String body : bodies) {
            put(QUEUE, made -> made.createTextMessage(body));
        }
        return commit();
    }

    /** Each text is a file in a message. */
    TillQueue sendFiles(String... bodies) {
        for (String body : bodies) {
            put(FILES, made -> made.createTextMessage(body));
        }
        return commit();
    }

    TillQueue send(Maker message) {
        return put(QUEUE, message).commit();
    }

    private TillQueue put(String queue, Maker message) {
        try {
            producer.send(session.createQueue(queue), message.make(session));
            return this;
        } catch (JMSException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private TillQueue commit() {
        try {
            session.commit();
            return this;
        } catch (JMSException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (JMSException alreadyGone) {
            // The broker went first.
        }
    }
}
