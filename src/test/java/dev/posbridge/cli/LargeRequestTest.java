package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.FreePort;
import dev.posbridge.broker.PasswordHash;
import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till that asks far too much, at a service with its usual heap. */
class LargeRequestTest {
    private static final String TOO_LARGE =
            "{\"ok\":false,\"error\":\"invalid-request\",\"message\":\"The request is larger than 64 KiB. Send less, in one"
                    + " JSON object.\"}";
    private static final int MUCH = 50_000_000;

    @Test
    void answersARequestOfFiftyMegabytesPackedOrNotAndLives(@TempDir Path folder) throws Exception {
        int port = FreePort.next();
        Path users = Files.writeString(folder.resolve("users"), "till-7 " + PasswordHash.of("secret") + " checkout\n");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF));
                Posbridges posbridges = new Posbridges(folder)) {
            Posbridge service = posbridges.start(Cli.with(
                    folder.resolve("data"),
                    sandbox.uri(),
                    "run",
                    "--set",
                    "posbridge.inbox=" + folder.resolve("inbox"),
                    "--set",
                    "posbridge.account.currency=GBP",
                    "--set",
                    "posbridge.broker.accept=tcp://127.0.0.1:" + port,
                    "--set",
                    "posbridge.broker.users-file=" + users,
                    "--set",
                    "posbridge.checkout.enabled=true"));
            await().until(() -> service.errText().contains("Ready."));

            for (String option : List.of("", "?compressLargeMessages=true")) {
                ConnectionFactory make = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port + option);
                for (String queue : List.of("balance", "order")) {
                    assertThat(ask(make, queue, "x".repeat(MUCH))).isEqualTo(TOO_LARGE);
                }
                assertThat(ask(make, "balance", "{\"customerId\":\"nobody\"}")).contains("customer-unknown");
            }
            assertThat(service.process().isAlive()).isTrue();
        }
    }

    private static String ask(ConnectionFactory make, String queue, String text) throws JMSException {
        try (Connection connection = make.createConnection("till-7", "secret")) {
            connection.start();
            Session session = connection.createSession();
            TemporaryQueue replies = session.createTemporaryQueue();
            Message request = session.createTextMessage(text);
            request.setJMSReplyTo(replies);
            session.createProducer(session.createQueue("posbridge.checkout." + queue))
                    .send(request);
            Message reply = session.createConsumer(replies).receive(60_000);
            return reply == null ? null : reply.getBody(String.class);
        }
    }
}
