package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.NightBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that comes every Saturday, and this one not. */
class SilentStoresTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/London");
    private static final LocalDate SATURDAY = LocalDate.of(2026, 3, 7);

    @TempDir
    private Path folder;

    @Test
    void namesStoresThatUsuallyComeAndWhenTheyAreLate() {
        try (Shops.Opened opened = Shops.open(Shops.in(folder.resolve("data")), Map.of())) {
            NightBook book = new NightBook(opened.ledger().database());
            Night night = new Night(SATURDAY, ZONE);
            long last = opened.ledger().database().read(handle -> handle.select("select max(id) from file")
                    .mapTo(Long.class)
                    .one());
            for (int week = 1; week <= 4; week++) {
                LocalDate day = SATURDAY.minusWeeks(week);
                brought(
                        opened,
                        last + 10 - week,
                        "31",
                        day,
                        day.atTime(22, 10 + week).atZone(ZONE).toInstant());
                if (week < 3) {
                    brought(
                            opened,
                            last + 20 - week,
                            "32",
                            day,
                            day.atTime(22, 0).atZone(ZONE).toInstant());
                }
            }

            assertThat(SilentStores.of(book, night, night.from().plus(Duration.ofHours(9))))
                    .singleElement()
                    .satisfies(store -> {
                        assertThat(store.store()).isEqualTo("31");
                        assertThat(store.late()).isFalse();
                        assertThat(store.days()).isEqualTo(4);
                        assertThat(store.usual()).isEqualByComparingTo("50");
                        assertThat(store.by())
                                .isEqualTo(SATURDAY.atTime(22, 14).atZone(ZONE).toInstant());
                    });
            assertThat(SilentStores.of(book, night, night.from().plus(Duration.ofHours(11))))
                    .singleElement()
                    .satisfies(store -> assertThat(store.late()).isTrue());
            brought(opened, last + 30, "31", SATURDAY, night.from().plus(Duration.ofHours(11)));
            assertThat(SilentStores.of(book, night, night.from().plus(Duration.ofHours(12))))
                    .isEmpty();
        }
    }

    private static void brought(Shops.Opened opened, long file, String store, LocalDate day, Instant came) {
        opened.ledger().database().update(handle -> {
            handle.execute(
                    "insert into file (id, identity_id, vendor, name, path, content_hash, profile_hash, state, started_at) "
                            + "select ?, min(id), 'acme', ?, '', ?, '', 2, ? from identity",
                    file,
                    "EOD_" + store + "_" + day,
                    "hash " + file,
                    came.toEpochMilli());
            handle.execute(
                    "insert into figure (file_id, identity_id, store, day, weekday, records, sales, sales_e4, largest_e4, "
                            + "refunds, customers, new_customers) select ?, min(id), ?, ?, ?, 5, 5, 500000, 100000, 0, 5, 0 from identity",
                    file,
                    store,
                    day.toString(),
                    day.getDayOfWeek().getValue());
        });
    }
}
