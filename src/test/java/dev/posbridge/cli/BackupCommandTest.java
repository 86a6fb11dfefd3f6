package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.cli.Shop.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the ledger, and what becomes of one that is put back. */
class BackupCommandTest {
    @TempDir
    private Path home;

    private Shop shop;
    private Path copy;
    private Path ledger;

    @BeforeEach
    void takeInADay() {
        shop = Shop.in(home, Shop.NAMED);
        copy = home.resolve("copy.db");
        ledger = shop.data().resolve("ledger.db");
        shop.ingest("one.csv", "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void saysWhereTheCopyIsAndHowItIsPutBack() {
        assertThat(shop.look("backup", copy.toString()))
                .isEqualTo(new Run(
                        0,
                        "The ledger of account sandbox is in " + copy + ", 1 MiB. To put it back: stop the service,"
                                + " delete ledger.db-wal and ledger.db-shm, copy it to " + ledger
                                + ", then posbridge reconcile --repair.\n",
                        ""));
        assertThat(shop.look("audit").out()).containsPattern("backup +1 +" + copy);
        assertThat(shop.look("backup", copy.toString()))
                .isEqualTo(new Run(
                        2, "", copy + ": is there already, and a backup overwrites nothing. Give another name.\n"));
    }

    @Test
    void sendsNothingFromACopyThatWasPutBack() throws IOException {
        shop.look("backup", copy.toString());
        shop.ingest("two.csv", "S,2,2026-01-31 12:00,07700900001,5.00,,A,1,5.00");
        assertThat(shop.sandbox().book().orders()).hasSize(2);
        Files.move(copy, ledger, StandardCopyOption.REPLACE_EXISTING);

        Run again = shop.ingest("two.csv", "S,2,2026-01-31 12:00,07700900001,5.00,,A,1,5.00");

        assertThat(again.exit()).isEqualTo(4);
        assertThat(again.err().lines().reduce((one, last) -> last).orElseThrow())
                .matches("Delivery waits: the ledger was put back from the backup of \\S+ \\S+ \\S+, and what was sent"
                        + " since may be at Gameball\\. Compare them first: posbridge reconcile --repair\\. 1 record is"
                        + " not settled yet; all are stored\\. Run the same command again, or posbridge status\\.");
        assertThat(shop.look("status").out()).contains("Delivery waits: the ledger was put back from the backup of ");

        Run looked = shop.run("reconcile");
        assertThat(looked.exit()).isEqualTo(3);
        assertThat(looked.err()).startsWith("Delivery waits: the ledger was put back from the backup of ");
        assertThat(shop.run("reconcile", "--repair"))
                .isEqualTo(new Run(
                        0,
                        """
                                Account sandbox (test, GBP), compared with Gameball: 2 sales and refunds

                                                   records                GBP \s
                                  equal                  1                    \s
                                  not-noted              1               5.00  1 repaired

                                Differences:
                                  not-noted  two.csv:2: order "shop-2": pending here, but Gameball has it. reconcile --repair settles it as delivered. Repaired: settled as delivered.
                                """,
                        ""));
        Run more = shop.ingest("three.csv", "S,3,2026-01-31 13:00,07700900001,6.00,,A,1,6.00");
        assertThat(more.exit()).isZero();
        assertThat(shop.sandbox().book().orders()).hasSize(3);
        assertThat(shop.sandbox().book().totals().repeatedOrders()).isZero();
        assertThat(shop.look("audit").out())
                .containsPattern("reconcile +2\\n")
                .containsPattern("reconcile --repair +2 +delivery may go on\\n");
        assertThat(shop.run("reconcile").out()).contains("  equal                  3 ");
    }

    @Test
    void saysWhatDoesNotFitTheCommand() {
        assertThat(shop.run("reconcile", "--since", "yesterday"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "--since is \"yesterday\", expected a day such as 2026-01-31, a moment such as"
                                + " 2026-01-31T06:00:00Z, or how long ago, such as 36h or 7d.\n"));
        assertThat(shop.run("reconcile", "--file", "on.csv").err())
                .isEqualTo(
                        "--file is \"on.csv\", found no file of that name, without folder, that ever came. Did you mean"
                                + " \"one.csv\"? See: posbridge report\n");
        shop.sandbox().close();
        Run away = shop.run("reconcile", "--set", "posbridge.gameball.answer-timeout=1s");
        assertThat(away.exit()).isEqualTo(4);
        assertThat(away.err())
                .endsWith("Run the same command again: it goes on where it was. What was compared is kept.\n");
    }
}
