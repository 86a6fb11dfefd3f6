package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.Backup;
import dev.posbridge.ledger.Difference;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.ReconcileBook;
import dev.posbridge.ledger.ReconcileBook.Discrepancy;
import dev.posbridge.ledger.ReconcileBook.Run;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.reconcile.Histories;
import dev.posbridge.reconcile.Reconciliation;
import dev.posbridge.sandbox.SandboxBook;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger and Gameball, compared over HTTP. */
class ReconcileTest {
    private static final int MANY = 60;

    @TempDir
    private Path folder;

    private EngineFixture engine;

    @BeforeEach
    void prepare() {
        engine = EngineFixture.in(
                        folder,
                        SandboxSettings.defaults()
                                .withJobLatency(Duration.ZERO)
                                .withJobStatusShape(SandboxSettings.JobStatusShape.ALTERNATE))
                .set("posbridge.gameball.answer-timeout", "60s")
                .set("posbridge.delivery.job-deadline", "60s");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void sendsNothingFromALedgerThatWasPutBackUntilItWasComparedAndNothingTwiceAfterIt() throws Exception {
        Till.Row[] today = today();
        ledgerOfLastNight(today);
        SandboxBook.Totals held = engine.held();

        engine.start();
        engine.ingest("today.csv", today);
        await().during(Duration.ofMillis(500)).until(() -> engine.held().equals(held));
        assertThat(engine.engine().waitsFor())
                .startsWith("Delivery waits: the ledger was put back from the backup of ");
        assertThat(engine.outcomes().of("pending").records()).isEqualTo(2 * MANY + 3);

        Run run = compare(true);
        engine.ingestAndSettle("tomorrow.csv", Till.sale("M1", "ann", "3.00").at("2026-02-02 12:00:00"));

        assertThat(run.equal()).isEqualTo(MANY);
        assertThat(run.asked()).as("each once").isEqualTo(3 * MANY + 2);
        assertThat(engine.engine().waitsFor()).isNull();
        assertThat(engine.held().orders()).isEqualTo(held.orders() + 1);
        assertThat(engine.held().events()).as("an event has no id").isEqualTo(held.events());
        assertThat(engine.deadLetters()).extracting(letter -> letter.reason()).containsExactly("event-unknown");
        assertNothingCameTwice();
        engine.assertEqualBooks();
        assertThat(engine.outcomes().points().areKnown()).isTrue();
        assertThat(compare(false).points()).isZero();
    }

    @Test
    void findsOutWhatArrivedOfFilesThatAreTakenInOnlyAfterItWasCompared() throws Exception {
        Till.Row[] today = today();
        ledgerOfLastNight(today);
        long held = engine.held().orders();

        engine.start();
        compare(true);
        await().until(() -> engine.engine().waitsFor() == null);
        engine.ingestAndSettle("today.csv", today);

        assertThat(engine.held().orders()).isEqualTo(held);
        assertThat(engine.deadLetters()).extracting(letter -> letter.reason()).containsExactly("event-unknown");
        engine.assertEqualBooks();
    }

    @Test
    void sendsAgainWhatGameballHasLost() throws Exception {
        engine.start().ingestAndSettle("night.csv", sales("N", MANY, "2026-01-31 12:00:00"));
        engine.ingestAndSettle("live.csv", Till.sale("L1", "zoe", "5.00"), Till.refund("F1", "N1", "c1", "1.00"));
        BigDecimal paid = engine.held().totalPaid();
        forget();

        Run looked = compare(false);
        assertThat(differences(looked)).hasSize(MANY + 2).allMatch(one -> one.startsWith("missing null "));
        assertThat(new ReconcileBook(database()).first(looked, 1).get(0).text())
                .isEqualTo("night.csv:2: order \"generic-csv-N0\": delivered here, but Gameball has no such order."
                        + " reconcile --repair sends it again.");
        assertThat(engine.held().orders()).isZero();

        Run repaired = compare(true);
        engine.awaitSettled();
        assertThat(new ReconcileBook(database()).found(repaired)).satisfiesExactly(missing -> {
            assertThat(missing.difference()).isEqualTo(Difference.MISSING);
            assertThat(missing.repaired()).isEqualTo(MANY + 1);
        });
        assertThat(engine.held().totalPaid()).isEqualByComparingTo(paid);
        assertThat(engine.held().repeatedOrders()).isZero();

        compare(true);
        engine.awaitSettled();
        assertThat(engine.held().refunds()).isEqualTo(1);
        engine.assertEqualBooks();
    }

    @Test
    void getsToKnowThePointsOfWhatWentByBatch() throws Exception {
        engine.start().ingestAndSettle("night.csv", sales("N", MANY, "2026-01-31 12:00:00"));
        assertThat(engine.outcomes().points().salesUnknown()).isEqualTo(MANY);

        Run run = compare(false);

        assertThat(run.points()).isEqualTo(MANY);
        assertThat(run.equal()).isEqualTo(MANY);
        assertThat(engine.outcomes().points().salesUnknown()).isZero();
        assertThat(engine.outcomes().points().earned())
                .isEqualByComparingTo(BigDecimal.valueOf(engine.held().points()));
        assertThat(compare(false).points()).isZero();
    }

    @Test
    void namesOtherAmountsAndRefundsOfOthersAndLeavesThemAlone() throws Exception {
        engine.start().ingestAndSettle("night.csv", sales("N", MANY, "2026-01-31 12:00:00"));
        forget();
        engine.post(
                "orders",
                "{\"customerId\":\"c1\",\"orderId\":\"generic-csv-N1\",\"orderDate\":\"2026-01-31T12:00:00Z\",\"totalPaid\":7}");
        engine.post(
                "transactions/refund",
                "{\"customerId\":\"c1\",\"refundTransactionId\":\"by-hand\",\"reverseTransactionId\":\"generic-csv-N1\","
                        + "\"transactionTime\":\"2026-02-01T12:00:00Z\",\"refundAmount\":2}");

        List<String> found = differences(compare(true));

        assertThat(found)
                .hasSize(MANY + 1)
                .contains(
                        "other-amount null night.csv:3: order \"generic-csv-N1\": 2.00 and delivered here, Gameball has it"
                                + " with 7. Look at both, and correct it at Gameball by hand.",
                        "not-ours null order \"generic-csv-N1\": Gameball has refund \"by-hand\" of 2, which is not known"
                                + " here. Somebody made it at Gameball, or its file came after the copy that was put back:"
                                + " take that in again.");
    }

    /** A ledger of which a backup was put back that knows nothing of today, and thinks that one file waits still. */
    private void ledgerOfLastNight(Till.Row... today) throws IOException {
        engine.start().ingestAndSettle("night.csv", sales("N", MANY, "2026-01-31 12:00:00"));
        new Pauses(database()).add(null, null, null, "for the night");
        engine.ingest("late.csv", sales("L", MANY, "2026-01-31 13:00:00"));
        Path copy = folder.resolve("backup.db");
        new Backup(database()).write(copy);
        new Pauses(database()).lift();
        engine.awaitSettled().ingestAndSettle("today.csv", today);
        engine.stop();
        Path ledger = engine.settings().folders().ledger();
        Files.move(copy, ledger, StandardCopyOption.REPLACE_EXISTING);
        try (LedgerDatabase database = LedgerDatabase.openExisting(LedgerAddress.ofFile(ledger))) {
            new Pauses(database).lift();
        }
    }

    private Till.Row[] today() {
        return Stream.concat(
                        Arrays.stream(sales("T", MANY, "2026-02-01 12:00:00")),
                        Stream.of(
                                Till.refund("F1", "N1", "c1", "1.00").at("2026-02-01 13:00:00"),
                                Till.refund("F2", "T2", "c2", "0.50").at("2026-02-01 13:01:00"),
                                Till.event("E1", "c3", "visit").at("2026-02-01 13:02:00")))
                .toArray(Till.Row[]::new);
    }

    private static Till.Row[] sales(String prefix, int count, String time) {
        List<Till.Row> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            rows.add(Till.sale(prefix + n, "c" + n, n + 1 + ".00").at(time));
        }
        return rows.toArray(Till.Row[]::new);
    }

    private LedgerDatabase database() {
        return engine.engine().ledger().database();
    }

    /** Through connections of its own, as a command beside the service has them. */
    private Run compare(boolean repair) throws InterruptedException {
        try (Ledger beside = engine.openLedgerBeside()) {
            ReconcileBook book = new ReconcileBook(beside.database());
            return new Reconciliation(
                            beside.database(), new Histories(engine.settings().gameball()))
                    .compare(book.begin(null, null, repair), run -> {});
        }
    }

    private List<String> differences(Run run) {
        return new ReconcileBook(database())
                .first(run, 10_000).stream()
                        .map((Discrepancy one) -> one.difference().word() + ' ' + one.repaired() + ' ' + one.text())
                        .toList();
    }

    private void assertNothingCameTwice() {
        assertThat(engine.held().repeatedOrders()).isZero();
        assertThat(engine.held().repeatedRefunds()).isZero();
        assertThat(new LedgerView(database()).count()).isEqualTo(3 * MANY + 3 + 1);
    }

    /** The sandbox holds nothing any more. */
    private void forget() {
        HttpRequest request = HttpRequest.newBuilder(engine.sandbox().uri().resolve("/sandbox/state"))
                .DELETE()
                .build();
        try {
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
