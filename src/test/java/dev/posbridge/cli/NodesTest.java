package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.ledger.TestLedgers;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes as processes of their own over one PostgreSQL database: all take in, one sends, any may end or be cut off. */
class NodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MANY = 600;

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Posbridges posbridges;
    private LedgerAddress ledger;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults()
                .withQuotas(SandboxSettings.QuotaRule.OFF)
                .withLatency(Duration.ofMillis(10)));
        posbridges = new Posbridges(folder);
        ledger = TestLedgers.onPostgres(folder.resolve("ledger.db"));
    }

    @AfterEach
    void close() {
        posbridges.close();
        sandbox.close();
    }

    @Test
    void goesOnWithoutTheNodeThatSentAndChangesNothingWhereThatOneComesBack() throws Exception {
        Posbridge first = node("a");
        Posbridge second = node("b");
        assertThat(first.errText()).doesNotContain("Another node sends");
        assertThat(second.errText()).contains("Another node sends from this ledger");

        // What the second takes in the first sends, until it is killed.
        drop("b", "first.csv", "A");
        awaitOrders(MANY / 4);
        first.process().destroyForcibly();
        awaitOrders(MANY);
        assertThat(second.errText()).contains("This node sends now.");

        Posbridge third = node("a");
        drop("a", "second.csv", "B");
        awaitOrders(MANY + MANY / 4);
        signal("STOP", second);
        awaitOrders(2 * MANY);
        assertThat(third.errText()).contains("This node sends now.");
        signal("CONT", second);
        await().atMost(PATIENCE)
                .until(() -> second.errText().lastIndexOf("Another node sends")
                        > second.errText().indexOf("This node sends now."));

        assertThat(sandbox.book().totals().orders()).isEqualTo(2 * MANY);
        assertThat(sandbox.book().totals().repeatedOrders()).isZero();
        assertThat(run("b", "status", "--json")).contains("\"sending\" : 0");
    }

    private void awaitOrders(long orders) {
        await().atMost(PATIENCE).until(() -> sandbox.book().totals().orders() >= orders);
    }

    private static void signal(String name, Posbridge to) throws Exception {
        int exit = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(to.process().pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    private Posbridge node(String name) throws IOException {
        Posbridge node = start(
                name,
                "run",
                "--set",
                "posbridge.inbox.settle=200ms",
                "--set",
                "posbridge.inbox.poll=100ms",
                "--set",
                "posbridge.delivery.mode=single");
        await().atMost(PATIENCE).until(() -> node.errText().contains("Ready."));
        return node;
    }

    private String run(String name, String... arguments) throws Exception {
        Posbridge command = start(name, arguments);
        command.exit();
        return command.outText() + command.errText();
    }

    private Posbridge start(String name, String... arguments) throws IOException {
        List<String> all =
                new ArrayList<>(List.of(Cli.with(folder.resolve(name).resolve("data"), sandbox.uri(), arguments)));
        all.addAll(List.of(
                "--set", "posbridge.inbox=" + folder.resolve(name).resolve("inbox"),
                "--set", "posbridge.account.currency=GBP",
                "--set", "posbridge.ledger.url=" + ledger.url(),
                "--set", "posbridge.ledger.user=" + ledger.user()));
        return posbridges.start(all.toArray(String[]::new));
    }

    private void drop(String node, String file, String prefix) throws IOException {
        Path inbox = Files.createDirectories(folder.resolve(node).resolve("inbox/generic-csv"));
        String rows = IntStream.range(0, MANY)
                .mapToObj(n -> "sale," + prefix + n + ",2026-01-31 12:00:00,c" + n % 90 + ",1.00\n")
                .collect(Collectors.joining("", "kind,id,occurred_at,customer_id,total\n", ""));
        Files.writeString(folder.resolve(file), rows);
        Files.move(folder.resolve(file), inbox.resolve(file));
    }
}
