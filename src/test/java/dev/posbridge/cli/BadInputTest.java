package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each a clear message with where, found, expected, remedy; the right exit code; no stack trace. */
class BadInputTest {
    private static final String NIGHT = "samples/acme/EOD_07_20260131.csv";
    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir
    private Path data;

    @Test
    void namesEveryMissingFile() {
        assertRefused(
                """
                /nowhere/a.csv: found nothing, expected a file or a folder. Correct the path, or its permissions.
                /nowhere/b.csv: found nothing, expected a file or a folder. Correct the path, or its permissions.
                """,
                Cli.with(data, NOWHERE, "ingest", "--vendor", "acme", "/nowhere/a.csv", "/nowhere/b.csv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vendor new corner here.csv --currency GBP | Give a file of the vendor's.",
                "vendor diff acme --against here.csv --files samples/acme | Give a profile's file.",
                "dead-letters replay --from here.csv"
                        + " | Name a file that was written by: posbridge dead-letters export --to FILE",
                "correct --records 1 --vendor acme --with here.csv --dry-run --reason T"
                        + " | Name the file with the corrected sales.",
                "console user list --file here.csv"
                        + " | Expected a user a line; make one with: posbridge console user add NAME --role R --file FILE"
            })
    void saysThatAFileIsNotThereWhereItLookedAndWhatHelps(String line, String remedy) {
        Cli.run(Cli.with(data, NOWHERE, "ingest", "--wait", "stored", "--vendor", "acme", NIGHT));
        assertRefused(
                "here.csv: there is no such file in " + Path.of("").toAbsolutePath() + ". " + remedy + "\n",
                Cli.with(data, NOWHERE, line.split(" ")));
    }

    /** As when the ledger is away for a moment: what cannot be stored is no fault of the file. */
    @Test
    void takesNoLaterDayInWhereAnEarlierOneWaitsForRoom() {
        String[] nights = Cli.with(
                data,
                NOWHERE,
                "ingest",
                "--wait",
                "stored",
                "--vendor",
                "acme",
                NIGHT,
                "samples/acme/EOD_07_20260130.csv");
        String[] full = java.util.Arrays.copyOf(nights, nights.length + 2);
        full[nights.length] = "--set";
        full[nights.length + 1] = "posbridge.data-dir.least-free=1000000GiB";

        Cli.Seen seen = Cli.run(full);
        assertThat(seen.exit()).isEqualTo(1);
        assertThat(seen.err().lines().toList())
                .element(1)
                .asString()
                .matches("2 files were not taken in: .* MiB are free on the disk, .*; "
                        + Path.of(NIGHT).toAbsolutePath()
                        + ": was not taken in \\(EOD_07_20260130.csv before it was not taken in. Run the same command"
                        + " again: what was taken in is known and passed over\\)\\.");
        assertThat(seen.out()).doesNotContain("EOD_07_2026013");

        assertThat(Cli.run(nights).out()).containsSubsequence("acme/EOD_07_20260130.csv", "acme/EOD_07_20260131.csv");
    }

    @Test
    void saysThatAFolderHasNoFileOfTheVendor() {
        assertRefused(
                "samples/generic-csv: found no file of this vendor, expected at least one. Name a file, or a folder with"
                        + " files whose names the profile's file-name allows.\n",
                Cli.with(data, NOWHERE, "ingest", "--vendor", "acme", "samples/generic-csv"));
    }

    @Test
    void namesTheVendorThatWasMeant() {
        assertRefused(
                "vendor \"acmee\": no such profile in "
                        + Path.of("config/vendors").toAbsolutePath()
                        + ". Did you mean \"acme\"? Known here: "
                        + String.join(
                                ", ", Profiles.in(Path.of("config/vendors")).names()) + ".\n",
                Cli.with(data, NOWHERE, "ingest", "--vendor", "acmee", NIGHT));
    }

    @Test
    void takesTwoLettersThatChangedPlacesForOneSlip() {
        assertThat(dev.posbridge.Nearest.to("amce", List.of("acme", "ames"))).hasValue("acme");
        assertThat(dev.posbridge.Nearest.to("dleivery", List.of("delivery"))).hasValue("delivery");
        assertThat(dev.posbridge.Nearest.to("abc", List.of("xyz"))).isEmpty();
        assertThat(dev.posbridge.Nearest.to("", List.of("x"))).hasValue("x");
    }

    @Test
    void namesEverySettingThatDeliveryLacks() {
        assertRefused(
                """
                posbridge.account.name is not set, expected how you call this Gameball account. Set it in config/posbridge.properties, or with --set posbridge.account.name=...
                posbridge.account.environment is not set, expected test or live. Set it in config/posbridge.properties, or with --set posbridge.account.environment=...
                posbridge.account.currency is not set, expected ISO 4217 code of the account, such as GBP. Set it in config/posbridge.properties, or with --set posbridge.account.currency=...
                """,
                "ingest",
                "--vendor",
                "acme",
                "--data-dir",
                data.toString(),
                NIGHT);
    }

    @Test
    void asksForTheUnitOfATime() {
        assertRefused(
                "--timeout is \"4\", expected a time with its unit, such as 30s, 10m, 4h.\n",
                Cli.with(data, NOWHERE, "ingest", "--vendor", "acme", "--timeout", "4", NIGHT));
        assertRefused(
                "--set posbridge.inbox.poll: posbridge.inbox.poll is \"1x\", expected a time with its unit, such as 500ms,"
                        + " 2s, 5m, 72h, 7d.\n",
                Cli.with(data, NOWHERE, "run", "--set", "posbridge.inbox.poll=1x"));
    }

    @Test
    void namesTheKeyThatWasMeant() {
        assertRefused(
                "--set posbridge.gameball.quota: unknown key \"posbridge.gameball.quota\". Did you mean"
                        + " \"posbridge.gameball.quotas\"? config/posbridge.properties lists them all.\n",
                Cli.with(data, NOWHERE, "status", "--set", "posbridge.gameball.quota=off"));
    }

    @Test
    void saysThatTheSettingsFileIsNotThere() {
        assertRefused(
                "/nowhere/posbridge.properties: there is no such file. Name an existing one with --config.\n",
                "check",
                "--config",
                "/nowhere/posbridge.properties");
    }

    @Test
    void saysThatAUrlIsNotSafe() {
        assertRefused(
                "--set posbridge.gameball.url: posbridge.gameball.url is \"http://api.gameball.co\", expected an https URL,"
                        + " or http to this machine.\n",
                "check",
                "--set",
                "posbridge.gameball.url=http://api.gameball.co");
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertRefused(
                    "sandbox port " + taken.getLocalPort()
                            + ": Address already in use, expected a free port. Name another one, or 0 for any free one,"
                            + " or end the program that listens there.\n",
                    "sandbox",
                    "--port",
                    Integer.toString(taken.getLocalPort()));
        }
        assertRefused("--port is \"99999\", expected 0 to 65535; 0 takes a free one.\n", "sandbox", "--port", "99999");
    }

