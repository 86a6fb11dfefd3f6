package dev.posbridge.engine;

import static dev.posbridge.engine.Till.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.DeadLetters.DeadLetter;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues of an Artemis in a process of its own, which is killed under load. */
class ExternalBrokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private ExternalArtemis broker;
    private EngineFixture engine;

    @BeforeEach
    void start() {
        broker = new ExternalArtemis(folder.resolve("external")).start();
        engine = EngineFixture.in(folder)
                .set("posbridge.broker.url", "tcp://127.0.0.1:" + broker.port())
                .set("posbridge.broker.dead-letter-queue", ExternalArtemis.GIVEN_UP)
                .set("posbridge.sources.tills.queue", TillQueue.QUEUE)
                .set("posbridge.sources.tills.vendor", EngineFixture.VENDOR)
                .start(Engine.Mode.SERVICE);
    }

    @AfterEach
    void close() {
        engine.close();
        broker.close();
    }

    /** Sends each receipt until the broker has said that it has it, as a careful till does. */
    private Set<String> send(int from, int until) {
        Set<String> sent = new HashSet<>();
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port());
                JMSContext context = connections.createContext()) {
            for (int n = from; n < until; n++) {
                context.createProducer()
                        .send(context.createQueue(TillQueue.QUEUE), Till.file(sale("R-" + n, "c" + n % 20, "1.00")));
                sent.add("R-" + n);
            }
        } catch (JMSRuntimeException brokerGone) {
            // What it has not confirmed counts as not sent, and is sent again.
        }
        return sent;
    }

    private void awaitOrders(int number) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> engine.held().orders() >= number);
        engine.awaitSettled();
    }

    @Test
    void losesAndDoublesNothingWhereTheBrokerIsKilledUnderLoad() {
        Set<String> sent = new HashSet<>();
        int next = 0;
        for (int kill = 0; kill < 2; kill++) {
            Thread killer = new Thread(() -> {
                await().atMost(PATIENCE).until(() -> engine.ledger().count() % 200 > 20);
                broker.kill();
            });
            killer.start();
            while (killer.isAlive()) {
                sent.addAll(send(next, next += 50));
            }
            broker.start();
        }
        Stream.iterate(0, n -> n + 1)
                .limit(next)
                .filter(n -> !sent.contains("R-" + n))
                .forEach(n -> sent.addAll(send(n, n + 1)));

        awaitOrders(next);

        assertThat(engine.held().orders()).isEqualTo(next);
        assertThat(engine.deadLetters()).isEmpty();
        engine.assertEqualBooks();
    }

    @Test
    void makesDeadLettersOfWhatTheBrokerGaveUp() {
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port());
                JMSContext context = connections.createContext()) {
            context.createProducer()
                    .setProperty("_AMQ_ORIG_QUEUE", TillQueue.QUEUE)
                    .send(context.createQueue(ExternalArtemis.GIVEN_UP), Till.file(sale("R-1", "ann", "1.00")));
            context.createProducer()
                    .setProperty("_AMQ_ORIG_QUEUE", "somebody.elses")
                    .send(context.createQueue(ExternalArtemis.GIVEN_UP), "not ours");
        }

        await().atMost(PATIENCE).until(() -> !engine.deadLetters().isEmpty());
        List<DeadLetter> dead = engine.deadLetters();
        assertThat(dead)
                .extracting(DeadLetter::level, DeadLetter::reason, DeadLetter::raw)
                .containsExactly(Tuple.tuple("message", "message-given-up", Till.file(sale("R-1", "ann", "1.00"))));
    }
}
