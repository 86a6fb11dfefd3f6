package dev.posbridge.engine;

import static dev.posbridge.engine.Till.refund;
import static dev.posbridge.engine.Till.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.RecordState;
import jakarta.jms.BytesMessage;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileConstants;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.jms.JmsConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts that come as messages, all the way to the sandbox. */
class LiveMessagesTest {
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
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> engine.ledger()
                                .count(
                                        RecordState.DELIVERED,
                                        RecordState.DEAD,
                                        RecordState.SKIPPED,
                                        RecordState.SUPERSEDED)
                        >= number);
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
        await().until(() -> engine.files().size() == 3
                && engine.files().stream().noneMatch(one -> one.state() == FileState.STAGING));

        assertThat(engine.records()).containsExactly("sale R-1 delivered", "sale R-2 delivered");
        assertThat(engine.deadLetters())
                .extracting(DeadLetter::level, DeadLetter::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("file", "header-wrong"));
        engine.assertEqualBooks();
    }

    @Test
    void keepsAHugeMessageInAFileAndLetsTheOthersFlow() throws IOException {
        start();
        String huge = "kind,id\n" + "x".repeat(50_000_000);
        tills.send(huge);
        tills.send(Till.file(sale("R-1", "ann", "10.00")));

        awaitRecords(2);

        assertThat(engine.held().orders()).isEqualTo(1);
        DeadLetter dead = engine.deadLetters().get(0);
        assertThat(dead.reason()).isEqualTo("message-too-large");
        assertThat(dead.message()).contains("its body has 50000008 bytes, expected at most 16777216.");
        try (Stream<Path> kept = Files.list(folder.resolve("data/oversized"))) {
            assertThat(kept).singleElement().satisfies(file -> assertThat(file).hasContent(huge));
        }
    }

    /** Every header that Camel gives a meaning, as tills might send it: in any case of letters. */
    @Test
    void paysNoHeedToAnyHeader() {
        start();
        tills.send(session -> {
            TextMessage message = session.createTextMessage(Till.file(sale("R-1", "ann", "10.00")));
            for (String header : camelHeaders()) {
                for (String written :
                        Set.of(header, header.toLowerCase(Locale.ROOT), header.toUpperCase(Locale.ROOT))) {
                    message.setStringProperty(written, "http://127.0.0.1:1/stolen");
                }
            }
            message.setStringProperty("posbridgeFile", "../../etc/passwd");
            message.setJMSReplyTo(session.createQueue("tills.receipts"));
            return message;
        });

        awaitRecords(1);

        assertThat(engine.records()).containsExactly("sale R-1 delivered");
        assertThat(engine.held().orders()).isEqualTo(1);
        engine.assertEqualBooks();
    }

    private static Set<String> camelHeaders() {
        return Stream.of(Exchange.class, JmsConstants.class, HttpConstants.class, FileConstants.class)
                .flatMap(constants -> Arrays.stream(constants.getFields()))
                .filter(field -> field.getType() == String.class)
                .map(LiveMessagesTest::value)
                .filter(name -> name.matches("Camel[A-Za-z]+"))
                .collect(Collectors.toSet());
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void storesABurstByTheLotAndInOrder() {
        start();
        tills.send(IntStream.range(0, 5_000)
                .mapToObj(n -> Till.file(sale("R-" + n, "c" + n % 50, "1.00")))
                .toArray(String[]::new));

        await().until(() -> engine.ledger().count() == 5_000);

        assertThat(engine.ledger().records())
                .extracting(LedgerView.Seen::key)
                .containsExactlyElementsOf(
                        IntStream.range(0, 5_000).mapToObj(n -> "R-" + n).toList());
        assertThat(engine.ledger().notStored(TillQueue.QUEUE)).isZero();
    }

    private static BytesMessage bytes(BytesMessage message, String text) throws jakarta.jms.JMSException {
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
