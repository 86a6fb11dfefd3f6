package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxBook;
import dev.posbridge.sandbox.SandboxCustomer;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxRefund;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir
    private Path data;

    @Test
    void deliversExactlyWhatTheSamplesSay() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Demo.Outcome run = run(sandbox);
            Outcomes outcomes = run.files().report().outcomes();

            assertThat(run.messages())
                    .extracting(message -> message.name() + " " + message.outcome())
                    .containsExactly("1-sale.csv delivered", "2-sale.csv delivered", "3-return.csv delivered");
            assertThat(counts(outcomes))
                    .isEqualTo(
                            "delivered 16, duplicate 8, skipped 1, superseded 0, dead 1, parked 1, held 0, pending 0");
            assertThat(outcomes.reasons().toString())
                    .isEqualTo("{amount-invalid=1, anonymous=1, original-not-found=1}");
            assertThat(outcomes.of("delivered").sales()).isEqualByComparingTo("95.05");
            assertThat(outcomes.of("delivered").refunds()).isEqualByComparingTo("43.80");
            assertHoldsTheSamples(sandbox.book());
        }
    }

    @Test
    void saysOfEachFileWhatTheReadmeSays() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(run(sandbox).files().report().files())
                    .extracting(file -> file.name()
                            + (file.state().word().equals("settled")
                                    ? ""
                                    : " " + file.state().word()))
                    .containsExactly(
                            "EOD_07_20260130.csv",
                            "EOD_12_20260130.csv rejected",
                            "EOD_07_20260131.csv",
                            "EOD_12_20260131.csv",
                            "harbour-2026-01-31.csv",
                            "harbour-2026-01-31_resent.csv known");
        }
    }

    @Test
    void sendsNothingWhenItRunsAgain() throws InterruptedException {
        try (Sandbox first = Sandbox.start(SandboxSettings.defaults())) {
            run(first);
        }
        try (Sandbox second = Sandbox.start(SandboxSettings.defaults())) {
            Demo.Outcome again = run(second);
            Outcomes outcomes = again.files().report().outcomes();

            assertThat(again.messages())
                    .extracting(LiveSamples.Sent::outcome)
                    .containsExactly("duplicate", "duplicate", "duplicate");
            assertThat(counts(outcomes))
                    .isEqualTo(
                            "delivered 0, duplicate 27, skipped 0, superseded 0, dead 0, parked 0, held 0, pending 0");
            assertThat(again.files().report().files())
                    .extracting(FileReport::name)
                    .as("in the order in which they came, though the last was counted before")
                    .endsWith("harbour-2026-01-31.csv", "harbour-2026-01-31_resent.csv");
            assertThat(second.book().customers()).isEmpty();
            assertThat(second.book().orders()).isEmpty();
            assertThat(second.book().refunds()).isEmpty();
            assertThat(second.book().events()).isEmpty();
        }
    }

    @Test
    void endsWellAndSaysWhatToLookAtNext() {
        Cli.Seen seen = Cli.run("demo", "--data-dir", data.toString());

        assertThat(seen.exit()).isZero();
        assertThat(seen.out())
                .contains("The sandbox got in this run: 12 orders (131.45), 5 refunds (46.65), 8 customers, 1 events.")
                .contains("  what waits, and for what                        posbridge status\n")
                .contains("  once more: all is a duplicate, nothing is sent  posbridge demo --data-dir " + data + "\n")
                .contains("  all of it in a browser, and mend it there       posbridge demo --data-dir " + data
                        + " --console\n");
        assertThat(Cli.run("report", "--by", "store", "--csv", "--data-dir", data.toString())
                        .out()
                        .lines())
                .as("what has no store of its own has that of its file's name")
                .anySatisfy(line -> assertThat(line).startsWith("07,2,10,8,0,1,0,1,"));
        assertThat(Cli.run("demo", "--data-dir", data.toString()).out())
                .as("what it left behind is told when it runs again")
                .contains(
                        "\n1 dead letter of these files, from when they came before, is still open and needs a person."
                                + " See: posbridge dead-letters list\n");
    }

    @Test
    void saysNothingWhenQuiet() {
        Cli.Seen seen = Cli.run("demo", "--quiet", "--data-dir", data.toString());

        assertThat(seen).isEqualTo(new Cli.Seen(0, "", ""));
    }

    @Test
    void isRefusedWhereGameballIsNamed() {
        Cli.Seen seen = Cli.run("demo", "--set", "posbridge.gameball.url=https://api.gameball.co");

        assertThat(seen)
                .isEqualTo(new Cli.Seen(
                        2,
                        "",
                        "posbridge.gameball.url: found \"https://api.gameball.co\", expected nothing: the demo"
                                + " starts a sandbox of its own. Leave the key out, or use ingest.\n"));
    }

    @Test
    void isRefusedWithALiveKey() throws IOException {
        Path config =
                Files.writeString(data.resolve("live.properties"), "posbridge.gameball.secret-key=gb_live_of-nobody\n");
        Cli.Seen seen = Cli.run("demo", "--config", config.toString());

        assertThat(seen)
                .isEqualTo(new Cli.Seen(
                        2,
                        "",
                        "posbridge.gameball.api-key, secret-key: found a live key, expected none: the demo is no"
                                + " place for it. Remove it from the environment and the settings.\n"));
    }

    private Demo.Outcome run(Sandbox sandbox) throws InterruptedException {
        StringWriter ignored = new StringWriter();
        return Demo.at(HOME, data, sandbox.uri()).run(new Terminal(Cli.commandLine(ignored, ignored), true));
    }

    private static void assertHoldsTheSamples(SandboxBook book) {
        assertThat(book.orders())
                .extracting(SandboxOrder::orderId)
                .containsExactlyInAnyOrder(
                        "acme-07-1-0101-20260130",
                        "acme-07-1-0102-20260130",
                        "acme-07-1-0103-20260130",
                        "acme-07-1-0201-20260131",
                        "acme-07-1-0202-20260131",
                        "acme-07-1-0204-20260131",
                        "acme-12-1-0601-20260131",
                        "acme-12-1-0602-20260131",
                        "generic-csv-H-1001",
                        "generic-csv-H-1002",
                        "generic-csv-H-1003",
                        "generic-csv-H-1006");
        assertThat(book.refunds())
                .extracting(SandboxRefund::orderId)
                .containsExactlyInAnyOrder(
                        "acme-07-1-0102-20260130",
                        "acme-07-1-0204-20260131",
                        "generic-csv-H-1002",
                        "generic-csv-H-1003",
                        "generic-csv-H-1006");
        assertThat(book.customers())
                .extracting(SandboxCustomer::customerId)
                .containsExactlyInAnyOrder(
                        "mobile_447700900101",
                        "mobile_447700900102",
                        "mobile_447700900103",
                        "mobile_447700900104",
                        "mobile_447700900108",
                        "mobile_447700900109",
                        "mobile_447700900110",
                        "mobile_447700900121");
        assertThat(book.events()).hasSize(1);
        assertThat(book.totals().repeatedOrders()).isZero();
    }

    private static String counts(Outcomes outcomes) {
        return String.join(
                ", ",
                Outcomes.WORDS.stream()
                        .map(word -> word + " " + outcomes.of(word).records())
                        .toList());
    }
}
