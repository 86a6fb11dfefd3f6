package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseTest {
    @TempDir
    private Path data;

    private Sandbox sandbox;

    @BeforeEach
    void takeInADay() {
        sandbox = Sandbox.start(SandboxSettings.defaults());
        assertThat(ingest("EOD_07_20260130.csv").exit()).isZero();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void keepsEverythingAcrossRestartsUntilItIsLifted() {
        assertThat(run("pause", "--reason", "wrong prices"))
                .isEqualTo(new Cli.Seen(
                        0, "Delivery is paused: wrong prices. Intake goes on; 'posbridge resume' lifts it.\n", ""));

        Cli.Seen paused = ingest("EOD_07_20260131.csv");

        assertThat(paused.exit()).isEqualTo(4);
        assertThat(lastLine(paused))
                .isEqualTo(
                        "Delivery is paused: wrong prices. 5 records are not settled yet; all are stored. Run the same"
                                + " command again, or posbridge status.");
        assertThat(sandbox.book().orders()).hasSize(3);

        assertThat(run("resume")).isEqualTo(new Cli.Seen(0, "Delivery goes on; pauses lifted: 1.\n", ""));
        assertThat(ingest("EOD_12_20260131.csv").exit()).isZero();
        assertThat(sandbox.book().orders()).hasSize(8);
        assertThat(run("resume")).isEqualTo(new Cli.Seen(0, "Delivery was not paused.\n", ""));
    }

    @Test
    void stopsOnlyWhatItNames() {
        run("pause", "--store", "07", "--kind", "sale", "--reason", "wrong prices");

        assertThat(ingest("EOD_12_20260131.csv").exit()).isZero();
        assertThat(ingest("EOD_07_20260131.csv").exit()).isEqualTo(4);

        assertThat(sandbox.book().orders()).hasSize(5);
        assertThat(run("status").out())
                .contains("Delivery is paused of store 07, kind sale: wrong prices (since ")
                .containsPattern("acme +1 +0 +0 +3 +");
    }

    @Test
    void isLiftedOneByOne() {
        run("pause", "--store", "07", "--reason", "wrong prices");
        run("pause", "--vendor", "acme", "--kind", "refund", "--reason", "credit notes");

        assertThat(run("resume", "--store", "12"))
                .isEqualTo(new Cli.Seen(
                        2,
                        "",
                        "Nothing was lifted: found no pause just of store 12. Paused is delivery of store 07 (wrong prices);"
                                + " of vendor acme, kind refund (credit notes).\n"));
        assertThat(run("resume", "--store", "07"))
                .isEqualTo(new Cli.Seen(
                        0,
                        "Delivery goes on; pauses lifted: 1. Still paused of vendor acme, kind refund (credit notes).\n",
                        ""));
        assertThat(run("resume").out()).isEqualTo("Delivery goes on; pauses lifted: 1.\n");
        assertThat(run("resume", "--store", "07").err())
                .isEqualTo("Nothing was lifted: found no pause just of store 07. Delivery is not paused.\n");
    }

    @Test
    void takesInButDeliversNothingOutsideOfItsHours() {
        String closed = "posbridge.delivery.blackout=2026-01-01..2999-12-31 UTC";
        Cli.Seen waiting = run("ingest", "--vendor", "acme", "--set", closed, "samples/acme/EOD_07_20260131.csv");

        assertThat(waiting.exit()).isEqualTo(4);
        assertThat(lastLine(waiting))
                .isEqualTo(
                        "Delivery is outside of its hours, it opens at 3000-01-01 00:00 UTC. 5 records are not settled yet; "
                                + "all are stored. Run the same command again, or posbridge status.");
        assertThat(sandbox.book().orders()).hasSize(3);
        assertThat(run("status", "--set", closed).out())
                .contains("Delivery is outside of its hours, it opens at 3000-01-01 00:00 UTC.\n")
                .containsPattern("acme +5 +0 ");
        assertThat(run("status", "--json", "--set", closed).out()).contains("\"outOfHours\" : \"Delivery is outside");
        assertThat(ingest("EOD_12_20260131.csv").exit()).isZero();
        assertThat(sandbox.book().orders()).hasSize(8);
    }

    @Test
    void isRefusedForAStoreThatNeverSoldAnythingUnlessItIsNew() {
        assertThat(run("pause", "--vendor", "acme", "--store", "7", "--reason", "wrong prices"))
                .isEqualTo(new Cli.Seen(
                        2,
                        "",
                        "--store is \"7\", found no receipt of that store of vendor acme. Did you mean \"07\"? Known here: 07."
                                + " For a store that is to sell its first receipt, add --new-store.\n"));
        assertThat(run("pause", "--store", "13", "--new-store", "--reason", "opens on Monday")
                        .out())
                .isEqualTo(
                        "Delivery is paused of store 13: opens on Monday. Intake goes on; 'posbridge resume' lifts it.\n");
    }

    @Test
    void isRefusedForAVendorThatIsNotThere() {
        assertThat(run("pause", "--vendor", "acmee", "--reason", "wrong prices"))
                .isEqualTo(new Cli.Seen(
                        2,
                        "",
                        "vendor \"acmee\": no such profile in "
                                + Path.of("config/vendors").toAbsolutePath()
                                + ". Did you mean \"acme\"? Known here: "
                                + String.join(
                                        ", ",
                                        Profiles.in(Path.of("config/vendors")).names()) + ".\n"));
    }

    private Cli.Seen ingest(String file) {
        return run("ingest", "--vendor", "acme", "samples/acme/" + file);
    }

    private Cli.Seen run(String... arguments) {
        return Cli.run(Cli.with(data, sandbox.uri(), arguments));
    }

    private static String lastLine(Cli.Seen seen) {
        return seen.err().lines().reduce((earlier, last) -> last).orElse("");
    }
}
