package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.FreePort;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.Requests;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles that are broken, mended, changed, new or gone, while the service runs. */
class ReloadTest {
    private static final String PROFILE =
            """
            vendor: VENDOR
            format: { type: csv }
            time-zone: Europe/London
            currency: GBP
            records:
              - kind: sale
                key: "{Id}"
                customer: { id: "{Who}" }
                sold-at: { from: At, patterns: ["yyyy-MM-dd HH:mm"] }
                total-paid: Total
            """;
    private static final String HEADER = "Id,Who,At,Total,Net\n";

    @TempDir
    private Path folder;

    private final FailingSteps steps = new FailingSteps();
    private final ManagementPort management = new ManagementPort(FreePort.next());
    private Path vendors;
    private AlarmReceiver receiver;
    private EngineFixture engine;
    private Requests requests;

    @BeforeEach
    void listen() throws IOException {
        vendors = Files.createDirectories(folder.resolve("vendors"));
        receiver = AlarmReceiver.start();
        engine = EngineFixture.in(folder)
                .by(Profiles.in(vendors))
                .bind("failing-steps", steps)
                .set("posbridge.management.port", Integer.toString(management.number()))
                .set("posbridge.alarms.webhook", receiver.url("/hook"))
                .set("posbridge.alarms.after", "0s");
        profile("acme");
    }

    @AfterEach
    void close() {
        engine.close();
        receiver.close();
    }

    @Test
    void aBrokenProfileStopsItsOwnVendorOnlyAndAReloadWithAMendedOneClearsIt() throws Exception {
        profile("nova", "total-paid", "total-payed");
        engine.set("posbridge.sources.tills.queue", "nova.receipts").set("posbridge.sources.tills.vendor", "nova");
        Path waits = drop("nova", "night.csv", "N1,ann,2026-01-31 12:00,10.00,8.00\n");
        start();
        engine.engine().send("nova.receipts", HEADER + "N2,ann,2026-01-31 13:00,11.00,9.00\n");
        drop("acme", "night.csv", "A1,ann,2026-01-31 12:00,20.00,16.00\n");

        await().until(() -> engine.sandbox().book().orders().size() == 1);
        await().until(() -> receiver.events("profile nova").equals(List.of("raised")));
        String problem = vendors.resolve("nova.yaml") + ":6:5: \"total-paid\" is missing. "
                + vendors.resolve("nova.yaml") + ":10:5: unknown key \"total-payed\". Did you mean \"total-paid\"?";
        assertThat(management.metric("posbridge_concern_state{concern=\"profile nova\"}"))
                .isEqualTo("2");
        assertThat(receiver.heard().get(0).path("message").asText())
                .startsWith("Vendor nova stands still: nothing of it is taken in, its files stay in "
                        + folder.resolve("inbox/nova")
                        + ". Mend its profile, then posbridge reload. " + problem);
        assertThat(receiver.heard().get(0).path("runbook").asText()).isEqualTo("docs/runbook.md#profile");
        await().until(() -> new HealthBook(engine.engine().ledger().database())
                .kept().stream().anyMatch(one -> one.name().equals("profile nova")));
        await().until(() -> management.get("/health").body().contains("\"profile nova\""));
        assertThat(Files.readString(folder.resolve("data/health.json"))).contains("\"profile nova\"");
        assertThat(waits).exists();
        assertThat(engine.deadLetters()).isEmpty();

        profile("nova");
        assertThat(reload()).isEqualTo(new Requests.Progress(Requests.How.DONE, "nova: new, taken."));
        await().until(() -> engine.sandbox().book().orders().size() == 3);
        await().until(() -> receiver.events("profile nova").equals(List.of("raised", "cleared")));
        assertThat(management.metric("posbridge_concern_state{concern=\"profile nova\"}"))
                .isEmpty();
        assertThat(new AuditBook(engine.engine().ledger().database()).since(Instant.EPOCH))
                .extracting(AuditBook.Audited::command)
                .containsExactly("reload");
        assertThat(engine.deadLetters()).isEmpty();
    }

