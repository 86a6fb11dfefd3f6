package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that ends whoever has it in hand. */
class TillsInHandTest {
    private static final String QUEUE = "posbridge.checkout.balance";

    @TempDir
    private Path folder;

    private final List<QueueMessage.Kind> seen = new CopyOnWriteArrayList<>();
    private Broker broker;

    @BeforeEach
    void start() {
        broker = Broker.start(folder.resolve("broker"), null, Map.of(), Stream.of(QUEUE));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void isNotReadAgainByTheThirdAndOthersAre() throws Exception {
        send("the death of us");
        send("harmless");

        live(1);
        live(2);
        live(4);

        assertThat(seen)
                .containsExactly(
                        QueueMessage.Kind.TEXT,
                        QueueMessage.Kind.TEXT,
                        QueueMessage.Kind.SUSPECT,
                        QueueMessage.Kind.TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("in-hand/" + QUEUE))))
                .isEqualTo("rw-------");
    }

    @Test
    void isReadAgainHoweverOftenAProcessEndsInAnOrderlyWayBeforeIt() throws Exception {
        for (int life = 1; life <= 4; life++) {
            send("harmless");
            live(life);
        }

        assertThat(seen).hasSize(4).containsOnly(QueueMessage.Kind.TEXT);
    }

    @Test
    void isSetAsideUnreadWhereItFailsAgainAndAgainAndTheOthersFlow() throws Exception {
        send("fails");
        send("harmless");

        live(5);

        assertThat(seen)
                .containsExactly(
                        QueueMessage.Kind.TEXT,
                        QueueMessage.Kind.TEXT,
                        QueueMessage.Kind.TEXT,
                        QueueMessage.Kind.SUSPECT,
                        QueueMessage.Kind.TEXT);
    }

    /** A life of the service, until so many requests were seen in all. */
    private void live(int requests) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("tills", new QueueComponent(broker.queues()));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("tills:" + QUEUE + "?mostBytes=65536&tillsInHand=" + folder.resolve("in-hand"))
                            .process(exchange -> see(exchange.getMessage().getBody(TillRequest.class)));
                }
            });
            context.getShutdownStrategy().setTimeout(1);
            context.start();
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(20)).until(() -> seen.size() >= requests);
        }
    }

    private void see(TillRequest request) {
        seen.add(request.message().kind());
        if ("fails".equals(request.message().text())) {
            throw new IllegalStateException("it fails");
        }
        if ("the death of us".equals(request.message().text())) {
            throw new Error("the process ends");
        }
    }

    private void send(String text) {
        try (JMSContext context = broker.pooledConnections().createContext()) {
            context.createProducer().send(context.createQueue(QUEUE), text);
        }
    }
}
