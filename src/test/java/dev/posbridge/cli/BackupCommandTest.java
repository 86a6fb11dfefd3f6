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
                        + " since may be at Gameball\\. Compare them first: posbridge reconcile --repair\\. 1 records are"
                        + " not settled yet; all are stored\\. Run the same command again, or posbridge status\\.");
        assertThat(shop.look("status").out()).contains("Delivery waits: the ledger was put back from the backup of ");
        assertThat(shop.sandbox().book().totals().repeatedOrders()).isZero();
    }
}
