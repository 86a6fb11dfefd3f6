package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.broker.QueueMessage;
import dev.posbridge.ledger.ChunkWriter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.MessageBook;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.pos.Reason;
import dev.posbridge.settings.QueueSource;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that come again because a process died between taking and acknowledging them. */
class MessagesTest {
    private static final String QUEUE = "receipts";
    private static final Profiles PROFILES = Profiles.in(Path.of("config/vendors"));
    private static final QueueSource SOURCE =
            new QueueSource("tills", "generic-csv", QUEUE, QueueSource.Body.RECEIPT, 1_000_000);

    @TempDir
    private Path folder;

    private Duration calm = Duration.ZERO;
    private LedgerDatabase database;
    private MessagesInHand inHand;
    private Messages messages;
    private MessageTranslator translator;

    @BeforeEach
    void start() {
        database = LedgerDatabase.open(folder.resolve("ledger.db"));
        LedgerAccount.claim(database, "chain", "test", "GBP");
        inHand = new MessagesInHand(new HealthBook(database));
        MessageBook book = new MessageBook(database, new ChunkWriter(database, 64));
        messages = new Messages(PROFILES, Map.of(QUEUE, SOURCE), book, inHand, folder.resolve("spool"), calm);
        var settings = SettingsReader.readOnly(Path.of(""), Map.of("posbridge.account.currency", "GBP"));
        translator = new MessageTranslator(PROFILES, new Translator(new AccountRules(settings.account())));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void dieAndStartAgain() {
        close();
        start();
    }

    private static QueueMessage message(String id, String text) {
        return new QueueMessage(
                QUEUE, id, QueueMessage.Kind.TEXT, "TextMessage", text, null, text.length(), null, null);
    }

    private static QueueMessage sale(String id) {
        return message(
                id,
                "kind,id,occurred_at,customer_id,currency,total\nsale,R-" + id
                        + ",2026-01-31 12:00:00,ann,GBP,10.00\n");
    }

    private List<MessageLot> part(QueueMessage... taken) {
        return messages.part(List.of(taken), false);
    }

    private void store(List<MessageLot> lots) {
        for (MessageLot lot : lots) {
            messages.take(lot);
            messages.store(translator.translate(lot));
        }
    }

    @Test
    void countsAMessageOnceThatComesAgainAfterItWasStored() {
        store(part(sale("1"), sale("2")));
        dieAndStartAgain();

        List<MessageLot> again = part(sale("1"), sale("2"), sale("3"));

        assertThat(again).singleElement().satisfies(lot -> assertThat(lot.messages())
                .extracting(QueueMessage::id)
                .containsExactly("3"));
        store(again);
        assertThat(new LedgerView(database).count()).isEqualTo(3);
        assertThat(new ReportBook(database).filesAfter(0)).singleElement().satisfies(day -> {
            assertThat(day.name()).startsWith("receipts@");
            assertThat(day.outcomes().in().records()).isEqualTo(3);
            assertThat(day.outcomes().of("duplicate").records()).isZero();
        });
    }

    @Test
    void losesNoMessageThatHasTheIdOfAnother() {
        store(part(sale("1")));

        assertThat(part(message("1", sale("2").text()))).hasSize(1);
    }

    @Test
    void saysOfAMessageWhereTheNameHasToStandThatItsProfileReads() {
        QueueSource named = new QueueSource("tills", "acme", QUEUE, QueueSource.Body.RECEIPT, 1_000_000);
        MessageLot lot = new MessageLot(named, List.of(sale("1")), 0, false);

        assertThat(translator.translate(lot).messages()).singleElement().satisfies(stored -> assertThat(
                        stored.entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.reason()).isEqualTo(Reason.FILE_NAME_UNKNOWN);
                    assertThat(entry.message())
                            .isEqualTo("receipts 1: found no name of a file in its property posbridgeFile. Name the"
                                    + " file, or the property posbridgeFile of a message, as file-name in the profile"
                                    + " asks, or correct file-name.");
                }));
    }

    @Test
    void buriesWhatKillsUsThreeTimesAndLetsTheOthersFlow() {
        QueueMessage[] queue = IntStream.rangeClosed(1, 5)
                .mapToObj(n -> n == 3 ? message("3", "kills") : sale(String.valueOf(n)))
                .toArray(QueueMessage[]::new);
        assertThat(part(queue)).hasSize(1);
        part(queue).forEach(messages::take);
        for (int death = 2; death <= 3; death++) {
            dieAndStartAgain();
            for (MessageLot lot : part(queue)) {
                messages.take(lot);
                if (lot.messages().get(0).id().equals("3")) {
                    break; // and dies
                }
                messages.store(translator.translate(lot));
            }
        }
        dieAndStartAgain();
        store(part(queue));

        assertThat(new LedgerView(database).count(RecordState.PENDING)).isEqualTo(4);
        List<DeadLetter> dead = new DeadLetters(database).first(0, 10);
        assertThat(dead).singleElement().satisfies(letter -> {
            assertThat(letter.level()).isEqualTo("message");
            assertThat(letter.reason()).isEqualTo("message-poisonous");
            assertThat(letter.position()).isEqualTo("receipts 3");
            assertThat(letter.raw()).isEqualTo("kills");
        });
    }

    @Test
    void triesWhatTwoDiedOfOnlyOnceItHasLivedForAWhile() {
        for (int death = 1; death <= 2; death++) {
            part(sale("1")).forEach(messages::take);
            dieAndStartAgain();
        }
        calm = Duration.ofDays(1);
        dieAndStartAgain();

        for (int life = 0; life < 3; life++) {
            assertThatThrownBy(() -> part(sale("0"), sale("1"), sale("2")))
                    .hasMessage(
                            "receipts 1: two processes ended while they read this message. It is tried, and its queue"
                                    + " goes on, when this one has run for 86400 s.");
            dieAndStartAgain();
        }
        calm = Duration.ZERO;
        dieAndStartAgain();
        store(part(sale("0"), sale("1"), sale("2")));

        assertThat(new LedgerView(database).count(RecordState.PENDING)).isEqualTo(3);
        assertThat(new LedgerView(database).deadLetters()).isEmpty();
    }

    @Test
    void buriesAtOnceWhatFailsThreeTimesWithoutKillingAnybody() {
        calm = Duration.ofDays(1);
        dieAndStartAgain();
        for (int failure = 1; failure <= 3; failure++) {
            part(message("1", "fails")).forEach(messages::take);
        }

        store(part(message("1", "fails"), sale("2")));

        assertThat(new LedgerView(database).count(RecordState.PENDING)).isEqualTo(1);
        assertThat(new DeadLetters(database).first(0, 10))
                .extracting(DeadLetter::reason)
                .containsExactly("message-poisonous");
    }

    @Test
    void doesNotBlameMessagesForALedgerThatWasAway() {
        QueueMessage sale = sale("1");
        for (int outage = 0; outage < 5; outage++) {
            part(sale).forEach(messages::take);
            inHand.failed(List.of(sale), new LedgerUnavailableException(new IllegalStateException("disk full")));
        }

        store(part(sale));

        assertThat(new LedgerView(database).count(RecordState.PENDING)).isEqualTo(1);
        assertThat(new LedgerView(database).deadLetters()).isEmpty();
    }
}
