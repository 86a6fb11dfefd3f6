package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.gameball.Call;
import dev.posbridge.ledger.Attempt;
import dev.posbridge.ledger.JobKind;
import dev.posbridge.ledger.TraceBook;
import dev.posbridge.ledger.TracedRecord;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.Fault.Kind;
import dev.posbridge.sandbox.Fault.When;
import dev.posbridge.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each attempt to deliver a record that failed can be told, with what Gameball answered; a good night writes nothing of it. */
class AttemptsTest {
    @TempDir
    private Path folder;

    private EngineFixture engine;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void tellsWhatGameballAnsweredToEachAttempt() {
        engine = EngineFixture.in(folder).start();
        engine.sandbox()
                .faults()
                .add(refusal(503, 5000, "later").withPath("orders").withCount(2));
        engine.ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"));

        List<Attempt> all = attempts("generic-csv-R1");
        assertThat(all)
                .filteredOn(one -> "POST orders".equals(one.call()))
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.outcome()).isEqualTo("sending");
                    assertThat(one.status()).isEqualTo(503);
                    assertThat(one.apiCode()).isEqualTo(5000);
                    assertThat(one.requestId()).isNotBlank();
                    assertThat(one.message()).contains("later", one.requestId());
                    assertThat(one.sentAt()).isNotNull().isBeforeOrEqualTo(one.endedAt());
                    assertThat(one.list()).isNull();
                });
        assertThat(all)
                .filteredOn(one -> "POST batch/orders/transactions".equals(one.call()))
                .isNotEmpty()
                .allSatisfy(one -> {
                    assertThat(one.outcome()).isEqualTo("pending");
                    assertThat(one.list().kind()).isEqualTo(JobKind.VERIFICATION);
                    assertThat(one.list().gameballId()).isNotBlank();
                });
        assertThat(all.get(all.size() - 1).outcome()).isEqualTo("delivered");
        assertThat(all).extracting(Attempt::number).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void saysThatAnOrderHadArrivedAfterAll() {
        engine = EngineFixture.in(folder).start();
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.CLOSE)
                        .withWhen(When.AFTER)
                        .withPath("orders")
                        .withCount(1));
        engine.ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"));

        assertThat(attempts("generic-csv-R1"))
                .extracting(Attempt::outcome, Attempt::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("sending", null),
                        org.assertj.core.groups.Tuple.tuple("delivered", null));
        assertThat(attempts("generic-csv-R1").get(1).message()).isEqualTo("It had arrived: Gameball was asked.");
    }

    @Test
    void keepsWhatARefusalSaidWhenTheRecordIsReplayed() {
        engine = EngineFixture.in(folder).start();
        engine.sandbox()
                .faults()
                .add(refusal(422, 3003, "channel is invalid").withPath("orders").withCount(1));
        engine.ingestAndSettle("1.csv", Till.sale("R1", "ann", "10.00"));

        Attempt refused = attempts("generic-csv-R1").get(0);
        assertThat(refused.outcome()).isEqualTo("dead");
        assertThat(refused.reason()).isEqualTo("gameball-refused");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.apiCode()).isEqualTo(3003);
        assertThat(refused.requestId())
                .isEqualTo(engine.deadLetters().get(0).requestId())
                .isNotBlank();
    }

    @Test
    void tellsTheListThatCarriedASaleAndWritesNothingOfAGoodNight() {
        startByBatch();
        engine.ingestAndSettle("1.csv", sales(40));

        assertThat(written()).isZero();
        assertThat(attempts("generic-csv-R7")).singleElement().satisfies(one -> {
            assertThat(one.outcome()).isEqualTo("delivered");
            assertThat(one.list().kind()).isEqualTo(JobKind.ORDERS);
            assertThat(one.list().gameballId()).isNotBlank();
            assertThat(one.list().size()).isEqualTo(40);
            assertThat(one.list().result()).isEqualTo("completed");
        });
    }

    @Test
    void tellsThatASaleWasRefusedInAListBeforeItsOwnCall() {
        startByBatch();
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.ERROR)
                        .withIds("generic-csv-R7")
                        .withError(422, 3003)
                        .withMessage("channel is invalid"));
        engine.ingestAndSettle("1.csv", sales(40));

        assertThat(attempts("generic-csv-R7"))
                .extracting(Attempt::call)
                .as("the ledger calls a list as its call is called")
                .containsExactly(Call.ORDERS.words(), Call.ORDER.words());
        Attempt inList = attempts("generic-csv-R7").get(0);
        assertThat(inList.list().size()).isEqualTo(40);
        assertThat(inList.message()).isEqualTo("Gameball refused it in a batch (\"channel is invalid\").");
        assertThat(attempts("generic-csv-R7").get(1).requestId()).isNotBlank();
        assertThat(attempts("generic-csv-R8")).hasSize(1);
    }

    @Test
    void tellsThatAListWasLost() {
        startByBatch();
        engine.sandbox()
                .faults()
                .add(Fault.of(Kind.CLOSE)
                        .withWhen(When.BEFORE)
                        .withPath("batch/orders")
                        .withCount(1));
        engine.ingestAndSettle("1.csv", sales(40));

        List<Attempt> all = attempts("generic-csv-R7");
        assertThat(all.get(0).call()).isEqualTo(Call.ORDERS.words());
        assertThat(all.get(0).outcome()).isEqualTo("sending");
        assertThat(all.get(0).message()).isNotBlank();
        assertThat(all.get(all.size() - 1).outcome()).isEqualTo("delivered");
    }

    private void startByBatch() {
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withJobLatency(Duration.ZERO))
                .set("posbridge.delivery.mode", "batch")
                .start();
    }

    private static Fault refusal(int status, int code, String message) {
        return Fault.of(Kind.ERROR)
                .withWhen(When.BEFORE)
                .withError(status, code)
                .withMessage(message);
    }

    private static Till.Row[] sales(int howMany) {
        return IntStream.range(0, howMany)
                .mapToObj(n -> Till.sale("R" + n, "c" + n, "10.00"))
                .toArray(Till.Row[]::new);
    }

    private List<Attempt> attempts(String order) {
        TraceBook book = new TraceBook(engine.engine().ledger().database());
        List<TracedRecord> found = book.byReceipt(order);
        assertThat(found).hasSize(1);
        return book.attempts(found.get(0));
    }

    private int written() {
        return engine.engine().ledger().database().read(handle -> handle.select("select count(*) from attempt")
                .mapTo(Integer.class)
                .one());
    }
}