    @Test
    void helpsByACommandToo() {
        assertThat(Cli.run("help", "report")).isEqualTo(Cli.run("report", "--help"));
        assertThat(Cli.run("help", "dead-letters", "replay")).isEqualTo(Cli.run("dead-letters", "replay", "--help"));
        assertThat(Cli.run("help")).isEqualTo(Cli.run("--help"));
        assertThat(Cli.run("help").exit()).isZero();
        assertThat(Cli.run("--data-dir", "elsewhere", "--set=posbridge.inbox=help", "help", "report"))
                .isEqualTo(Cli.run("report", "--help"));

        Cli.Seen unknown = Cli.run("help", "statu");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("\"statu\": found no such command. Did you mean \"status\"?");
    }

    @Test
    void saysHowADateIsWritten() {
        Cli.Seen seen = Cli.run("report", "--from", "31.01.2026");

        assertThat(seen.exit()).isEqualTo(2);
        assertThat(seen.err())
                .startsWith(
                        "Invalid value for option '--from': found \"31.01.2026\", expected a date such as 2026-01-31.\n");
        assertThat(Cli.run("report", "--to", "2026-02-30").err())
                .startsWith(
                        "Invalid value for option '--to': found \"2026-02-30\", expected a date such as 2026-01-31.\n");
    }

