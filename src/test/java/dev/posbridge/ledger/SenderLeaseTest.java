package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.harness.Guard;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.ledger.store.LedgerStore;
import dev.posbridge.pos.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that was paused while another node took over changes nothing: with the guard, and without it all is spoilt. */
class SenderLeaseTest {
    private LedgerAddress ledger;
    private LedgerDatabase paused;
    private LedgerDatabase other;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = TestLedgers.onPostgres(folder.resolve("ledger.db"));
        paused = LedgerDatabase.open(ledger);
        other = LedgerDatabase.open(ledger);
        LedgerAccount.claim(paused, "chain", "test", "GBP");
    }

    @AfterEach
    void close() {
        System.clearProperty("posbridge.guard.off");
        paused.close();
        other.close();
    }

    @ParameterizedTest(name = "guard: {0}")
    @ValueSource(booleans = {true, false})
    void writesAndClaimsNothingOnceAnotherNodeSends(boolean guarded) {
        if (!guarded) {
            System.setProperty("posbridge.guard.off", Guard.SENDER_LEASE.name());
        }
        give(LedgerFixture.sale("R1", "ann", "10.00"), LedgerFixture.sale("R2", "ann", "11.00"));
        try (SenderLease lost =
                SenderLease.take(paused, "paused", SenderLease.UNCLAIMED).orElseThrow()) {
            LaneBook lanes = lanes(paused);
            LaneTurn turn = lanes.turn(lanes.due().get(0));
            Delivery inHand = lanes.claim(turn, 1).deliveries().get(0);
            endLease();
            try (SenderLease now =
                    SenderLease.take(other, "other", SenderLease.UNCLAIMED).orElseThrow()) {
                new JobBook(other).takeOver();
                Outcome late = Outcome.dead(Reason.GAMEBALL_REFUSED, "late");
                Throwable settled =
                        catchThrowable(() -> lanes.settle(List.of(new Settlement(inHand.recordId(), late)), List.of()));
                Throwable claimed = catchThrowable(() -> lanes.claim(turn, 10));

                assertThat(new LedgerView(other).texts())
                        .containsExactly(
                                guarded ? "sale R1 sending" : "sale R1 dead gameball-refused",
                                guarded ? "sale R2 pending" : "sale R2 sending");
                if (guarded) {
                    assertThat(settled)
                            .isInstanceOf(LedgerUnavailableException.class)
                            .hasMessageContaining("this node may not send any more");
                    assertThat(claimed).isInstanceOf(LedgerUnavailableException.class);
                    assertThat(lost.isHeld()).isFalse();
                    assertThat(now.isHeld()).isTrue();
                    // What was in hand is asked about by whoever sends now.
                    assertThat(new JobBook(other).verify(10, Long.MAX_VALUE)).isPresent();
                } else {
                    assertThat(settled).isNull();
                    assertThat(claimed).isNull();
                }
            }
        }
    }

    @Test
    void endsEarlierWhereTheSessionOfTheSenderHasEndedButNotWhereItIsOnlyPaused() throws Exception {
        long epoch = SenderLease.claim(paused, "killed").orElseThrow();
        lasts("1 hour");
        Duration alive;
        try (Connection session = DriverManager.getConnection(ledger.url(), "postgres", "");
                Statement statement = session.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LedgerStore.SENDING + ", " + epoch + ")");
            alive = SenderLease.left(other);
            statement.execute("select pg_advisory_unlock_all()");
        }
        assertThat(alive.minus(SenderLease.left(other)))
                .isGreaterThanOrEqualTo(SenderLease.LASTS.minus(SenderLease.CALLS));
        assertThat(SenderLease.claim(other, "too early")).isEmpty();
        lasts("1400 milliseconds");
        assertThat(SenderLease.left(other)).isZero();
        assertThat(SenderLease.claim(other, "in time")).isPresent();
    }

    @Test
    void holdsTheLockOfItsSessionForAsLongAsItSends() {
        try (SenderLease sends =
                SenderLease.take(paused, "sends", SenderLease.UNCLAIMED).orElseThrow()) {
            assertThat(sends.isHeld()).isTrue();
            assertThat(sessions()).isEqualTo(1);
        }
        paused.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> sessions() == 0);
    }

    @Test
    void lastsToItsEndWhereAnOlderNodeMayHaveIt() {
        SenderLease.claim(paused, "older").orElseThrow();
        lasts("1 hour");
        TestLedgers.execute(
                ledger,
                "insert into node (id, name, version, layout, role, state, problems, ahead, seen) values "
                        + "('b:/data', 'b, process 7', '0.1.0', 10, 'sends', 0, '', 0, clock_timestamp())");
        Duration older = SenderLease.left(other);
        TestLedgers.execute(ledger, "delete from node");
        assertThat(older.minus(SenderLease.left(other)))
                .isGreaterThanOrEqualTo(SenderLease.LASTS.minus(SenderLease.CALLS));
    }

    private void lasts(String time) {
        TestLedgers.execute(ledger, "update sender set until = clock_timestamp() + interval '" + time + "'");
    }

    private int sessions() {
        return other.read(handle -> handle.select(
                        "select count(*) from pg_locks where locktype = 'advisory' and classid = ? and database = "
                                + "(select oid from pg_database where datname = current_database())",
                        LedgerStore.SENDING)
                .mapTo(Integer.class)
                .one());
    }

    private void give(Entry... sales) {
        FileBook files = new FileBook(paused);
        LedgerFile file =
                files.begin(LedgerFixture.live("night.csv", "a night")).file();
        LedgerFixture.store(paused, file, 0, sales);
        files.release(file.id(), sales.length);
    }

    private static LaneBook lanes(LedgerDatabase database) {
        return new LaneBook(database, new LaneRules(64, Duration.ofHours(72), System.nanoTime()));
    }

    /** As if it had not been renewed for long. */
    private void endLease() {
        other.update(handle -> handle.execute("update sender set until = '-infinity'"));
    }
}
