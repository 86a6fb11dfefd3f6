package dev.posbridge.engine;

import static dev.posbridge.engine.Till.refund;
import static dev.posbridge.engine.Till.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.DeadLetters.DeadLetter;
import jakarta.jms.BytesMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts that come as messages, all the way to the sandbox. */
class LiveMessagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private EngineFixture engine;
    private TillQueue tills;

    @BeforeEach
    void prepare() {
        engine = EngineFixture.in(folder);
        tills = new TillQueue(engine);
    }

    @AfterEach
    void close() {
        tills.close();
        engine.close();
    }

    private void start() {
        engine.start(Engine.Mode.SERVICE);
        tills.connect();
    }

    private void awaitRecords(int number) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> engine.number("select count(*) from record where state in (4, 6, 7, 8)") >= number);
        engine.awaitSettled();
    }

    @Test
    void deliversTextAndBytesOfTwoMakesOfClients() {
        start();
        tills.send(Till.file(sale("R-1", "ann", "10.00")));
        tills.send(session -> bytes(session.createBytesMessage(), Till.file(sale("R-2", "bob", "20.00"))));
        tills.close();
        tills.connectByAmqp();
        tills.send(Till.file(sale("R-3", "ann", "30.00")), Till.file(refund("F-1", "R-1", "ann", "4.00")));

        awaitRecords(4);

        assertThat(engine.records())
                .containsExactly(
                        "sale R-1 delivered", "sale R-2 delivered", "sale R-3 delivered", "refund F-1 delivered");
        engine.assertEqualBooks();
    }

    @Test
    void sendsNothingWhenTheNightlyFileRepeatsTheDaysMessages() {
        start();
        tills.send(Till.file(sale("R-1", "ann", "10.00")), Till.file(sale("R-2", "bob", "20.00")));
        awaitRecords(2);

        engine.ingestAndSettle("night.csv", sale("R-1", "ann", "10.00"), sale("R-2", "bob", "20.00"));

        assertThat(engine.records()).containsExactly("sale R-1 delivered", "sale R-2 delivered");
        assertThat(engine.outcomes().of("duplicate").records()).isEqualTo(2);
        assertThat(engine.held().orders()).isEqualTo(2);
        engine.assertEqualBooks();
    }

    @Test
    void buriesWhatCannotBeReadAndLetsTheOthersFlow() {
        start();
        tills.send(session -> session.createObjectMessage("serialized"));
        tills.send(session -> session.createMapMessage());
        tills.send(session -> session.createStreamMessage());
        tills.send("no receipt at all", Till.file(sale("R-1", "ann", "ten")), Till.file(sale("R-2", "bob", "20.00")));
        tills.send(Till.file(sale("R-3", "bob", "1.00"), sale("R-4", "bob", "2.00")));

        awaitRecords(7);

        assertThat(engine.held().orders()).isEqualTo(1);
        assertThat(engine.deadLetters())
                .extracting(DeadLetter::level, DeadLetter::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("message", "message-unreadable"),
                        org.assertj.core.groups.Tuple.tuple("message", "message-unreadable"),
                        org.assertj.core.groups.Tuple.tuple("message", "message-unreadable"),
                        org.assertj.core.groups.Tuple.tuple("message", "header-wrong"),
                        org.assertj.core.groups.Tuple.tuple("message", "amount-invalid"),
                        org.assertj.core.groups.Tuple.tuple("message", "message-unreadable"));
        assertThat(engine.deadLetters().get(0).message())
                .contains("tills.receipts ID:")
                .contains("found ObjectMessage, expected TextMessage or BytesMessage.");
        engine.assertEqualBooks();
    }

    @Test
    void takesAMessageThatHoldsAFileAsOne() {
        start();
        String file = Till.file(sale("R-1", "ann", "10.00"), sale("R-2", "bob", "20.00"));
        tills.sendFiles(file, file, "no file");

        awaitRecords(2);
        await().atMost(PATIENCE).until(() -> engine.files().size() == 3);

        assertThat(engine.records()).containsExactly("sale R-1 delivered", "sale R-2 delivered");
        assertThat(engine.deadLetters())
                .extracting(DeadLetter::level, DeadLetter::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("file", "header-wrong"));
        engine.assertEqualBooks();
    }

    private static BytesMessage bytes(BytesMessage message, String text) throws jakarta.jms.JMSException {
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
