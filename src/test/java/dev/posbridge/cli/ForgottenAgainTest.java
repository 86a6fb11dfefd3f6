package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.cli.Shop.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** A ledger that is put back from a copy knows people who were forgotten since. */
class ForgottenAgainTest extends WithShop {
    private static final String ANN = "S,1,2026-01-30 12:00,07700900001,100.00,,A,10,10.00";
    private static final String BOB = "S,2,2026-01-30 12:05,07700900002,7.00,,B,1,7.00";

    @Test
    void sendsNothingBeforeTheyAreForgottenAgainAndTakesNothingOfThemIn() throws Exception {
        shop.ingest("night.csv", ANN, BOB);
        Path copy = home.resolve("copy.db");
        assertThat(shop.look("backup", copy.toString()).exit()).isZero();
        assertThat(shop.run("forget", "mobile_447700900001", "--reason", "asked")
                        .exit())
                .isZero();
        Path ledger = shop.data().resolve("ledger.db");
        Files.copy(copy, ledger, StandardCopyOption.REPLACE_EXISTING);

        String found =
                "The ledger was put back from a copy and knows 1 customer who was forgotten since. Have it forget"
                        + " again: posbridge forget --again --reason T";
        assertThat(shop.run("reconcile", "--repair"))
                .isEqualTo(new Run(2, "", found + ", then give this command again.\n"));
        Run again = shop.run("forget", "--again", "--reason", "restored");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out()).startsWith("Customers who were forgotten before and whom this ledger knows: 1\n");
        assertThat(Files.readString(ledger, StandardCharsets.ISO_8859_1))
                .doesNotContain("447700900001")
                .contains("447700900002");

        assertThat(shop.run("reconcile", "--repair").exit()).isZero();
        assertThat(shop.ingest("next.csv", ANN.replace("S,1,", "S,3,")).out()).contains("Reasons: forgotten 1.");
        assertThat(shop.sandbox().book().orders()).hasSize(2);
        assertThat(shop.run("forget", "--again", "--reason", "once more").out())
                .isEqualTo("Customers who were forgotten before and whom this ledger knows: 0\n");
    }

    @Test
    void asksForACustomerOrForEverybodyAgain() {
        shop.ingest("night.csv", BOB);
        String problem = "forget: expected a customer's id, or --again, and a reason. Write one of the two, and why.\n";
        assertThat(shop.run("forget", "--reason", "asked")).isEqualTo(new Run(2, "", problem));
        assertThat(shop.run("forget", "bob", "--again", "--reason", "asked")).isEqualTo(new Run(2, "", problem));
    }
}
