package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.TestLedgers;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path data;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void ticksWhatCanBeTriedAndTakesBackWhatItSold() {
        Cli.Seen seen = doctor("--write");

        assertThat(seen.exit()).as(seen.toString()).isZero();
        assertThat(seen.out())
                .contains(
                        "  ok      credentials ",
                        "  ok      customer by mobile and e-mail ",
                        "  ok      order id is unique ")
                .contains("  ok      hold and release ", "  ok      expired hold is refused ", "  ok      refund ")
                .endsWith("Nothing is wrong. docs/go-live.md has the boxes that need a person.\n");
        assertThat(sandbox.book().totals().orders()).isEqualTo(1);
        assertThat(sandbox.book().totals().refunds()).isEqualTo(1);
    }

    @Test
    void leavesNothingBehindUnlessItMayWrite() {
        Cli.Seen seen = doctor();

        assertThat(seen.exit()).isZero();
        assertThat(seen.out()).contains("  untried refund ").doesNotContain("  wrong ");
        assertThat(sandbox.book().totals().orders()).isZero();
    }

    @Test
    void sellsNothingInALiveAccount() {
        Cli.Seen seen = Cli.run(
                "doctor",
                "--write",
                "--data-dir",
                data.toString(),
                "--set",
                "posbridge.gameball.url=https://api.gameball.example",
                "--set",
                "posbridge.account.name=shop",
                "--set",
                "posbridge.account.environment=live",
                "--set",
                "posbridge.account.currency=GBP");

        assertThat(seen.exit()).isEqualTo(2);
        assertThat(seen.err())
                .contains(
                        "--write: posbridge.account.environment is \"live\", expected test: it would sell to a customer that does"
                                + " not exist.");
    }

    @Test
    void takesAStandInOnThisMachineWithoutAnAccount() {
        Cli.Seen seen =
                Cli.run("doctor", "--data-dir", data.toString(), "--set", "posbridge.gameball.url=" + sandbox.uri());

        assertThat(seen.exit()).as(seen.toString()).isZero();
        assertThat(seen.out()).startsWith("Account sandbox (test) at ");
    }

    @Test
    void ticksWhatItCanWhereNothingIsSetYet() {
        Cli.Seen seen = Cli.run(
                "doctor",
                "--write",
                "--data-dir",
                data.toString(),
                "--set",
                "posbridge.gameball.url=https://api.gameball.invalid");

        assertThat(seen.exit()).isEqualTo(2);
        assertThat(seen.out())
                .startsWith("Account not named yet, at ")
                .contains(
                        "  wrong   account named                          posbridge.account.name is not set, expected how",
                        "  wrong   account named                          posbridge.account.environment is not set",
                        "  ok      profiles ",
                        "  untried refund ");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        sandbox.close();
        Files.createDirectories(data.resolve("logs"));
        Files.writeString(data.resolve("logs/posbridge.log"), "12:00 called with sandbox-api-key\n");
        Cli.Seen seen = doctor("--write");

        assertThat(seen.exit()).isEqualTo(3);
        assertThat(seen.out().lines().filter(line -> line.startsWith("  wrong")).toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("no key in logs", "have Gameball replace the key."),
                        line -> assertThat(line).contains("Gameball answers", "does not (java.net.ConnectException"));
    }

    @Test
    void printsWhatABrokerHasToHoldThatDoesNotLetUsIn() {
        Cli.Seen seen = doctor(
                "--set",
                "posbridge.broker.url=(tcp://127.0.0.1:1,tcp://127.0.0.1:2)?ha=true",
                "--set",
                "posbridge.sources.tills.queue=acme.receipts",
                "--set",
                "posbridge.sources.tills.vendor=acme");

        assertThat(seen.exit()).isEqualTo(3);
        assertThat(seen.out())
                .contains("  wrong   broker                                 "
                        + "[tcp://127.0.0.1:1, tcp://127.0.0.1:2] does not let us in (AMQ219007: Cannot connect to server(s)."
                        + " Tried with all available servers.). Check posbridge.broker.url, its user and password, and that "
                        + "it runs.\n")
                .contains(
                        """
                        For broker.xml, where our user has the role posbridge:
                        <addresses>
                          <address name="acme.receipts"><anycast><queue name="acme.receipts" exclusive="true"/></anycast></address>
                          <address name="DLQ"><anycast><queue name="DLQ"/></anycast></address>
                          <address name="posbridge.live"><multicast/></address>
                        </addresses>
                        <address-settings>
                          <address-setting match="acme.receipts">
                            <dead-letter-address>DLQ</dead-letter-address>
                            <expiry-address>DLQ</expiry-address>
                            <max-delivery-attempts>-1</max-delivery-attempts>
                          </address-setting>
                        </address-settings>
                        <security-settings>
                          <security-setting match="acme.receipts"><permission type="consume" roles="posbridge"/></security-setting>
                          <security-setting match="DLQ"><permission type="consume" roles="posbridge"/></security-setting>
                          <security-setting match="posbridge.live.#"><permission type="createNonDurableQueue" roles="posbridge"/><permission type="deleteNonDurableQueue" roles="posbridge"/><permission type="consume" roles="posbridge"/><permission type="send" roles="posbridge"/></security-setting>
                        </security-settings>
                        """);
    }

    @Test
    void looksWhetherAServerCanHaveTheLedger() {
        Cli.Seen empty = doctor(ledger(TestLedgers.emptyOnPostgres(data.resolve("empty")), "postgres"));
        assertThat(empty.exit()).as(empty.toString()).isZero();
        assertThat(empty.out().lines().filter(line -> line.contains(" ledger's ")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("  ok      ledger's server                        PostgreSQL ")
                                .endsWith(" lets postgres in"),
                        line -> assertThat(line)
                                .endsWith("none yet; the first start makes them in schema public, or ledger move"),
                        line -> assertThat(line)
                                .startsWith("  ok      ledger's encryption ")
                                .endsWith("none, to a server on this machine"),
                        line -> assertThat(line)
                                .startsWith("  ok      ledger's clock ")
                                .endsWith("the database's"),
                        line -> assertThat(line)
                                .startsWith("  ok      ledger's connections ")
                                .matches(".* \\d+ of 197 in use"));

        Cli.Seen used = doctor(ledger(TestLedgers.onPostgres(data.resolve("used")), "postgres"));
        assertThat(used.out()).contains("  ok      ledger's tables                        layout ");
    }

    @Test
    void saysWhatAServerLacksThatIsToHaveTheLedger() {
        LedgerAddress ledger = TestLedgers.emptyOnPostgres(data.resolve("foreign"));
        String database = TestLedgers.nameOf(ledger);
        TestLedgers.execute(
                ledger,
                "create user doctors_patient",
                "revoke create on schema public from public",
                "alter user doctors_patient set default_transaction_read_only = on");
        Cli.Seen seen = doctor(ledger(ledger, "doctors_patient"));
        assertThat(seen.exit()).isEqualTo(3);
        assertThat(seen.out())
                .contains(
                        " only lets itself be read, as a standby does, expected one that can be written. Name the primary in"
                                + " posbridge.ledger.url.",
                        "  wrong   ledger's tables                        user doctors_patient may not make tables in schema"
                                + " public of database " + database + ". Let the user own it: alter database "
                                + database + " owner to doctors_patient;");
    }

    @Test
    void saysWhyAServerDoesNotLetUsIn() {
        Cli.Seen nobody = doctor(
                "--set",
                "posbridge.ledger.url=jdbc:postgresql://127.0.0.1:1/posbridge",
                "--set",
                "posbridge.ledger.user=posbridge");
        assertThat(nobody.exit()).isEqualTo(3);
        assertThat(nobody.out())
                .contains(
                        "  wrong   ledger's server                        jdbc:postgresql://127.0.0.1:1/posbridge: the ledger"
                                + " cannot be opened (Connection refused). Check posbridge.ledger.url, posbridge.ledger.user and its password");
    }

    private static String[] ledger(LedgerAddress ledger, String user) {
        return new String[] {
            "--set",
            "posbridge.ledger.url=" + ledger.url().replaceAll("[?].*", ""),
            "--set",
            "posbridge.ledger.user=" + user
        };
    }

    private Cli.Seen doctor(String... more) {
        List<String> line = new java.util.ArrayList<>(List.of(
                "doctor",
                "--data-dir",
                data.toString(),
                "--set",
                "posbridge.gameball.url=" + sandbox.uri(),
                "--set",
                "posbridge.account.currency=GBP"));
        line.addAll(List.of(more));
        return Cli.run(line.toArray(String[]::new));
    }
}
