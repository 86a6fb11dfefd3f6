package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.engine.DropServer;
import dev.posbridge.ledger.TestLedgers;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes as processes of their own over one PostgreSQL database: all take in, one sends, any may end or be cut off. */
class NodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MANY = 600;
    private static final Pattern DELIVERED = Pattern.compile("delivered +" + MANY + " ");

    /** What a node that is paused may have between its look at the clock and the call: Gameball knows the order by then. */
    private static final int CALLS_AT_ONCE = 2;

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
        assertThat(Files.readString(folder.resolve("b/data/logs/posbridge.log")).lines())
                .anyMatch(line -> line.endsWith(
                        "Another node sends from this ledger: this one takes in, and sends when" + " that one ends."))
                .anyMatch(line -> line.endsWith("This node sends now."));
        assertThat(sandbox.book().totals().repeatedOrders())
                .as("what was in hand is asked about")
                .isZero();

        Posbridge third = node("a");
        drop("a", "second.csv", "B");
        awaitOrders(MANY + MANY / 4);
        signal("STOP", second);
        awaitOrders(2 * MANY);
        assertThat(third.errText()).contains("This node sends now.");
        signal("CONT", second);
        await().atMost(PATIENCE).until(() -> (second.outText() + second.errText())
                .contains("This node sends no more: another node sends now."));
        await().atMost(PATIENCE)
                .until(() -> second.errText().lastIndexOf("Another node sends")
                        > second.errText().indexOf("This node sends now."));

        assertThat(sandbox.book().totals().orders()).isEqualTo(2 * MANY);
        assertThat(sandbox.book().totals().repeatedOrders())
                .as("refused by Gameball, since a paused node was in the middle of its calls")
                .isLessThanOrEqualTo(CALLS_AT_ONCE);
        assertThat(run("b", "status", "--json")).contains("\"sending\" : 0");

        // Commands on a node that stands by: its own service takes the file in, and whoever sends sends it.
        await().atMost(PATIENCE).until(() -> run("b", "status")
                .contains("Running: posbridge run, process " + second.process().pid()));
        Path here = Files.writeString(folder.resolve("here.csv"), rows("I", 50));
        assertThat(run("b", "ingest", "--vendor", "generic-csv", here.toString()))
                .contains("Handed over to the running service")
                .containsPattern("delivered +50 ");
        assertThat(run("b", "pause", "--vendor", "generic-csv", "--reason", "stocktaking"))
                .contains("stocktaking");
        assertThat(run("a", "status")).contains("Delivery is paused of vendor generic-csv: stocktaking");
        assertThat(run("b", "trace", "I7")).contains("delivered");
        assertThat(run("b", "report", "--file", "here.csv")).containsPattern("delivered +50 ");
        assertThat(sandbox.book().totals().orders()).isEqualTo(2 * MANY + 50);
    }

    @Test
    void releasesCorrectsAndReplaysOnANodeThatStandsBy() throws Exception {
        String[] holding = {"--set", "posbridge.held.first-file=always"};
        node("a", holding);
        node("b", holding);
        drop("b/inbox/generic-csv", "first.csv", "A", 30);
        await().atMost(PATIENCE).until(() -> run("b", "held", "list").contains("first.csv"));
        assertThat(run("b", "release", "first.csv", "--reason", "looked at"))
                .contains("Handed over to the running service")
                .containsPattern("delivered +30 ");

        Path fixed =
                Files.writeString(folder.resolve("fixed.csv"), rows("A", 30).replaceFirst("c0,1.00", "c0,3.00"));
        assertThat(run("b", "correct", "--file", "first.csv", "--with", fixed.toString(), "--reason", "pence"))
                .contains("Orders to be taken back and sent as they should have been: 1");
        assertThat(sandbox.book().totals().orders()).isEqualTo(31);
        assertThat(sandbox.book().totals().refunds()).isEqualTo(1);

        Path bad = Files.writeString(folder.resolve("bad.csv"), rows("X", 20).replaceFirst("c7,1.00", "c7,nothing"));
        assertThat(run("b", "ingest", "--vendor", "generic-csv", bad.toString()))
                .containsPattern("delivered +19 ");
        Path sheet = folder.resolve("sheet.csv");
        run("b", "dead-letters", "export", "--to", sheet.toString());
        Files.writeString(sheet, Files.readString(sheet).replaceFirst("nothing", "1.00"));
        assertThat(run("b", "dead-letters", "replay", "--from", sheet.toString()))
                .contains("Replayed 1 dead letter: 1 due.");
        awaitOrders(51);
        assertThat(sandbox.book().totals().repeatedOrders()).isZero();
    }

    @Test
    void sendsByBatchWhatAnotherNodeTakesIn() throws Exception {
        Posbridge first = node("a", "--set", "posbridge.delivery.mode=auto");
        Posbridge second = node("b", "--set", "posbridge.delivery.mode=auto");

        drop("b", "first.csv", "A");
        awaitOrders(MANY);
        // It looks, and finds nothing more.
        await().atMost(PATIENCE).until(() -> DELIVERED
                .matcher(run("a", "report", "--file", "first.csv"))
                .find());
        drop("b/inbox/generic-csv", "second.csv", "B", 40);
        awaitOrders(MANY + 40);
        assertThat(first.errText()).doesNotContain("Another node sends");
        assertThat(second.errText()).contains("Another node sends from this ledger");
    }

    @Test
    void takesEachFileOfASharedFolderAndOfAServerOnceAndAnotherNodeGoesOnWithTheServer() throws Exception {
        DropServer server = DropServer.start(folder.resolve("server"));
        Files.createDirectories(server.root().resolve("out"));
        Path knownHosts = Files.writeString(folder.resolve("known_hosts"), server.knownHosts());
        String[] shared = Map.of(
                        "posbridge.inbox", folder.resolve("shared").toString(),
                        "posbridge.sources.drop.vendor", "generic-csv",
                        "posbridge.sources.drop.host", "127.0.0.1",
                        "posbridge.sources.drop.port", Integer.toString(server.port()),
                        "posbridge.sources.drop.user", "chain",
                        "posbridge.sources.drop.password-file", secret("old-secret"),
                        "posbridge.sources.drop.known-hosts-file", knownHosts.toString(),
                        "posbridge.sources.drop.folder", "out",
                        "posbridge.sources.drop.poll", "300ms",
                        "posbridge.sources.drop.settle", "1ms")
                .entrySet()
                .stream()
                .flatMap(entry -> Stream.of("--set", entry.getKey() + "=" + entry.getValue()))
                .toArray(String[]::new);
        Posbridge first = node("a", shared);
        await().atMost(PATIENCE).until(() -> !turn("sftp drop").isEmpty());
        String owner = turn("sftp drop");
        node("b", shared);

        for (int i = 0; i < 4; i++) {
            drop("shared/generic-csv", "folder" + i + ".csv", "F" + i + "x", 100);
        }
        server.put("out/one.csv", rows("S1x", 100));
        awaitOrders(500);
        assertThat(turn("sftp drop")).isEqualTo(owner);

        first.process().destroyForcibly();
        server.put("out/two.csv", rows("S2x", 100));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !turn("sftp drop").isEmpty() && !turn("sftp drop").equals(owner));
        awaitOrders(600);
        await().atMost(PATIENCE)
                .until(() -> one("select count(*) from file where state = 2").equals("6"));
        assertThat(one("select count(*) from file")).isEqualTo("6");
        assertThat(sandbox.book().totals().repeatedOrders()).isZero();
        await().atMost(PATIENCE).until(() -> run("b", "status").contains("nothing was heard of it since"));
        assertThat(run("b", "status"))
                .contains(":" + folder.resolve("a").resolve("data") + "), 0.1.0: nothing was heard of it since ")
                .contains(":" + folder.resolve("b").resolve("data") + "), 0.1.0: sends, ");
        server.close();
    }

    private String secret(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private String turn(String name) {
        return one(
                "select coalesce(max(owner), '') from turn where name = '" + name + "' and until > clock_timestamp()");
    }

    private String one(String sql) {
        return Jdbi.create(ledger.url(), ledger.user(), "")
                .withHandle(handle -> handle.select(sql).mapTo(String.class).one());
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

    private Posbridge node(String name, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "run",
                "--set",
                "posbridge.inbox.settle=200ms",
                "--set",
                "posbridge.inbox.poll=100ms",
                "--set",
                "posbridge.delivery.concurrency=" + CALLS_AT_ONCE,
                "--set",
                "posbridge.delivery.mode=single"));
        all.addAll(List.of(more));
        Posbridge node = start(name, all.toArray(String[]::new));
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
        if (all.stream().noneMatch(set -> set.startsWith("posbridge.inbox="))) {
            all.addAll(
                    List.of("--set", "posbridge.inbox=" + folder.resolve(name).resolve("inbox")));
        }
        all.addAll(List.of(
                "--set", "posbridge.account.currency=GBP",
                "--set", "posbridge.ledger.url=" + ledger.url(),
                "--set", "posbridge.ledger.user=" + ledger.user()));
        return posbridges.start(all.toArray(String[]::new));
    }

    private void drop(String node, String file, String prefix) throws IOException {
        drop(node + "/inbox/generic-csv", file, prefix, MANY);
    }

    private void drop(String inbox, String file, String prefix, int count) throws IOException {
        Path target = Files.createDirectories(folder.resolve(inbox));
        Files.writeString(folder.resolve(file), rows(prefix, count));
        Files.move(folder.resolve(file), target.resolve(file));
    }

    private static String rows(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "sale," + prefix + n + ",2026-01-31 12:00:00,c" + n % 90 + ",1.00\n")
                .collect(Collectors.joining("", "kind,id,occurred_at,customer_id,total\n", ""));
    }
}
