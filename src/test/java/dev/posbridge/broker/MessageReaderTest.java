package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies as senders wish them, honest and not: none is read further than the bound. */
class MessageReaderTest {
    private static final String QUEUE = "acme.receipts";
    private static final int MOST = 64 * 1024;
    private static final int MUCH = 50_000_000;

    @TempDir
    private Path folder;

    private Broker broker;

    @BeforeEach
    void start() {
        broker = Broker.start(folder.resolve("broker"), null, Map.of("acme", QUEUE), Stream.empty());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void readsATextAndBytesWithinTheBoundHoweverTheyWereSent() throws Exception {
        for (boolean packed : new boolean[] {false, true}) {
            QueueMessage text = text("a receipt for 5 \u20ac", packed);
            assertThat(text.text()).isEqualTo("a receipt for 5 \u20ac");
            assertThat(text.kind()).isEqualTo(QueueMessage.Kind.TEXT);
            QueueMessage longer = text("x".repeat(MOST), packed);
            assertThat(longer.text()).hasSize(MOST);
            QueueMessage bytes = stream(50_000, packed, null);
            assertThat(bytes.bytes()).hasSize(50_000);
        }
    }

    @Test
    void readsNothingOfABodyThatIsTooLarge() throws Exception {
        for (boolean packed : new boolean[] {false, true}) {
            QueueMessage text = text("x".repeat(MOST + 1), packed);
            assertThat(text.kind()).isEqualTo(QueueMessage.Kind.TOO_LARGE);
            assertThat(text.text()).isNull();
            QueueMessage bytes = stream(MUCH, packed, null);
            assertThat(bytes.kind()).isEqualTo(QueueMessage.Kind.TOO_LARGE);
            assertThat(bytes.bytes()).isNull();
            assertThat(bytes.kept()).isNull();
        }
        assertThat(text("the next", false).text()).isEqualTo("the next");
    }

    @Test
    void stopsAtTheBoundWhereAPackedBodyIsLargerThanItsSenderSays() throws Exception {
        QueueMessage lying = lying(null);

        assertThat(lying.kind()).isEqualTo(QueueMessage.Kind.TOO_LARGE);
        assertThat(lying.bytes()).isNull();
        assertThat(lying.size()).isLessThan(2L * MOST);
        assertThat(text("the next", false).text()).isEqualTo("the next");
    }

    @Test
    void keepsAPackedBodyUnpackedInAFileWhereItsSenderLiedOfItsSize() throws Exception {
        QueueMessage lying = lying(folder.resolve("oversized"));

        assertThat(lying.kind()).isEqualTo(QueueMessage.Kind.TOO_LARGE);
        assertThat(Files.size(lying.kept())).isEqualTo(MUCH).isEqualTo(lying.size());
    }

    @Test
    void makesNoRoomForATextThatSaysItIsLongerThanItsMessage() throws Exception {
        QueueMessage lying = sendAndRead(false, null, session -> {
            ClientMessage message = session.createMessage(Message.TEXT_TYPE, true);
            message.getBodyBuffer().writeByte((byte) 1);
            message.getBodyBuffer().writeInt(Integer.MAX_VALUE - 1);
            return message;
        });

        assertThat(lying.kind()).isEqualTo(QueueMessage.Kind.OTHER);
    }

    private interface Sent {
        ClientMessage by(ClientSession session) throws Exception;
    }

    private QueueMessage text(String text, boolean packed) throws Exception {
        return sendAndRead(packed, null, session -> {
            ClientMessage message = session.createMessage(Message.TEXT_TYPE, true);
            message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
            return message;
        });
    }

    private QueueMessage stream(int bytes, boolean packed, Path oversized) throws Exception {
        return sendAndRead(packed, oversized, session -> {
            ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
            message.setBodyInputStream(zeros(bytes));
            return message;
        });
    }

    /** Fifty million zeros in fifty kilobytes, said to be a hundred. */
    private QueueMessage lying(Path oversized) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            zeros(MUCH).transferTo(deflater);
        }
        return sendAndRead(false, oversized, session -> {
            ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
            message.putBooleanProperty(Message.HDR_LARGE_COMPRESSED, true);
            message.putLongProperty(Message.HDR_LARGE_BODY_SIZE, 100);
            message.getBodyBuffer().writeBytes(packed.toByteArray());
            return message;
        });
    }

    private static InputStream zeros(int bytes) {
        return new ByteArrayInputStream(new byte[bytes]);
    }

    private QueueMessage sendAndRead(boolean packed, Path oversized, Sent sent) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("vm://0")) {
            locator.setCompressLargeMessage(packed);
            try (QueueAccess.Connection access = broker.queues().open();
                    var factory = locator.createSessionFactory();
                    ClientSession session = factory.createSession(
                            Doorman.OURSELVES, broker.ourPassword(), false, true, true, false, 0)) {
                try (ClientProducer producer = session.createProducer(QUEUE)) {
                    ClientMessage message = sent.by(session);
                    message.setRoutingType(RoutingType.ANYCAST);
                    producer.send(message);
                }
                try (var consumer = access.session().createConsumer(QUEUE)) {
                    ClientMessage taken = consumer.receive(10_000);
                    QueueMessage read = new MessageReader(QUEUE, MOST, oversized, false).read(taken);
                    taken.acknowledge();
                    access.session().commit();
                    return read;
                }
            }
        }
    }
}
