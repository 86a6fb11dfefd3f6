package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message may carry beside its text: nothing of it counts but where the reply goes, and even that is bounded. */
@TestInstance(Lifecycle.PER_CLASS)
class CheckoutMessagesTest {
    private EngineFixture engine;
    private DeskTill till;

    @BeforeAll
    void open(@TempDir Path folder) {
        engine = EngineFixture.in(folder)
                .set("posbridge.checkout.enabled", "true")
                .set("posbridge.checkout.deadline", "10s")
                .start(Engine.Mode.SERVICE);
        till = new DeskTill(engine);
        engine.createCustomer("ann");
    }

    @AfterAll
    void close() {
        till.close();
        engine.close();
    }

    static Stream<String> headers() {
        return Stream.of(
                        "CamelHttpUri",
                        "CamelHttpPath",
                        "CamelHttpQuery",
                        "CamelHttpMethod",
                        "CamelHttpUrl",
                        "CamelJmsDestination",
                        "CamelJmsDestinationName",
                        "CamelBeanMethodName",
                        "CamelToEndpoint",
                        "Host",
                        "APIKey",
                        "SecretKey")
                .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void letsNoHeaderOfAMessageThrough(String header) {
        JsonNode reply = till.ask("balance", session -> {
            TextMessage request = session.createTextMessage("{\"customerId\":\"ann\"}");
            return with(request, message -> message.setStringProperty(header, "http://127.0.0.1:1/stolen"));
        });

        assertThat(reply.get("ok").asBoolean()).as(reply.toString()).isTrue();
    }

    @Test
    void repliesUnderTheRequestsOwnCorrelationId() throws JMSException {
        till.send(
                "balance",
                session -> with(
                        session.createTextMessage("{\"customerId\":\"ann\"}"),
                        message -> message.setJMSCorrelationID("till 7")));

        assertThat(till.next(Duration.ofMinutes(1)).getJMSCorrelationID()).isEqualTo("till 7");
    }

    @Test
    void putsNoReplyIntoAQueueThatIsNoTemporaryOne() throws JMSException {
        ConnectionFactory connections =
                engine.engine().camel().getRegistry().lookupByNameAndType("pooledConnections", ConnectionFactory.class);
        String marker = UUID.randomUUID().toString();
        try (JMSContext context = connections.createContext()) {
            Message request = context.createTextMessage("{\"" + marker + "\":1}");
            request.setJMSReplyTo(context.createQueue("posbridge.checkout.event"));
            context.createProducer().send(context.createQueue("posbridge.checkout.balance"), request);
        }
        // The desk takes one message of a queue after the other, so the one before this is done with.
        assertThat(till.ask("balance", "{'customerId':'ann'}").get("ok").asBoolean())
                .isTrue();
        assertThat(till.ask("event", "{'customerId':'ann','name':'survey'}")
                        .get("ok")
                        .asBoolean())
                .isTrue();
        assertThat(engine.held().events()).isEqualTo(1);
    }

    @Test
    void givesNoMoreOfAnIdBackThanAnIdNeeds() throws JMSException {
        till.send(
                "balance",
                session -> with(
                        session.createTextMessage("{\"customerId\":\"ann\"}"),
                        message -> message.setJMSCorrelationID("i".repeat(5_000))));

        assertThat(till.next(Duration.ofSeconds(10)).getJMSCorrelationID()).isEqualTo("i".repeat(1_024));
    }

    @Test
    void answersATillThatWouldWaitForEver() throws JMSException {
        ConnectionFactory connections =
                engine.engine().camel().getRegistry().lookupByNameAndType("pooledConnections", ConnectionFactory.class);
        try (JMSContext context = connections.createContext()) {
            TemporaryQueue replies = context.createTemporaryQueue();
            for (String deadline : new String[] {"", ",\"deadline\":\"999999999d\""}) {
                TextMessage request = context.createTextMessage("{\"customerId\":\"ann\"" + deadline + "}");
                request.setJMSReplyTo(replies);
                context.createProducer()
                        .setTimeToLive(Long.MAX_VALUE / 2)
                        .send(context.createQueue("posbridge.checkout.balance"), request);
                Message reply = context.createConsumer(replies).receive(10_000);
                assertThat(DeskTill.read(reply).get("ok").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void doesNotTryToAnswerARequestWhoseTimeIsOverAlready() {
        String id = till.send(
                "balance", session -> session.createTextMessage("{\"customerId\":\"ann\",\"deadline\":\"1ms\"}"));
        JsonNode reply = DeskTill.read(till.next(Duration.ofMinutes(1)));

        assertThat(id).isNotNull();
        assertThat(reply.path("error").asText()).isIn("timeout", "");
    }

    private interface Change {
        void on(Message message) throws JMSException;
    }

    private static Message with(Message message, Change change) {
        try {
            change.on(message);
            return message;
        } catch (JMSException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
