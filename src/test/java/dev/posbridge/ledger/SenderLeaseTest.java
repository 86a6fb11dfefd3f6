package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.harness.Guard;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.pos.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that was paused while another node took over changes nothing: with the guard, and without it all is spoilt. */
class SenderLeaseTest {
    private LedgerDatabase paused;
    private LedgerDatabase other;

    @BeforeEach
    void open(@TempDir Path folder) {
        LedgerAddress ledger = TestLedgers.onPostgres(folder.resolve("ledger.db"));
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
