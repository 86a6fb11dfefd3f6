package dev.posbridge.intake.expected;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.intake.expected.ExpectedFiles.Missing;
import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.FileOffer;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.SourceFiles;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.settings.Source;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing when, where nothing but the inbox is watched. */
class ExpectedFilesTest {
    private static final String PROFILE =
            """
            vendor: acme
            format: { type: csv }
            time-zone: Europe/London
            currency: GBP
            %s
            records:
              - kind: sale
                key: "{Id}"
                sold-at: { from: At, patterns: ["yyyy-MM-dd HH:mm"] }
                total-paid: Total
            """;

    @TempDir
    private Path folder;

    private LedgerDatabase database;

    @BeforeEach
    void open() {
        database = LedgerDatabase.open(folder.resolve("ledger.db"));
        LedgerAccount.claim(database, "chain", "test", "GBP");
        new LedgerView(database).madeAt(Instant.parse("2026-01-30T12:00:00Z"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void missesTheFileOfEachStoreFromItsHourOnAndNoLongerOnceItCame() throws Exception {
        ExpectedFiles expected = expected("stores", "", "07, 12");

        assertThat(expected.missing(Instant.parse("2026-01-31T02:59:59Z"))).isEmpty();
        assertThat(expected.missing(Instant.parse("2026-01-31T03:00:00Z")))
                .containsExactly(
                        missing("30", "EOD_07_20260130.csv", "2026-01-31T03:00:00Z"),
                        missing("30", "EOD_12_20260130.csv", "2026-01-31T03:00:00Z"));
        came("EOD_07_20260130.csv");
        assertThat(expected.missing(Instant.parse("2026-01-31T03:00:00Z")))
                .extracting(Missing::file)
                .containsExactly("EOD_12_20260130.csv");
    }

    @Test
    void takesStoresHoursAndZonesFromTheLookUpFileOfTheProfile() throws Exception {
        Files.writeString(
                folder.resolve("stores.csv"),
                "Store,Ready,Zone\n07,23:30,Asia/Dubai\n12,,Europe/London\n15,never,\n18,05:00,\n");
        ExpectedFiles expected = expected(
                "lookups",
                "lookups: { stores: { file: stores.csv, key: Store, expected: { by: Ready, zone: Zone } } }",
                null);

        assertThat(expected.missing(Instant.parse("2026-01-31T06:00:00Z")))
                .containsExactly(
                        missing("30", "EOD_07_20260130.csv", "2026-01-30T19:30:00Z"),
                        missing("30", "EOD_12_20260130.csv", "2026-01-31T03:00:00Z"),
                        missing("30", "EOD_18_20260130.csv", "2026-01-31T05:00:00Z"));
        assertThat(expected.areStoresKnown()).isTrue();
    }

    @Test
    void saysWhenTheProfileListsNoStoresAnyMore() throws Exception {
        assertThat(expected("gone", "", null).areStoresKnown()).isFalse();
    }

    private static Missing missing(String day, String file, String due) {
        return new Missing("eod", "acme", LocalDate.parse("2026-01-" + day), file, Instant.parse(due));
    }

    /** @param stores null where the profile lists them */
    private ExpectedFiles expected(String name, String lookups, String stores) throws IOException {
        Path vendors = Files.createDirectories(folder.resolve(name));
        Files.writeString(vendors.resolve("acme.yaml"), PROFILE.formatted(lookups));
        Path table = folder.resolve("stores.csv");
        if (Files.exists(table)) {
            Files.copy(table, vendors.resolve("stores.csv"));
        }
        Map<String, String> lines = new LinkedHashMap<>(Map.of(
                "posbridge.sources.eod.vendor", "acme",
                "posbridge.sources.eod.expects-file", "EOD_{store}_{date:yyyyMMdd}.csv"));
        if (stores != null) {
            lines.put("posbridge.sources.eod.expects-stores", stores);
        }
        Source source =
                SettingsReader.readOnly(folder, lines).sources().expecting().get(0);
        return new ExpectedFiles(source, Profiles.in(vendors), new SourceFiles(database));
    }

    private void came(String name) {
        new FileBook(database)
                .begin(new FileOffer(
                        "acme", "acme", name, "inbox/" + name, name, "profile", LocalDate.EPOCH, null, false, false));
    }
}
