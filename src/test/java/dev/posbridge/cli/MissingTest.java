package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.document.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What never came, and what came packed: as a person asks for it. */
class MissingTest extends WithShop {
    @Test
    void tellsTheNumbersThatNeverCame() {
        shop.changeProfile(
                "receipt: { key: [Type, Bon] }",
                "receipt: { key: [Type, Bon], sequence: { number: Bon, register: [Type] } }");
        shop.ingest(
                "night.csv",
                "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00",
                "S,2,2026-01-30 12:01,nobody,20.00,,A,2,10.00",
                "S,6,2026-01-30 12:02,07700900001,20.00,,A,2,10.00");
        shop.ingest("more.csv", "S,4,2026-01-31 09:00,07700900002,1.50,,B,1,1.50");

        assertThat(shop.look("report").out())
                .contains(
                        """

                        Numbers that tills gave to receipts which never came:
                          shop register S: 3
                          shop register S: 5
                        """);
        JsonNode gaps = Json.tree(shop.look("report", "--json").out()).path("sequenceGaps");
        assertThat(gaps).hasSize(2);
        assertThat(gaps.get(0).path("first").asLong()).isEqualTo(3);
    }

    @Test
    void takesInWhatComesPackedUnderItsOwnName() throws IOException {
        shop.changeProfile("format: { type: csv }", "format: { type: csv }\nunwrap: gzip");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write((Shop.HEADER + "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(home.resolve("night.csv.gz"), packed.toByteArray());
        Path broken = Files.writeString(home.resolve("broken.csv.gz"), "no gzip");

        assertThat(shop.run("ingest", "--vendor", "shop", file.toString()).exit())
                .isZero();
        assertThat(shop.look("report", "--csv").out()).contains("shop,night.csv,,settled,1,,1,1,");
        assertThat(shop.sandbox().book().orders()).hasSize(1);
        assertThat(shop.run("ingest", "--vendor", "shop", broken.toString()).exit())
                .isEqualTo(3);
        assertThat(shop.look("report").out())
                .contains("broken.csv.gz: gzip failed: Not in GZIP format. Have the vendor");
    }

    @Test
    void namesWhatIsWrongWithSourcesWithoutConnecting() {
        Shop.Run check = shop.look(
                "check",
                "--set",
                "posbridge.sources.night.vendor=shob",
                "--set",
                "posbridge.sources.night.host=sftp.example.invalid",
                "--set",
                "posbridge.sources.night.user=chain",
                "--set",
                "posbridge.sources.night.key-file=missing-key",
                "--set",
                "posbridge.sources.night.known-hosts-file=missing-hosts");

        assertThat(check.exit()).isEqualTo(2);
        assertThat(check.err())
                .contains(
                        "posbridge.sources.night.vendor is \"shob\", expected one that has a profile. Did you mean \"shop\"?",
                        "posbridge.sources.night.key-file is \"" + home.resolve("missing-key") + "\", expected a file",
                        "posbridge.sources.night.known-hosts-file is \"" + home.resolve("missing-hosts")
                                + "\", expected a file");
    }

    @Test
    void findsACustomerByEmailAlsoWhatTheyBoughtWithoutTellingIt() {
        shop.changeProfile("  mobile: { from: Phone", "  email: Mail\n      mobile: { from: Phone");
        List<String> rows = new ArrayList<>();
        for (int bon = 1; bon <= 30; bon++) {
            rows.add("S," + bon + ",2026-01-30 12:00,077009000" + (10 + bon) + ",20.00,,A,2,10.00,m" + bon
                    + "@example.com");
        }
        ingestWithMail("night.csv", rows);
        ingestWithMail("more.csv", List.of("S,91,2026-01-31 12:00,07700900017,5.00,,A,1,5.00,"));

        Run found = shop.look("trace", "M7@Example.com");

        assertThat(found.exit()).as(found.out()).isZero();
        assertThat(found.out())
                .containsSubsequence("sale 7  delivered", "mobile_447700900017", "sale 91  delivered")
                .doesNotContain("example.com");
        assertThat(shop.look("trace", "m70@example.com").out())
                .isEqualTo(
                        "Nothing is known of \"m***@example.com\" as record key, order id, number on a receipt, customer or part of a bad row.\n");
    }

    private void ingestWithMail(String name, List<String> rows) {
        Path file = shop.write(
                "files/" + name, Shop.HEADER.replace("Price", "Price,Mail") + String.join("\n", rows) + "\n");
        assertThat(shop.run("ingest", "--vendor", "shop", file.toString()).exit())
                .isZero();
    }
}
