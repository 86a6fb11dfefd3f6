package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SFTP door against OpenSSH: sshd as a process of its own, files dropped by the sftp client. Skipped without them. */
class OpenSshTest {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Path SEPARATION = Path.of("/run/sshd");
    private static final int FILES = 5;

    @TempDir
    private Path folder;

    private EngineFixture engine;
    private Process sshd;
    private int port;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(SSHD), "openssh-server is not installed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/sftp")), "openssh-client is not installed");
        assumeTrue(
                !"root".equals(System.getProperty("user.name")) || Files.isDirectory(SEPARATION),
                "root's sshd needs " + SEPARATION);
        Files.createDirectories(folder.resolve("server/drops/07"));
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("host").toString());
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "deep secret",
                "-f",
                folder.resolve("ours").toString());
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("vendors").toString());
        Files.writeString(
                folder.resolve("authorized"),
                Files.readString(folder.resolve("ours.pub")) + Files.readString(folder.resolve("vendors.pub")));
        startServer();
        String key = Files.readString(folder.resolve("host.pub"));
        Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + key);
        engine = EngineFixture.in(folder);
        for (String setting : List.of(
                "vendor = " + EngineFixture.VENDOR,
                "host = 127.0.0.1",
                "port = " + port,
                "user = " + System.getProperty("user.name"),
                "key-file = " + folder.resolve("ours"),
                "key-passphrase = deep secret",
                "known-hosts-file = " + folder.resolve("known_hosts"),
                "folder = " + folder.resolve("server/drops") + "/{store}",
                "after = move",
                "report-to = " + folder.resolve("server/reports"),
                "poll = 100ms",
                "settle = 1ms")) {
            String[] pair = setting.split(" = ", 2);
            engine.set("posbridge.sources.night." + pair[0], pair[1]);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        if (engine != null) {
            engine.close();
        }
        if (sshd != null) {
            sshd.destroy();
            sshd.waitFor();
        }
    }

    @Test
    void takesWhatARealClientDropsAndSendsNothingWhenItDropsItAgain() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        drop();
        soon().until(() -> engine.held().orders() == FILES);
        soon().until(() -> names("server/drops/07").equals(List.of("taken")));
        soon().until(() -> !names("server/reports").isEmpty());
        engine.awaitSettled().assertEqualBooks();

        drop();
        soon().until(() -> names("server/drops/07/taken").size() == 2 * FILES);
        engine.awaitSettled().assertEqualBooks();
        assertThat(engine.held().orders()).isEqualTo(FILES);
        assertThat(engine.files()).hasSize(2 * FILES);
    }

    @Test
    void goesOnWhereTheServerWasAway() throws Exception {
        engine.start(Engine.Mode.SERVICE);
        soon().until(() -> engine.engine().health().reported().toString().contains("name=sftp night, state=GREEN"));
        sshd.destroy();
        sshd.waitFor();
        soon().until(() -> engine.engine().health().reported().toString().contains("name=sftp night, state=RED"));
        startServer();
        drop();

        soon().until(() -> engine.held().orders() == FILES);
    }

    /** As a till's script would: under another name, then renamed. */
    private void drop() throws Exception {
        List<String> batch = new ArrayList<>();
        batch.add("cd " + folder.resolve("server/drops/07"));
        for (int i = 1; i <= FILES; i++) {
            Path file = engine.write("day-" + i + ".csv", Till.sale("R-" + i, "ann", "10.00"));
            batch.add("put " + file + " .part");
            batch.add("rename .part " + file.getFileName());
        }
        Path script = Files.write(folder.resolve("batch"), batch);
        run(
                "sftp",
                "-q",
                "-b",
                script.toString(),
                "-P",
                Integer.toString(port),
                "-i",
                folder.resolve("vendors").toString(),
                "-oIdentitiesOnly=yes",
                "-oStrictHostKeyChecking=yes",
                "-oUserKnownHostsFile=" + folder.resolve("known_hosts"),
                System.getProperty("user.name") + "@127.0.0.1");
    }

    private void startServer() throws IOException {
        if (port == 0) {
            port = FreePort.next();
        }
        Path config = Files.write(
                folder.resolve("sshd_config"),
                List.of(
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + folder.resolve("host"),
                        "AuthorizedKeysFile " + folder.resolve("authorized"),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PasswordAuthentication no",
                        "PermitRootLogin yes",
                        "Subsystem sftp internal-sftp"));
        sshd = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        soon().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private List<String> names(String place) throws IOException {
        if (!Files.isDirectory(folder.resolve(place))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(place))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(50));
    }
}