    @Test
    void listsTheCommandsWhereNoneIsNamed() {
        Cli.Seen seen = Cli.run();

        assertThat(seen.exit()).isEqualTo(2);
        assertThat(seen.out()).contains("Commands:", "  ingest ", "  doctor ");
        assertThat(seen.err()).startsWith("Name a command, for instance: posbridge demo\n");
    }

    @Test
    void namesTheCommandThatWasMeant() {
        Cli.Seen seen = Cli.run("statu");

        assertThat(seen.exit()).isEqualTo(2);
        assertThat(seen.err())
                .startsWith("\"statu\": found no such command. Did you mean \"status\"? Known here: demo, ingest, run,")
                .endsWith("See 'posbridge --help' for what it takes.\n");
    }

    @Test
    void asksForWhatACommandNeeds() {
        assertRefused(
                "Missing required option: '--vendor=V'\nSee 'posbridge ingest --help' for what it takes.\n",
                "ingest",
                NIGHT);
        assertRefused(
                "Unknown option: '--vendr'. Did you mean \"--vendor\"?\nMissing required option: '--vendor=V'\n"
                        + "See 'posbridge ingest --help' for what it takes.\n",
                "ingest",
                "--vendr=acme",
                NIGHT);
        assertRefused(
                "Invalid value for option '--kind': expected one of [customer, sale, refund, event] (case-insensitive) but"
                        + " was 'sales'\nSee 'posbridge pause --help' for what it takes.\n",
                "pause",
                "--kind",
                "sales",
                "--reason",
                "because");
    }

