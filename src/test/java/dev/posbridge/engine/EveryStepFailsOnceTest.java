package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.FileState;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.SandboxOrder;
import dev.posbridge.sandbox.SandboxRefund;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever step throws, and whether it had done its work by then or not: the file comes again, the token is not missed,
 * every sale arrives once. The steps are those of the running routes, so a new one is tried by itself.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EveryStepFailsOnceTest {
    /** They end something; a failure before them is the end of the process, which is tested by ending it. */
    private static final Set<String> CLEANING = Set.of("let-go-of-lane", "close-file");

    private static final int MOST_NIGHTS = 5;

    private final FailingSteps steps = new FailingSteps();

    private Path folder;
    private EngineFixture engine;
    private TillQueue tills;
    private int round;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        engine = EngineFixture.in(folder)
                .set("posbridge.account.existing-customers", "fill-gaps")
                .bind("failing-steps", steps);
        tills = new TillQueue(engine);
        engine.start(Engine.Mode.SERVICE);
        tills.connect();
    }

    @AfterAll
    void close() {
        tills.close();
        engine.close();
    }

    Stream<String> steps() {
        return steps.ids().stream().filter(step -> !RequestedFilesTest.STEPS.contains(step));
    }

    Stream<String> stepsThatDoNotClean() {
        return steps().filter(step -> !CLEANING.contains(step));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stepsThatDoNotClean")
    void deliversEverySaleOnceWhereAStepFailsBeforeItsWork(String step) throws IOException {
        deliverWhile(step, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void deliversEverySaleOnceWhereAStepFailsAfterItsWork(String step) throws IOException {
        deliverWhile(step, true);
    }

    /** Which of two ways a record goes may be a race; a step that lies on one of them is reached in one of some nights. */
    private void deliverWhile(String step, boolean after) throws IOException {
        steps.failOnce(step, after);
        for (int nights = 0; nights < MOST_NIGHTS && !steps.hasFailed(); nights++) {
            deliverNight();
        }
        assertThat(steps.hasFailed()).as(step + " was reached").isTrue();
    }

    private void deliverNight() throws IOException {
        String night = "N" + ++round;
        prepareSandbox(night);

        engine.drop(
                night + ".csv",
                Till.customer(night + "-new", "Ann"),
                Till.customer(night + "-existing", "Eve"),
                Till.customer("of-every-night", night),
                Till.sale(night + "-1", night + "-new", "10.00"),
                Till.sale(night + "-2", night + "-lost", "20.00"),
                Till.sale(night + "-3", night + "-refused", "30.00"),
                Till.refund(night + "-4", night + "-1", night + "-new", "4.00"),
                Till.voided(night + "-6", night + "-2", ""),
                Till.event(night + "-5", night + "-new", "survey"));
        tills.send(Till.file(Till.sale(night + "-7", night + "-live", "70.00")));
        tills.sendFiles(Till.file(Till.sale(night + "-8", night + "-live", "80.00")));
        engine.write(folder.resolve("inbox/generic-csv/" + night + ".bad.csv"), "no,header,of,ours\n1,2,3,4\n");

        await().pollInterval(Duration.ofMillis(10)).until(() -> isOver(night));
        assertThat(idsAtTheSandbox(night))
                .containsExactlyInAnyOrder(
                        night + "-1", night + "-2", night + "-4", night + "-6", night + "-7", night + "-8");
        assertThat(engine.held().events()).isLessThanOrEqualTo(round);
        assertThat(engine.files()).noneMatch(file -> file.state() == FileState.STAGING);
        assertThat(engine.records().stream().filter(text -> text.contains(night + "-")))
                .hasSize(10)
                .contains(
                        "sale " + night + "-7 delivered",
                        "sale " + night + "-8 delivered",
                        "sale " + night + "-1 delivered",
                        "sale " + night + "-2 delivered",
                        "sale " + night + "-3 dead gameball-refused",
                        "refund " + night + "-4 delivered",
                        "refund " + night + "-6 delivered")
                .allMatch(text -> text.matches(".* (delivered|superseded|dead .*)"));
        engine.assertEqualBooks();
    }

    /**
     * An order and a refund arrive without an answer; one order is refused, one of a message at first not taken; one customer
     * is there already.
     */
    private void prepareSandbox(String night) {
        engine.createCustomer(night + "-existing");
        engine.sandbox().faults().clear();
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.CLOSE)
                        .withWhen(Fault.When.AFTER)
                        .withPath("orders")
                        .withIds("generic-csv-" + night + "-2")
                        .withCount(1));
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.CLOSE)
                        .withWhen(Fault.When.AFTER)
                        .withPath("transactions/refund")
                        .withIds("generic-csv-" + night + "-4")
                        .withCount(1));
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR)
                        .withIds("generic-csv-" + night + "-3")
                        .withError(422, 3000));
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR)
                        .withWhen(Fault.When.BEFORE)
                        .withPath("orders")
                        .withIds("generic-csv-" + night + "-7")
                        .withCount(1));
    }

    /** What costs little is asked first: it is asked a hundred times a second. */
    private boolean isOver(String night) {
        return inboxAfter(night).isEmpty()
                && engine.ledger().records(night + "-").stream()
                                .filter(one -> one.key().matches(".*-[78]"))
                                .count()
                        == 2
                && engine.ledger().isSettled()
                && engine.files().stream()
                                .filter(file -> file.name().startsWith(night + "."))
                                .count()
                        >= 2;
    }

    private List<Path> inboxAfter(String night) {
        try (Stream<Path> files = Files.list(folder.resolve("inbox/generic-csv"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(night + "."))
                    .toList();
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private List<String> idsAtTheSandbox(String night) {
        return Stream.concat(
                        engine.sandbox().book().orders().stream().map(SandboxOrder::orderId),
                        engine.sandbox().book().refunds().stream().map(SandboxRefund::refundId))
                .map(id -> id.replace("generic-csv-", ""))
                .filter(id -> id.startsWith(night + "-"))
                .toList();
    }
}