    @Test
    void aChangedProfileIsTakenAndABrokenChangeLeavesTheOneBeforeInForce() throws Exception {
        engine.set("posbridge.held.first-file", "never");
        start();
        profile("acme", "key:", "kee:");
        Requests.Progress refused = reload();
        assertThat(refused.how()).isEqualTo(Requests.How.FAILED);
        assertThat(refused.answer())
                .contains(vendors.resolve("acme.yaml") + ":7:5: unknown key \"kee\". Did you mean \"key\"?")
                .endsWith("Vendor acme goes on by its profile as it was read before.");
        await().until(() -> management
                .metric("posbridge_concern_state{concern=\"profile acme\"}")
                .equals("1"));
        drop("acme", "one.csv", "A1,ann,2026-01-31 12:00,20.00,16.00\n");
        await().until(() -> "20".equals(paid("acme-A1")));

        FailingSteps.Halt halt = steps.haltAt("translate-chunk");
        drop("acme", "two.csv", "A2,ann,2026-01-31 12:01,21.00,17.00\n");
        await().until(halt::isReached);
        profile("acme", "total-paid: Total", "total-paid: Net");
        assertThat(reload().answer()).isEqualTo("acme: changed, taken.");
        halt.end();
        await().until(() -> "21".equals(paid("acme-A2")));
        drop("acme", "three.csv", "A3,ann,2026-01-31 12:02,22.00,18.00\n");
        await().until(() -> "18".equals(paid("acme-A3")));
        assertThat(reload().answer()).isEqualTo("No profile has changed.");
        await().until(() -> receiver.events("profile acme").equals(List.of("raised", "cleared")));
    }

    @Test
    void aNewVendorGetsItsInboxAndOneThatIsGoneKeepsItsFiles() throws Exception {
        start();
        profile("corner");
        Files.delete(vendors.resolve("acme.yaml"));
        assertThat(reload().answer()).isEqualTo("corner: new, taken.\nacme: gone, nothing is taken in by it any more.");
        Path left = drop("acme", "one.csv", "A1,ann,2026-01-31 12:00,20.00,16.00\n");
        drop("corner", "one.csv", "C1,ann,2026-01-31 12:00,30.00,26.00\n");
        await().until(() -> "30".equals(paid("corner-C1")));
        assertThat(left).exists();

        profile("acme");
        engine.engine().reloadProfiles();
        await().until(() -> "20".equals(paid("acme-A1")));
        assertThat(engine.deadLetters()).isEmpty();

        Path aside = Files.move(vendors, folder.resolve("elsewhere"));
        assertThat(reload())
                .isEqualTo(new Requests.Progress(
                        Requests.How.REFUSED,
                        "The profiles stay as they were. " + vendors
                                + ": cannot list the vendor profiles. Give the folder that holds them."));
        assertThat(aside).isDirectory();
        drop("acme", "two.csv", "A2,ann,2026-01-31 12:01,21.00,17.00\n");
        await().until(() -> "21".equals(paid("acme-A2")));
    }

    private void start() {
        engine.start(Engine.Mode.SERVICE);
        requests = new Requests(engine.engine().ledger().database(), Path.of("data"));
    }

    private Requests.Progress reload() {
        long request = requests.askToReload();
        await().until(() -> requests.progress(request).ended());
        return requests.progress(request);
    }

    private void profile(String vendor) throws IOException {
        profile(vendor, "", "");
    }

    private void profile(String vendor, String found, String replacement) throws IOException {
        Files.writeString(
                vendors.resolve(vendor + ".yaml"),
                PROFILE.replace("VENDOR", vendor).replace(found, replacement));
    }

    private Path drop(String vendor, String name, String rows) throws IOException {
        Path written = engine.write(folder.resolve("files/" + name), HEADER + rows);
        return Files.move(
                written,
                Files.createDirectories(folder.resolve("inbox/" + vendor)).resolve(name));
    }

    /** What an order came to at Gameball; "" where it has none. */
    private String paid(String order) {
        return engine.sandbox()
                .book()
                .order(order)
                .map(SandboxOrder::totalPaid)
                .map(paid -> paid.stripTrailingZeros().toPlainString())
                .orElse("");
    }
}