    @Test
    void doesNotMakeALedgerToLookAt() {
        String problem = data
                + ": found no ledger, nothing was taken in here yet. Take files in first (posbridge ingest --vendor V FILE,"
                + " or posbridge run), or name the folder that holds the ledger with --data-dir.\n";

        assertRefused(problem, Cli.with(data, NOWHERE, "status"));
        assertRefused(problem, Cli.with(data, NOWHERE, "pause", "--reason", "because"));
        assertRefused(problem, Cli.with(data, NOWHERE, "resume"));
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void saysThatTheDataFolderCannotBeMade() throws IOException {
        Path file = Files.createFile(data.resolve("file"));

        assertRefused(
                file.resolve("data") + ": the data folder cannot be created (" + file.resolve("data")
                        + ": Not a directory). Give another one with --data-dir.\n",
                Cli.with(file.resolve("data"), NOWHERE, "ingest", "--vendor", "acme", NIGHT));
    }

    @Test
    @SuppressWarnings("try") // the folder is only held
    void namesWhoHoldsTheDataFolder() throws InterruptedException {
        try (DataFolder ignoredFolder = DataFolder.take(data, "posbridge ingest", Duration.ZERO)) {
            Cli.Seen seen = Cli.run(Cli.with(data, NOWHERE, "ingest", "--vendor", "acme", NIGHT));

            assertThat(seen.exit()).isEqualTo(6);
            assertThat(seen.err())
                    .matches(data + ": is in use by \"posbridge ingest, process \\d+, since \\S+\"\\. Wait for it"
                            + " \\(--lock-wait 10m\\), stop it, or choose another --data-dir\\.\n");
        }
    }

    @Test
    void refusesASettingsFileLargerThanAMegabyte() throws IOException {
        Path config = Files.writeString(data.resolve("large.properties"), "# " + "x".repeat(1 << 20) + "\n");

        assertThat(Cli.run("status", "--config", config.toString()))
                .isEqualTo(new Cli.Seen(
                        2,
                        "",
                        config + ": has 1048579 bytes, expected at most 1048576. Name the file of settings with"
                                + " --config.\n"));
    }

    @Test
    void refusesASecretOnTheCommandLineAndDoesNotShowIt() {
        Cli.Seen seen = Cli.run(Cli.with(
                data,
                "http://127.0.0.1:1",
                "status",
                "--set",
                "posbridge.gameball.api-key=mine-alone",
                "--set",
                "posbridge.sources.night.key-passphrase=mine-alone"));

        assertThat(seen)
                .isEqualTo(new Cli.Seen(
                        2,
                        "",
                        "--set posbridge.gameball.api-key: found a secret on the command line, where everybody on this"
                                + " machine can read it in the list of processes, expected it elsewhere. Set the environment"
                                + " variable POSBRIDGE_GAMEBALL_API_KEY, or name a file that holds it in"
                                + " posbridge.gameball.api-key-file.\n"
                                + "--set posbridge.sources.night.key-passphrase: found a secret on the command line, where"
                                + " everybody on this machine can read it in the list of processes, expected it elsewhere."
                                + " Set the environment variable POSBRIDGE_SOURCES_NIGHT_KEY_PASSPHRASE, or name a file that"
                                + " holds it in posbridge.sources.night.key-passphrase-file.\n"));
    }

    @Test
    void keepsEverythingAndNamesTheAddressWhereAServerKnowsNoneOfOurCalls() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            Cli.Seen seen = Cli.run(Cli.with(
                    data,
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "ingest",
                    "--vendor",
                    "acme",
                    "samples/acme/EOD_07_20260130.csv",
                    "--set",
                    "posbridge.delivery.retry-pause=20ms"));

            assertThat(seen.exit()).isEqualTo(2);
            assertThat(seen.err().lines().reduce((earlier, last) -> last).orElse(""))
                    .matches("Gameball is not at the address that answered .+ \\(404, no message\\)\\. Correct"
                            + " posbridge\\.gameball\\.url, or the proxy; everything is kept, and is sent again\\. 3 records"
                            + " are stored and wait\\. Correct the address, then run again\\.");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void keepsEverythingWhenGameballRefusesTheKey() throws IOException {
        Path config = Files.writeString(
                data.resolve("keys.properties"),
                "posbridge.gameball.api-key=wrong-api\nposbridge.gameball.secret-key=wrong-secret\n");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withKeys("right-api", "right-secret"))) {
            Cli.Seen seen = Cli.run(Cli.with(
                    data,
                    sandbox.uri(),
                    "ingest",
                    "--vendor",
                    "acme",
                    "samples/acme/EOD_07_20260130.csv",
                    "--config",
                    config.toString()));

            assertThat(seen.exit()).isEqualTo(5);
            assertThat(seen.err().lines().reduce((earlier, last) -> last).orElse(""))
                    .matches(
                            "Gameball refused our key or account for the question whether customer mobile_4477\\*{4}10\\d is"
                                    + " known \\(401, code 1000: \"the API key is not valid\", request \\w+\\)\\. Check"
                                    + " posbridge\\.gameball\\.api-key and \\.secret-key; everything is kept and goes on once they"
                                    + " work\\. 3 records are stored and wait\\. Correct the key, then run again\\.");
            assertThat(seen.out() + seen.err()).doesNotContain("wrong-secret", "wrong-api", "\tat ");
            assertThat(Cli.run(Cli.with(data, sandbox.uri(), "status", "--json"))
                            .out())
                    .contains("\"all\" : {\n    \"due\" : 3,")
                    .contains("\"dead\" : 0");
            assertThat(sandbox.book().orders()).isEmpty();
        }
    }

    @Test
    void refusesALedgerOfAnotherAccount() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Cli.run(Cli.with(data, sandbox.uri(), "ingest", "--vendor", "acme", "samples/acme/EOD_07_20260130.csv"));

            assertRefused(
                    "The ledger belongs to account \"sandbox\", environment \"test\", currency GBP; the settings say"
                            + " \"sandbox\", \"live\", GBP. Correct posbridge.account.* or choose another --data-dir:"
                            + " nothing moves from one account to another.\n",
                    Cli.with(data, sandbox.uri(), "status", "--set", "posbridge.account.environment=live"));
        }
    }

    private static void assertRefused(String message, String... arguments) {
        assertThat(Cli.run(arguments)).isEqualTo(new Cli.Seen(2, "", message));
    }
}
