package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.FreePort;
import dev.posbridge.broker.PasswordHash;
import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own. */
class RunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 2_000;

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Posbridges posbridges;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults());
        posbridges = new Posbridges(folder);
    }

    @AfterEach
    void close() {
        posbridges.close();
        sandbox.close();
    }

    @Test
    void takesAFileFromItsInboxAndEndsWhenItIsTold() throws Exception {
        Posbridge service = service();

        Path inbox = folder.resolve("inbox/acme");
        assertThat(inbox).isDirectory();
        Files.copy(Path.of("samples/acme/EOD_07_20260130.csv"), inbox.resolve("EOD_07_20260130.csv"));
        await().atMost(PATIENCE).until(() -> sandbox.book().orders().size() == 3);
        assertThat(folder.resolve("data/archive/acme/" + LocalDate.now() + "/EOD_07_20260130.csv"))
                .exists();
        assertThat(inbox).isEmptyDirectory();

        service.process().destroy();
        assertThat(service.exit()).isIn(0, 143);
        assertThat(service.errText())
                .isEqualTo(
                        "Ready. Watching " + folder.resolve("inbox") + ", delivering to " + sandbox.uri() + " v4.0\n");
    }

    @Test
    void tellsItsSourcesAndNothingElseWhereItOpensADoorForTills() throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "tills " + PasswordHash.of("secret") + " tills\n");

        Posbridge service = service(
                "posbridge.broker.accept=tcp://127.0.0.1:" + FreePort.next(),
                "posbridge.broker.users-file=" + users,
                "posbridge.sources.tills.queue=acme.receipts",
                "posbridge.sources.tills.vendor=acme");

        assertThat(service.errText())
                .isEqualTo("Source: tills, acme, from queue acme.receipts\nReady. Watching " + folder.resolve("inbox")
                        + ", delivering to " + sandbox.uri() + " v4.0\n");
        assertThat(service.outText()).isEmpty();
    }

    @Test
    void leavesNothingInSendingWhenItIsToldToStopUnderLoad() throws Exception {
        sandbox.close();
        sandbox = Sandbox.start(SandboxSettings.defaults()
                .withQuotas(SandboxSettings.QuotaRule.OFF)
                .withLatency(Duration.ofMillis(5)));
        Posbridge service = service();
        Path inbox = Files.createDirectories(folder.resolve("inbox/generic-csv"));
        Files.writeString(folder.resolve("night.csv"), manySales());
        Files.move(folder.resolve("night.csv"), inbox.resolve("night.csv"));
        await().atMost(PATIENCE).until(() -> sandbox.book().totals().orders() > 20);

        long told = System.nanoTime();
        service.process().destroy();
        assertThat(service.exit()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(30));
        long sent = sandbox.book().totals().orders();
        assertThat(sent).isLessThan(MANY);
        assertThat(sendingByNobody()).isZero();

        service();
        await().atMost(PATIENCE).until(() -> sandbox.book().totals().orders() == MANY);
        assertThat(sandbox.book().totals().repeatedOrders()).isZero();
    }

    @Test
    void runsWithABrokenProfileAndTakesItMendedAtASignalAndChangedAtACommand() throws Exception {
        Path vendors = Files.createDirectories(folder.resolve("vendors"));
        Files.copy(Path.of("config/vendors/acme.yaml"), vendors.resolve("acme.yaml"));
        String good = Files.readString(Path.of("config/vendors/generic-csv.yaml"));
        Path profile = Files.writeString(vendors.resolve("generic-csv.yaml"), good.replace("currency:", "curency:"));
        String setting = "posbridge.vendors-dir=" + vendors;
        Posbridge service = service(setting);
        assertThat(service.errText())
                .contains(profile + ":", "unknown key \"curency\". Did you mean \"currency\"?")
                .contains("Vendor generic-csv stands still: nothing of it is taken in, its files stay in "
                        + folder.resolve("inbox/generic-csv") + ". Mend its profile, then posbridge reload.\n");

        Posbridge broken = start("ingest", "--vendor", "generic-csv", "samples/generic-csv", "--set", setting);
        Posbridge reload = start("reload", "--set", setting);
        assertThat(broken.exit()).isEqualTo(2);
        assertThat(reload.exit()).isEqualTo(2);
        assertThat(reload.errText())
                .contains("Did you mean \"currency\"?")
                .endsWith("its files stay in " + folder.resolve("inbox/generic-csv")
                        + ".\nNot every profile was taken. Mend it, then posbridge reload.\n");

        Files.writeString(profile, good);
        hangUp(service, setting);
        await().atMost(PATIENCE).until(() -> Files.isDirectory(folder.resolve("inbox/generic-csv")));

        Files.writeString(profile, good + "\n# changed\n");
        Posbridge stale = start("ingest", "--vendor", "generic-csv", "samples/generic-csv", "--set", setting);
        assertThat(stale.exit()).isEqualTo(2);
        assertThat(stale.errText())
                .endsWith(
                        "vendor \"generic-csv\": its profile, or a table that it looks values up in, was changed since"
                                + " the running service read it, expected the one that is in force. Nothing was taken in: run"
                                + " posbridge reload, then the same command again.\n");
        Posbridge taken = start("reload", "--set", setting);
        assertThat(taken.exit()).isZero();
        assertThat(taken.outText()).isEqualTo("generic-csv: changed, taken.\n");
        assertThat(start("ingest", "--vendor", "generic-csv", "samples/generic-csv", "--set", setting)
                        .exit())
                .isZero();
        assertThat(service.process().isAlive()).isTrue();
    }

    /** By the command where the signal is ignored, as it is below nohup. */
    private void hangUp(Posbridge service, String setting) throws Exception {
        String pid = Long.toString(service.process().pid());
        boolean ignored = Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16) % 2 == 1);
        int exit = ignored
                ? start("reload", "--set", setting).exit()
                : new ProcessBuilder("kill", "-HUP", pid).start().waitFor();
        assertThat(exit).isZero();
    }

    private long sendingByNobody() {
        try (LedgerDatabase ledger =
                LedgerDatabase.openToRead(LedgerAddress.ofFile(folder.resolve("data/ledger.db")))) {
            return new LedgerView(ledger).sendingByNobody();
        }
    }

    private static String manySales() {
        return IntStream.range(0, MANY)
                .mapToObj(n -> "sale,R" + n + ",2026-01-31 12:00:00,c" + n % 90 + ",1.00\n")
                .collect(Collectors.joining("", "kind,id,occurred_at,customer_id,total\n", ""));
    }

    @Test
    void keepsASecondServiceOut() throws Exception {
        Posbridge service = service();

        Posbridge second = start("run");

        assertThat(second.exit()).isEqualTo(6);
        assertThat(second.errText())
                .matches(folder.resolve("data") + ": is in use by \"posbridge run, process "
                        + service.process().pid()
                        + ", since \\S+\"\\. Wait for it \\(--lock-wait 10m\\), stop it, or choose"
                        + " another --data-dir\\.\n");
    }

    @Test
    void takesInWhatACommandHandsOver() throws Exception {
        service();

        Posbridge handed = start("ingest", "--vendor", "acme", "samples/acme");

        assertThat(handed.exit()).isEqualTo(3);
        assertThat(handed.errText())
                .isEqualTo(
                        "Handed over to the running service: 4 files\n1 dead letter and 1 rejected file need a person."
                                + " See: posbridge dead-letters list\n");
        assertThat(handed.outText()).containsPattern("delivered +10 +74\\.50 +20\\.30");
        assertThat(sandbox.book().orders()).hasSize(8);
        assertThat(Path.of("samples/acme/EOD_07_20260130.csv")).exists();
    }

    @Test
    void leavesARequestToTheNextServiceWhenItIsKilled() throws Exception {
        Posbridge service = service();
        service.process().destroyForcibly().waitFor();

        assertThat(status().out()).contains("Nothing runs here.");
        service();
        assertThat(start("ingest", "--vendor", "acme", "--json", "samples/acme/EOD_07_20260130.csv")
                        .exit())
                .isZero();
        assertThat(sandbox.book().orders()).hasSize(3);
    }

    @Test
    void saysInTheStatusWhoRunsAndPausesBesideTheService() throws Exception {
        Posbridge service = service();

        assertThat(start("pause", "--reason", "wrong prices").exit()).isZero();
        Posbridge handed = start("ingest", "--vendor", "acme", "samples/acme/EOD_07_20260130.csv");
        assertThat(handed.exit()).isEqualTo(4);
        assertThat(handed.errText())
                .endsWith(
                        "Delivery is paused: wrong prices. 3 records are not settled yet; all are stored. Run the same"
                                + " command again, or posbridge status.\n");
        await().atMost(PATIENCE).until(() -> status().out().contains("Health: yellow"));
        Cli.Seen status = status();
        assertThat(status.exit()).isZero();
        assertThat(status.out())
                .contains("Running: posbridge run, process " + service.process().pid() + ", since ")
                .containsPattern(
                        "Health: yellow\\n  delivery is yellow since \\S+ \\S+ \\S+ \\(last well [^)]+\\): paused: wrong prices\\n")
                .containsPattern("acme +0 +0 +0 +3 +0 +0 +0");

        assertThat(start("resume").exit()).isZero();
        await().atMost(PATIENCE).until(() -> sandbox.book().orders().size() == 3);
    }

    private Cli.Seen status() {
        return Cli.run(Cli.with(folder.resolve("data"), sandbox.uri(), "status"));
    }

    private Posbridge service(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--set", "posbridge.inbox.settle=200ms", "--set", "posbridge.inbox.poll=100ms"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        Posbridge service = start(arguments.toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> service.errText().contains("Ready."));
        return service;
    }

    private Posbridge start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(Cli.with(folder.resolve("data"), sandbox.uri(), arguments)));
        all.addAll(List.of(
                "--set", "posbridge.inbox=" + folder.resolve("inbox"), "--set", "posbridge.account.currency=GBP"));
        return posbridges.start(all.toArray(String[]::new));
    }
}
