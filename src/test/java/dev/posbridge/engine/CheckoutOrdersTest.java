package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.engine.FaultyNetwork.Trouble;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.SandboxOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Orders and refunds of tills are stored first: whatever happens then, each arrives once. */
@TestInstance(Lifecycle.PER_CLASS)
class CheckoutOrdersTest {
    private final FailingSteps steps = new FailingSteps();
    private EngineFixture engine;
    private FaultyNetwork network;
    private DeskTill till;
    private int visits;
    private String ann;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        engine = EngineFixture.in(folder);
        network = FaultyNetwork.before(engine.sandbox().uri());
        engine.set("posbridge.gameball.url", network.uri())
                .set("posbridge.gameball.answer-timeout", "60s")
                .set("posbridge.checkout.enabled", "true")
                .set("posbridge.checkout.deadline", "60s")
                .bind("failing-steps", steps)
                .start(Engine.Mode.SERVICE);
        till = new DeskTill(engine);
    }

    @AfterAll
    void close() throws IOException {
        till.close();
        engine.close();
        network.close();
    }

    /** Another customer each time, who is part of every key. */
    @BeforeEach
    void another() {
        engine.sandbox().faults().clear();
        ann = "ann" + ++visits;
        await().until(() -> ok(till.ask("customer", "{'customerId':'" + ann + "'}")));
    }

    @Test
    void answersTheSameWhereTheSameIsAskedAgainAndTheNightsFileSendsNothing() {
        JsonNode first = order("R1", "10.00");
        JsonNode again = order("R1", "10.00");
        engine.ingestAndSettle(ann + ".csv", Till.sale(ann + "R1", ann, "10.00"), Till.sale(ann + "R2", ann, "5.00"));

        assertThat(plain(first))
                .isEqualTo("{\"ok\":true,\"state\":\"delivered\",\"key\":\"R1\",\"orderId\":\"generic-csv-R1\","
                        + "\"pointsEarned\":10,\"pointsRedeemed\":0}");
        assertThat(again.toString()).isEqualTo(first.toString().replace("}", ",\"known\":true}"));
        assertThat(orderIds()).containsExactly("generic-csv-R1", "generic-csv-R2");
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    @Test
    void refusesAnotherSaleUnderAKeyThatWasSent() {
        order("R1", "10.00");
        JsonNode changed = order("R1", "11.00");

        assertThat(changed.get("error").asText()).isEqualTo("changed-after-delivery");
        assertThat(records()).containsExactly("sale R1 delivered", "sale R1 dead changed-after-delivery");
    }

    @Test
    void acceptsAnOrderWhileGameballIsAwayAndDeliversItByItself() {
        engine.sandbox().faults().add(Fault.of(Fault.Kind.ERROR));
        await().until(() -> till.ask("balance", "{'customerId':'" + ann + "'}")
                .get("error")
                .asText()
                .equals("unavailable"));
        JsonNode accepted = order("R1", "10.00");

        assertThat(plain(accepted))
                .isEqualTo("{\"ok\":true,\"state\":\"accepted\",\"key\":\"R1\",\"orderId\":\"generic-csv-R1\"}");
        engine.sandbox().faults().clear();
        engine.awaitSettled();
        assertThat(order("R1", "10.00").get("pointsEarned").asInt()).isEqualTo(10);
        engine.assertEqualBooks();
    }

    @Test
    void acceptsAnOrderWhoseAnswerComesTooLate() {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.LATENCY).withPath("orders").withDelay(Duration.ofMillis(700)));
        JsonNode accepted = till.ask(
                "order",
                "{'vendor':'generic-csv','key':'" + ann + "R1','customerId':'" + ann
                        + "','totalPaid':10,'deadline':'200ms'}");

        assertThat(accepted.get("state").asText()).isEqualTo("accepted");
        engine.awaitSettled();
        assertThat(records()).containsExactly("sale R1 delivered");
        engine.assertEqualBooks();
    }

    @Test
    void sendsARefundThatCameBeforeItsSale() {
        JsonNode early = refund("F1", "R1", "4.00");
        assertThat(early.get("state").asText()).as(early.toString()).isEqualTo("accepted");
        assertThat(early.get("reason").asText()).isEqualTo("original-not-found");

        engine.ingestAndSettle(ann + ".csv", Till.sale(ann + "R1", ann, "10.00"));
        assertThat(records()).containsExactly("refund F1 delivered", "sale R1 delivered");
        assertThat(refund("F1", "R1", "4.00").get("pointsTakenBack").asInt()).isEqualTo(4);
        engine.assertEqualBooks();
    }

    @Test
    void takesBackTheWholeOfASaleWithoutBeingToldWhose() {
        order("R1", "10.00");
        JsonNode refund = till.ask(
                "refund", "{'vendor':'generic-csv','key':'" + ann + "F1','original':'" + ann + "R1','whole':true}");

        assertThat(refund.get("state").asText()).isEqualTo("delivered");
        assertThat(engine.sandbox()
                        .book()
                        .order("generic-csv-" + ann + "R1")
                        .orElseThrow()
                        .refunded())
                .isEqualByComparingTo("10.00");
        engine.assertEqualBooks();
    }

    @Test
    void deliversWithoutTheRedemptionWhereTheHoldIsGone() {
        JsonNode reply = till.ask(
                "order",
                "{'vendor':'generic-csv','key':'" + ann + "R1','customerId':'" + ann
                        + "','totalPaid':10,'holdReference':'hold-7'}");

        assertThat(reply.get("state").asText()).as(reply.toString()).isEqualTo("delivered");
        assertThat(reply.get("reason").asText()).isEqualTo("redemption-late");
    }

    @Test
    void tellsWhyAnOrderIsRefusedAndTakesACorrectedOne() {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR)
                        .withPath("orders")
                        .withError(422, 3003)
                        .withCount(1));
        JsonNode refused = order("R1", "10.00");

        assertThat(refused.path("error").asText()).as(refused.toString()).isEqualTo("refused");
        assertThat(refused.at("/gameball/code").asInt()).isEqualTo(3003);
        assertThat(refused.get("key").asText()).isEqualTo(ann + "R1");
        assertThat(order("R1", "9.00").get("state").asText()).isEqualTo("delivered");
        assertThat(records()).containsExactly("sale R1 superseded gameball-refused", "sale R1 delivered");
    }

    @Test
    void storesAnOrderThatNobodyWaitsForAndDoesNothingElseForNobody() {
        till.tell("balance", "{'customerId':'" + ann + "'}");
        till.tell("hold", "{'customerId':'" + ann + "','points':1}");
        till.tell("order", "{'vendor':'generic-csv','key':'" + ann + "R1','customerId':'" + ann + "','totalPaid':10}");
        await().until(() -> records().equals(List.of("sale R1 delivered")));

        assertThat(orderIds()).hasSize(1);
        engine.assertEqualBooks();
    }

    @Test
    void keepsAReceiptThatCannotBeReadAsADeadLetterWhereNobodyWaitsToHearIt() {
        till.tell("order", "{'vendor':'generic-csv','key':'" + ann + "R1','customerId':'" + ann + "','total':10}");
        till.tell("refund", ann + " gave it back" + " ".repeat(70_000));
        till.tell("hold", "{'customerId':'" + ann + "'}");
        assertThat(till.ask("order", ann + " and waits").get("ok").asBoolean()).isFalse();
        await().until(() -> refusedUnheard().size() == 2);

        assertThat(refusedUnheard())
                .anySatisfy(dead -> {
                    assertThat(dead.raw()).contains(ann + "R1");
                    assertThat(dead.message()).contains("on posbridge.checkout.order", "unknown field \"total\"");
                })
                .anySatisfy(dead -> {
                    assertThat(dead.raw()).isNull();
                    assertThat(dead.message()).contains("on posbridge.checkout.refund", "larger than 64 KiB");
                });
        assertThat(orderIds()).isEmpty();
    }

    private List<DeadLetters.DeadLetter> refusedUnheard() {
        return engine.deadLetters().stream()
                .filter(dead -> "request-refused".equals(dead.reason()))
                .toList();
    }

    @Test
    void keepsTheOrderOfACustomerWhoseEarlierSaleCouldNotBeSent() {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.CLOSE)
                        .withPath("orders")
                        .withIds("generic-csv-" + ann + "R1")
                        .withCount(1));
        order("R1", "10.00");
        order("R2", "5.00");
        engine.awaitSettled();

        assertThat(orderIds()).containsExactly("generic-csv-R1", "generic-csv-R2");
        engine.assertEqualBooks();
    }

    @Test
    void asksWhetherAnOrderArrivedThatWasBeingSentWhenItsProcessDied() throws IOException {
        Trouble call = network.next(FaultyNetwork.Fault.HOLD_ANSWER, "orders ", 0);
        till.send("order", session -> session.createTextMessage(sale("R0", "1.00")));
        await().until(() -> !orderIds().isEmpty());
        assertThat(records()).containsExactly("sale R0 sending");
        killAndStartAgain(call::end);

        assertThat(records()).containsExactly("sale R0 delivered");
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    @Test
    void sendsAnOrderThatWasStoredWhenItsProcessDiedBeforeTheCall() throws IOException {
        FailingSteps.Halt beforeItsCall = steps.haltAt("take-receipt");
        till.send("order", session -> session.createTextMessage(sale("R0", "1.00")));
        await().until(beforeItsCall::isReached);
        assertThat(records()).containsExactly("sale R0 pending");
        killAndStartAgain(beforeItsCall::end);

        assertThat(records()).containsExactly("sale R0 delivered");
        assertThat(engine.held().repeatedOrders()).isZero();
        engine.assertEqualBooks();
    }

    /** The process dies now, and another goes on with the ledger as it is. What the first would do yet reaches nobody. */
    private void killAndStartAgain(Runnable end) throws IOException {
        engine.keepAsAKillWouldLeaveIt();
        network.down();
        end.run();
        till.close();
        engine.stop();
        network.up();
        engine.startFromWhatWasKept(Engine.Mode.SERVICE);
        till = new DeskTill(engine);
        engine.awaitSettled();
    }

    private JsonNode order(String key, String total) {
        return till.ask("order", sale(key, total));
    }

    private String sale(String key, String total) {
        return "{'vendor':'generic-csv','key':'%s','customerId':'%s','totalPaid':%s,'soldAt':'2026-01-31T12:00:00Z'}"
                .formatted(ann + key, ann, total)
                .replace('\'', '"');
    }

    private JsonNode refund(String key, String original, String amount) {
        return till.ask(
                "refund",
                "{'vendor':'generic-csv','key':'" + ann + key + "','original':'" + ann + original + "','customerId':'"
                        + ann + "','amount':" + amount + ",'refundedAt':'2026-01-31T13:00:00Z'}");
    }

    /** Without what differs from visit to visit. */
    private String plain(JsonNode reply) {
        return reply.toString().replace(ann, "");
    }

    private List<String> records() {
        return engine.records().stream()
                .filter(text -> text.contains(" " + ann + "R") || text.contains(" " + ann + "F"))
                .map(text -> text.replace(ann, ""))
                .toList();
    }

    private List<String> orderIds() {
        return engine.sandbox().book().orders().stream()
                .filter(order -> order.customerId().equals(ann))
                .map(SandboxOrder::orderId)
                .map(id -> id.replace(ann, ""))
                .toList();
    }

    private static boolean ok(JsonNode reply) {
        return reply.get("ok").asBoolean();
    }
}
