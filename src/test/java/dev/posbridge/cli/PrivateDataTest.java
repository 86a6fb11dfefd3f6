package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.broker.PasswordHash;
import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service leaves under its data folder, after files, messages, dead letters and bodies put aside, is its owner's alone. */
class PrivateDataTest {
    private static final Path SAMPLES = Path.of("samples/acme");

    @Test
    void isReadableByItsOwnerOnlyWhoeverWroteIt(@TempDir Path folder) throws Exception {
        int port = freePort();
        Path users = Files.writeString(folder.resolve("users"), "till-7 " + PasswordHash.of("secret") + " tills\n");
        Path inbox = Files.createDirectories(folder.resolve("inbox/acme"));
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF));
                Posbridges posbridges = new Posbridges(folder)) {
            Posbridge service = posbridges.startAsTheLauncherDoes(Cli.with(
                    folder.resolve("data"),
                    sandbox.uri(),
                    "run",
                    "--set",
                    "posbridge.inbox=" + folder.resolve("inbox"),
                    "--set",
                    "posbridge.inbox.settle=200ms",
                    "--set",
                    "posbridge.account.currency=GBP",
                    "--set",
                    "posbridge.broker.accept=tcp://127.0.0.1:" + port,
                    "--set",
                    "posbridge.broker.users-file=" + users,
                    "--set",
                    "posbridge.sources.tills.queue=acme.receipts",
                    "--set",
                    "posbridge.sources.tills.vendor=acme",
                    "--set",
                    "posbridge.sources.tills.body=file",
                    "--set",
                    "posbridge.sources.tills.max-body=1MiB",
                    "--set",
                    "posbridge.checkout.enabled=true"));
            await().atMost(Duration.ofSeconds(90)).until(() -> service.errText().contains("Ready."));

            open(Files.copy(SAMPLES.resolve("EOD_07_20260130.csv"), inbox.resolve("EOD_07_20260130.csv")));
            open(Files.writeString(inbox.resolve("EOD_07_20260131.csv"), "no,header\n"));
            send(port, Files.readString(SAMPLES.resolve("EOD_12_20260130.csv")));
            send(port, "x".repeat(3_000_000));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> isThere(folder, "archive/acme")
                            && isThere(folder, "rejected/acme")
                            && isThere(folder, "oversized"));

            List<Path> open = walk(folder.resolve("data"))
                    .filter(path -> !permissions(path)
                            .equals(Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "rwx------" : "rw-------"))
                    .toList();
            assertThat(open).isEmpty();
            assertThat(walk(folder.resolve("data"))).hasSizeGreaterThan(15);
        }
    }

    /** As somebody else's program may leave it. */
    private static void open(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private static void send(int port, String body) {
        try (JMSContext context =
                new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port).createContext("till-7", "secret")) {
            context.createProducer()
                    .setProperty("posbridgeFile", "EOD_12_20260130.csv")
                    .send(context.createQueue("acme.receipts"), body);
        }
    }

    private static boolean isThere(Path folder, String name) throws IOException {
        Path place = folder.resolve("data").resolve(name);
        return Files.isDirectory(place) && walk(place).anyMatch(Files::isRegularFile);
    }

    private static Stream<Path> walk(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList().stream();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException gone) {
            // A file of the ledger that came and went.
            return Files.isDirectory(path) ? "rwx------" : "rw-------";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
