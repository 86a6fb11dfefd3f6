package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.broker.Broker;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The broker only wakes: whatever it forgets, the ledger announces again. */
class BrokerFaultsTest {
    private static final int SALES = 400;

    @TempDir
    private Path folder;

    private EngineFixture engine;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void announcesFromTheLedgerWhatWasDueWhenTheJournalWasDeleted() throws IOException {
        engine = EngineFixture.in(folder).start(Engine.Mode.INTAKE_ONLY).ingest("1.csv", sales());
        engine.stop();
        delete(folder.resolve("data/broker"));
        engine.start().awaitSettled();

        assertThat(engine.held().orders()).isEqualTo(SALES);
        engine.assertEqualBooks();
    }

    @Test
    void goesOnWhenTheJournalIsDeletedUnderIt() throws IOException {
        engine = EngineFixture.in(folder, slowly()).start().ingest("1.csv", sales());
        await().until(() -> engine.held().orders() > 10);
        delete(folder.resolve("data/broker"));
        engine.awaitSettled();
        engine.ingestAndSettle("2.csv", Till.sale("late", "ann", "1.00"));
        engine.stop();
        engine.start().ingestAndSettle("3.csv", Till.sale("later", "ann", "1.00"));

        assertThat(engine.held().orders()).isEqualTo(SALES + 2);
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    @Test
    void goesOnWithinSecondsWhenTheBrokerIsRestartedUnderLoad() throws Exception {
        EmbeddedActiveMQ broker = broker();
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://7");
        connections.setConsumerWindowSize(0);
        JmsPoolConnectionFactory pooled = new JmsPoolConnectionFactory();
        pooled.setConnectionFactory(connections);
        pooled.setMaxConnections(1);
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(connections);
        engine = EngineFixture.in(folder, slowly())
                .bind("jms", jms)
                .bind("pooledConnections", pooled)
                .start()
                .ingest("1.csv", sales());
        await().until(() -> engine.held().orders() > 10);
        broker.stop();
        long atTheStop = engine.held().orders();
        broker.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> engine.held().orders() > atTheStop + 50);
        engine.awaitSettled();

        assertThat(atTheStop).isLessThan(SALES);
        assertThat(engine.held().orders()).isEqualTo(SALES);
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
        engine.stop();
        pooled.stop();
        broker.stop();
    }

    /** Long enough that something is left to do. */
    private static SandboxSettings slowly() {
        return SandboxSettings.defaults().withLatency(Duration.ofMillis(10));
    }

    private static Till.Row[] sales() {
        return IntStream.range(0, SALES)
                .mapToObj(n -> Till.sale("R" + n, "c" + n % 60, "10.00"))
                .toArray(Till.Row[]::new);
    }

    /** As our own, but for its address: our own cannot be stopped from outside. */
    private EmbeddedActiveMQ broker() throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("in-vm", "vm://7")
                .addQueueConfiguration(QueueConfiguration.of(Broker.LANES)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setLastValue(true)));
        broker.start();
        return broker;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
