package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.NoRoomException;
import dev.posbridge.engine.FaultyNetwork.Fault;
import dev.posbridge.engine.FaultyNetwork.Trouble;
import dev.posbridge.harness.Guard;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What keeps a sale from being lost or doubled does so: with the guard all is well, and without it the same fault shows in
 * the sandbox's book or in ours. A test that could not see the damage would prove nothing with the guard either.
 */
class GuardsTest {
    private static final String PROPERTY = "posbridge.guard.off";

    private EngineFixture engine;
    private FaultyNetwork network;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        engine = EngineFixture.in(folder);
        network = FaultyNetwork.before(engine.sandbox().uri());
        engine.set("posbridge.gameball.url", network.uri());
    }

    @AfterEach
    void close() throws IOException {
        System.clearProperty(PROPERTY);
        engine.close();
        network.close();
    }

    @ParameterizedTest(name = "guard: {0}")
    @ValueSource(booleans = {true, false})
    void anAttemptIsCommittedBeforeItsCallSoThatACrashDoesNotDoubleAnEvent(boolean guarded) {
        switchOff(Guard.ATTEMPT_FIRST, guarded);
        Trouble call = network.next(Fault.HOLD_ANSWER, "events", 0);
        engine.start().ingest("1.csv", Till.event("E1", "ann", "survey"));
        await().until(() -> engine.held().events() == 1);
        engine.keepAsAKillWouldLeaveIt();
        call.end();
        engine.stop();
        engine.startFromWhatWasKept().awaitSettled();

        assertThat(engine.held().events()).isEqualTo(guarded ? 1 : 2);
        assertThat(engine.records()).containsExactly(guarded ? "event E1 dead event-unknown" : "event E1 delivered");
    }

    @ParameterizedTest(name = "guard: {0}")
    @ValueSource(booleans = {true, false})
    void aFileIsAcknowledgedAfterItsCommitSoThatAFailedCommitLosesNothing(boolean guarded) throws IOException {
        switchOff(Guard.ARCHIVE_LAST, guarded);
        engine.start();
        Path file = engine.write("1.csv", Till.sale("R1", "ann", "10.00"));
        engine.ledger().refuse();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> engine.engine().ingestAndTakeAway(file, EngineFixture.VENDOR)))
                .isNotNull();
        engine.ledger().allow();
        boolean offeredAgain = file.toFile().exists();
        if (offeredAgain) {
            await().ignoreExceptionsMatching(NoRoomException.class::isInstance)
                    .until(() -> engine.engine().ingestAndTakeAway(file, EngineFixture.VENDOR) > 0);
        }
        engine.awaitSettled();

        assertThat(offeredAgain).isEqualTo(guarded);
        assertThat(engine.held().orders()).isEqualTo(guarded ? 1 : 0);
    }

    @ParameterizedTest(name = "guard: {0}")
    @ValueSource(booleans = {true, false})
    void anIdThatIsOursIsDeliveredSoThatALostAnswerLosesNoRefund(boolean guarded) {
        switchOff(Guard.OWN_ID_IS_DELIVERED, guarded);
        network.next(Fault.CUT_ANSWER, "transactions/refund", 0);
        engine.start()
                .ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"), Till.refund("R2", "R1", "ann", "4.00"));

        assertThat(engine.held().refunds()).isEqualTo(1);
        assertThat(engine.records())
                .containsExactly(
                        "sale R1 delivered", guarded ? "refund R2 delivered" : "refund R2 dead order-id-reused");
    }

    private static void switchOff(Guard guard, boolean guarded) {
        if (!guarded) {
            System.setProperty(PROPERTY, guard.name());
        }
    }
}
