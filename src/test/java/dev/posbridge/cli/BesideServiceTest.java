package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.cli.Shop.Run;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change something while the service, a process of its own, watches its inbox; and while it is killed. */
class BesideServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private Shop shop;
    private Posbridges processes;

    @BeforeEach
    void open() {
        shop = Shop.in(home, Shop.NAMED);
        shop.changeProfile(
                "currency: GBP\n",
                "currency: GBP\nplausible: { total: 100 }\ntrailer: { when: \"row.Type == 'T'\", total: Total }\n");
        processes = new Posbridges(home);
    }

    @AfterEach
    void close() {
        processes.close();
        shop.close();
    }

    @Test
    void releasesRejectsAcceptsAndCorrectsAndGoesOnAfterAKill() throws Exception {
        Posbridge service = service();
        drop("large.csv", "120.00", sale(1, "120.00"));
        drop("pence.csv", "130.00", sale(2, "130.00"));
        drop("rounded.csv", "20.01", sale(3, "20.00"));
        drop("later.csv", "140.00", sale(4, "140.00"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(shop.look("held", "list").out()).contains("large.csv", "pence.csv", "later.csv"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(shop.look("dead-letters", "list").out()).contains("rounded.csv"));
        assertThat(shop.sandbox().book().orders()).isEmpty();

        assertThat(shop.run("release", "large.csv", "--reason", "opening").exit())
                .isZero();
        assertThat(paid()).isEqualByComparingTo("120");

        assertThat(shop.run("reject", "pence.csv", "--reason", "pence").exit()).isZero();
        drop("pence-fixed.csv", "1.30", sale(2, "1.30"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(paid()).isEqualByComparingTo("121.30"));

        Run accepted = shop.run("accept", "rounded.csv", "--despite", "totals", "--reason", "rounds");
        assertThat(accepted.exit()).as(accepted.err()).isZero();
        assertThat(paid()).isEqualByComparingTo("141.30");

        String fixed = write("files/fixed.csv", "12.00", sale(1, "12.00"));
        Run corrected = shop.run("correct", "--file", "large.csv", "--with", fixed, "--reason", "pence");
        assertThat(corrected.exit()).as(corrected.err()).isZero();
        assertThat(paid()).isEqualByComparingTo("33.30");

        shop.run("pause", "--reason", "wait");
        CompletableFuture<Run> released =
                CompletableFuture.supplyAsync(() -> shop.run("release", "later.csv", "--reason", "checked"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shop.look("held", "list").out()).isEqualTo("Nothing is held.\n"));
        service.process().destroyForcibly();
        assertThat(released.get().exit()).as(released.get().err()).isEqualTo(4);
        shop.run("resume");
        service = service();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(paid()).isEqualByComparingTo("173.30"));

        shop.run("pause", "--reason", "wait");
        String again = write("files/again.csv", "3.00", sale(3, "3.00"));
        CompletableFuture<Run> correcting = CompletableFuture.supplyAsync(
                () -> shop.run("correct", "--file", "rounded.csv", "--with", again, "--reason", "wrong"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shop.look("audit").out()).contains("correct  1  rounded.csv: wrong"));
        service.process().destroyForcibly();
        assertThat(correcting.get().exit()).as(correcting.get().err()).isEqualTo(4);
        shop.run("resume");
        service();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(paid()).isEqualByComparingTo("156.30"));
        Run same = shop.run("correct", "--file", "rounded.csv", "--with", again, "--reason", "wrong");
        assertThat(same.exit()).as(same.err()).isZero();
        assertThat(paid()).isEqualByComparingTo("156.30");
        assertThat(shop.sandbox().book().totals().repeatedOrders()).isZero();
        assertThat(shop.sandbox().book().refunds()).hasSize(2);
        assertThat(shop.look("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
    }

    private Posbridge service() throws IOException {
        Posbridge service = processes.startWith(
                List.of("-Dposbridge.home=" + home),
                "run",
                "--data-dir",
                shop.data().toString(),
                "--set",
                "posbridge.inbox=" + home.resolve("inbox"),
                "--set",
                "posbridge.inbox.poll=100ms",
                "--set",
                "posbridge.inbox.settle=150ms",
                "--set",
                "posbridge.held.first-file=never",
                "--set",
                "posbridge.account.name=sandbox",
                "--set",
                "posbridge.account.environment=test",
                "--set",
                "posbridge.account.currency=GBP",
                "--set",
                "posbridge.gameball.url=" + shop.sandbox().uri(),
                "--set",
                "posbridge.gameball.quotas=off");
        await().atMost(PATIENCE).until(() -> {
            assertThat(service.process().isAlive()).as(service.errText()).isTrue();
            return service.errText().contains("Ready.");
        });
        return service;
    }

    private static String sale(int bon, String total) {
        return "S,%d,2026-01-30 12:0%d,0770090000%d,%s,,A,1,%s".formatted(bon, bon, bon, total, total);
    }

    private void drop(String name, String total, String row) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox/shop"));
        Files.move(Path.of(write("files/" + name, total, row)), inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private String write(String name, String total, String row) {
        return shop.write(name, Shop.HEADER + row + "\nT,,,," + total + ",,,,\n")
                .toString();
    }

    /** What Gameball holds of them, less what was taken back. */
    private BigDecimal paid() {
        return shop.sandbox().book().orders().stream()
                .map(order -> order.totalPaid().subtract(order.refunded()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
