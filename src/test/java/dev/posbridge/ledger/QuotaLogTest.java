package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of one process, as the next one counts them. */
class QuotaLogTest {
    private static final long OFF_MILLIS = 300_000;

    @TempDir
    private Path folder;

    @Test
    void writesByTheServersClockWhereANodesOwnIsFiveMinutesBehind() {
        try (LedgerDatabase database = LedgerDatabase.open(TestLedgers.onPostgres(folder.resolve("ledger.db")))) {
            // Seen from here that is the same: the server's clock is ahead.
            database.update(handle -> {
                handle.execute("create function public.clock_timestamp() returns timestamptz language sql as "
                        + "'select pg_catalog.clock_timestamp() + interval ''5 minutes'''");
                handle.execute("do $$ begin execute 'alter database ' || current_database() || "
                        + "' set search_path = public, pg_catalog'; end $$");
            });
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (LedgerDatabase database = LedgerDatabase.open(TestLedgers.onPostgres(folder.resolve("ledger.db")))) {
            QuotaLog log = new QuotaLog(database);
            log.keep(List.of(new QuotaLog.Call("ORDERS", now)));

            long written = database.read(handle ->
                    handle.select("select sent_at from quota").mapTo(Long.class).one());
            assertThat(written).isCloseTo(now.toEpochMilli() + OFF_MILLIS, within(2_000L));
            assertThat(log.read(List.of())).singleElement().satisfies(call -> assertThat(call.at())
                    .isCloseTo(now, within(2, ChronoUnit.SECONDS)));
        }
    }
}
