package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.operations.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person sees who did not start it and finds it as it is. */
class StatusTest extends WithShop {
    private static final int SALES = 2_500;

    @Test
    void saysHowFarAnInterruptedFileWasReadAndWhatToType() throws Exception {
        Path file = shop.write(
                "files/night.csv",
                Shop.HEADER
                        + IntStream.range(0, SALES)
                                .mapToObj(bon -> "S,%d,2026-01-30 12:%02d,0770090%04d,10.00,,A,1,10.00%n"
                                        .formatted(10_000 + bon, bon % 60, bon % 900))
                                .collect(Collectors.joining()));
        String[] ingest = {
            "ingest",
            "--vendor",
            "shop",
            file.toString(),
            "--data-dir",
            shop.data().toString(),
            "--set",
            "posbridge.gameball.url=" + shop.sandbox().uri(),
            "--set",
            "posbridge.gameball.quotas=off"
        };
        try (Posbridges processes = new Posbridges(home)) {
            Posbridge killed = processes.startWith(
                    List.of("-Dposbridge.home=" + home, "-Dposbridge.failpoint=AFTER_CHUNK:2"), ingest);
            assertThat(killed.exit()).as(killed.errText()).isEqualTo(86);
        }

        JsonNode reading = Json.tree(json()).path("reading").get(0);
        int stored = reading.path("receipts").asInt();
        assertThat(stored)
                .as("two chunks, or the last with them where it waited")
                .isIn(2_000, SALES);
        assertThat(status())
                .contains("Nothing runs here.\n")
                .containsPattern("Interrupted: shop/night.csv \\[#+\\.*] \\d+ %, " + stored + " receipts stored\n")
                .endsWith("Next: posbridge ingest --vendor shop " + file + "  (goes on after receipt " + stored
                        + "; posbridge run does it too where it lies in the inbox)\n");
        assertThat(reading.path("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(reading.path("bytesRead").asLong()).isBetween(Files.size(file) / 2, Files.size(file));
        assertThat(reading.path("percent").asInt()).isBetween(50, 100);
        assertThat(Json.tree(json()).path("next").get(0).asText()).startsWith("posbridge ingest --vendor shop ");

        assertThat(shop.run("ingest", "--vendor", "shop", file.toString()).exit())
                .isZero();
        assertThat(status()).doesNotContain("Interrupted").doesNotContain("Next:");
        assertThat(shop.sandbox().book().orders()).hasSize(SALES);
    }

    @Test
    void namesWhatLiesInTheInboxAndWhy() throws IOException {
        shop.ingest("night.csv", "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00");
        shop.write("inbox/shop/new.csv", Shop.HEADER);
        shop.write("inbox/shop/.part.csv", Shop.HEADER);
        shop.write("inbox/shop/nacht(1).csv", Shop.HEADER);
        shop.write("inbox/shop/old/a.csv", Shop.HEADER);
        shop.write("inbox/shob/b.csv", Shop.HEADER);
        shop.write("inbox/beside.csv", Shop.HEADER);
        Path inbox = home.resolve("inbox");
        Files.createSymbolicLink(inbox.resolve("shop/link.csv"), home.resolve("files/night.csv"));

        assertThat(status().lines().filter(line -> line.startsWith("In the inbox: ")))
                .containsExactlyInAnyOrder(
                        "In the inbox: " + inbox
                                + "/beside.csv: lies beside the vendors' folders. Move it into one of them.",
                        "In the inbox: " + inbox
                                + "/shob/b.csv: no profile is named \"shob\". Did you mean \"shop\"? Move it, or add the profile.",
                        "In the inbox: " + inbox
                                + "/shop/.part.csv: begins with a dot, as files do that are still being written. Rename it.",
                        "In the inbox: " + inbox
                                + "/shop/link.csv: is a link, and only files are taken. Put the file itself there.",
                        "In the inbox: " + inbox
                                + "/shop/nacht(1).csv: has a name that is not taken, expected letters, digits, dots, blanks, hyphens"
                                + " and underlines, 128 at most. Rename it.",
                        "In the inbox: " + inbox + "/shop/new.csv: nothing runs that takes it. Start: posbridge run",
                        "In the inbox: " + inbox
                                + "/shop/old: is a folder, and is not looked into. Put its files beside it.");
        assertThat(Json.tree(json()).path("inbox"))
                .extracting(file -> file.path("why").asText())
                .containsExactlyInAnyOrder(
                        "vendor-unknown", "vendor-unknown", "hidden", "link", "name", "no-service", "folder");
    }

    @Test
    void saysInWordsWhatBecameOfTheLastFileAndWhatAgreesInTheLedger() {
        shop.ingest("night.csv", "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00");

        assertThat(status())
                .containsPattern(
                        "Last file: shop/night.csv at [^,]+, (read to its end, and not all of it is |)settled\n");
        assertThat(shop.look("status", "--verify").out())
                .isEqualTo("The ledger agrees with itself: 1 single record, 0 sales packed in 0 segments.\n");
    }

    @Test
    void saysHowManyDuplicatesDifferAndThatNothingWasSentAgain() {
        shop.ingest("night.csv", "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00");

        assertThat(shop.ingest("again.csv", "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.01")
                        .out())
                .contains(
                        "1 duplicate differs from what came first, only in what an export may write otherwise; nothing of it"
                                + " was sent again:\n");
        assertThat(shop.sandbox().book().orders()).hasSize(1);
    }

    private String status() {
        return shop.look("status", "--set", "posbridge.inbox=" + home.resolve("inbox"))
                .out();
    }

    private String json() {
        return shop.look("status", "--json", "--set", "posbridge.inbox=" + home.resolve("inbox"))
                .out();
    }
}
