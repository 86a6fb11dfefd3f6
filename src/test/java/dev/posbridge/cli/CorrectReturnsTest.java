package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.sandbox.SandboxOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Returns that were delivered with a wrong amount, in another file than their sales. */
class CorrectReturnsTest extends WithShop {
    private static final String ANN = "S,1,2026-01-30 12:00,07700900001,100.00,,A,10,10.00";
    private static final String WRONG_RETURN = "R,90,2026-01-31 12:00,07700900001,40.00,1,A,4,10.00";
    private static final String RIGHT_RETURN = "R,90,2026-01-31 12:00,07700900001,4.00,1,A,4,1.00";

    @Test
    void takesTheOrderBackAndReturnsWhatIsRightOfItsRevision() {
        shop.ingest("night.csv", ANN);
        shop.ingest("returns.csv", WRONG_RETURN);
        assertThat(net()).isEqualByComparingTo("60");
        String fixed = file("fixed.csv", RIGHT_RETURN);

        Run look = correct("--file", "returns.csv", "--with", fixed, "--dry-run");
        assertThat(look.out())
                .contains("Orders to be taken back and sent as they should have been: 1\n"
                        + "  money       100.00 GBP delivered, 100.00 as it should be\n"
                        + "  returned    40.00 GBP of it already,")
                .contains("    shop-1: 100.00, for the sake of what was returned of it (90)\n");
        assertThat(net()).isEqualByComparingTo("60");

        Run corrected = correct("--file", "returns.csv", "--with", fixed);

        assertThat(corrected.exit()).as(corrected.out() + corrected.err()).isZero();
        assertThat(order("shop-1").refunded()).isEqualByComparingTo("100");
        assertThat(order("shop-1~2").totalPaid()).isEqualByComparingTo("100");
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("4");
        assertThat(net()).isEqualByComparingTo("96");
        assertIsWellAndKnown(ANN, WRONG_RETURN, RIGHT_RETURN);
        assertThat(correct("--file", "returns.csv", "--with", fixed).out()).contains("as they should have been: 0\n");
        shop.ingest("later.csv", "R,91,2026-02-01 12:00,07700900001,2.00,1,A,2,1.00");
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("6");
    }

    @Test
    void returnsWhatDidNotArriveOfAnOrderThatWasCorrectedBefore() {
        shop.ingest("night.csv", ANN);
        shop.ingest("returns.csv", WRONG_RETURN);
        Run sales = correct(
                "--file", "night.csv", "--with", file("n.csv", "S,1,2026-01-30 12:00,07700900001,10.00,,A,10,1.00"));
        assertThat(sales.exit()).as("40.00 cannot be returned of 10.00").isEqualTo(3);
        assertThat(net()).isEqualByComparingTo("10");
        String fixed = file("fixed.csv", RIGHT_RETURN);
        assertThat(correct("--file", "returns.csv", "--with", fixed, "--dry-run")
                        .out())
                .contains("as they should have been: 0\n"
                        + "Orders that stay, of which is returned what did not arrive as it was said first: 1\n");

        Run corrected = correct("--file", "returns.csv", "--with", fixed);

        assertThat(corrected.exit()).as(corrected.out() + corrected.err()).isZero();
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("4");
        assertThat(shop.sandbox().book().orders()).hasSize(2);
        assertThat(net()).isEqualByComparingTo("6");
        assertIsWellAndKnown(WRONG_RETURN, RIGHT_RETURN);
    }

    @Test
    void takesBackOnceMoreWhatWasReturnedToTheFullOfARevisedOrder() {
        shop.ingest("night.csv", ANN);
        shop.ingest("returns.csv", "R,90,2026-01-31 12:00,07700900001,60.00,1,A,6,10.00");
        correct("--file", "night.csv", "--with", file("n.csv", "S,1,2026-01-30 12:00,07700900001,50.00,,A,10,5.00"));
        assertThat(net()).as("60.00 were capped at 50.00").isEqualByComparingTo("0");

        Run corrected = correct(
                "--file",
                "returns.csv",
                "--with",
                file("fixed.csv", "R,90,2026-01-31 12:00,07700900001,30.00,1,A,6,5.00"));

        assertThat(corrected.exit()).as(corrected.out() + corrected.err()).isZero();
        assertThat(order("shop-1~3").totalPaid()).isEqualByComparingTo("50");
        assertThat(order("shop-1~3").refunded()).isEqualByComparingTo("30");
        assertThat(net()).isEqualByComparingTo("20");
        assertIsWellAndKnown();
    }

    @Test
    void correctsTheSaleOfAReturnThatWasCorrectedFirst() {
        shop.ingest("night.csv", ANN);
        shop.ingest("returns.csv", WRONG_RETURN);
        correct("--file", "returns.csv", "--with", file("fixed.csv", RIGHT_RETURN));

        Run sales = correct(
                "--file", "night.csv", "--with", file("n.csv", "S,1,2026-01-30 12:00,07700900001,10.00,,A,10,1.00"));

        assertThat(sales.exit()).as(sales.out() + sales.err()).isZero();
        assertThat(order("shop-1~3").totalPaid()).isEqualByComparingTo("10");
        assertThat(order("shop-1~3").refunded()).isEqualByComparingTo("4");
        assertThat(net()).isEqualByComparingTo("6");
        assertIsWellAndKnown(RIGHT_RETURN);
    }

    @Test
    void takesTheWordThatCameAlreadyAndTheNewestOfSeveral() {
        shop.ingest("night.csv", ANN);
        shop.ingest("returns.csv", WRONG_RETURN);
        shop.ingest("second.csv", "R,90,2026-01-31 12:00,07700900001,8.00,1,A,4,2.00");
        shop.ingest("third.csv", RIGHT_RETURN);
        assertThat(shop.look("dead-letters", "list").out())
                .contains(
                        "third.csv:2: receipt \"90\" was delivered before and says something else now: amount was 40.00"
                                + " GBP, is 4.00 GBP")
                .contains("posbridge correct --records \"90\" --dry-run --reason T; without --dry-run it takes back the"
                        + " order, sends it again as it was and returns what this says.");

        Run corrected = correct("--records", "90");

        assertThat(corrected.exit()).as(corrected.out() + corrected.err()).isZero();
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("4");
        assertThat(net()).isEqualByComparingTo("96");
        assertIsWellAndKnown();
    }

    @Test
    void leavesToAPersonWhatTakesSomethingElseBackNow() {
        shop.ingest("night.csv", ANN, "S,2,2026-01-30 12:05,07700900001,50.00,,A,5,10.00");
        shop.ingest("returns.csv", WRONG_RETURN);

        Run corrected = correct(
                "--file",
                "returns.csv",
                "--with",
                file("fixed.csv", "R,90,2026-01-31 12:00,07700900001,4.00,2,A,4,1.00"));

        assertThat(corrected.exit()).isEqualTo(3);
        assertThat(corrected.out())
                .contains(
                        "Not corrected: return \"90\": it was a return of order \"shop-1\", and is one of another now. Correct"
                                + " it at Gameball by hand, then: posbridge dead-letters discard ID --reason T\n");
        assertThat(net()).isEqualByComparingTo("110");
    }

    @Test
    void saysThatNothingIsLeftToCorrectOfAnOrderThatWasTakenBack() {
        shop.ingest("night.csv", ANN);
        shop.ingest("returns.csv", WRONG_RETURN);
        correct("--records", "1", "--reverse-only");

        assertThat(correct("--file", "returns.csv", "--with", file("fixed.csv", RIGHT_RETURN))
                        .out())
                .contains(
                        "Not corrected: return \"90\": order \"shop-1\" was taken back, and with it what was returned of it."
                                + " Nothing is left to correct: posbridge dead-letters discard ID --reason T\n");
        assertThat(net()).isEqualByComparingTo("0");
    }

    @Test
    void saysOfAReturnThatNothingElseWasSaidOfIt() {
        shop.ingest("night.csv", ANN, WRONG_RETURN);

        assertThat(correct("--records", "90"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "--records names \"90\", which is a refund, expected sales and returns of which something else was said"
                                + " since. Give what is right with --with FILE; one that should not be there at all cannot be"
                                + " taken back from here: correct it at Gameball by hand.\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFTER_REPLAY", "AFTER_REFUND:20", "BEFORE_REFUND:70", "WITHIN_WAKING:50"})
    void isRightToTheCentThoughItIsKilledInTheMiddle(String failpoint) throws Exception {
        int orders = 60;
        shop.ingest("night.csv", rows(orders, "S,%d,2026-01-30 12:00,0770090%04d,10.01,,A,1,10.01"));
        shop.ingest("returns.csv", rows(orders, "R,9%d,2026-01-31 12:00,0770090%04d,4.00,%1$d,A,1,4.00"));
        String fixed = file("fixed.csv", rows(orders, "R,9%d,2026-01-31 12:00,0770090%04d,0.04,%1$d,A,1,0.04"));
        String[] command = {
            "correct",
            "--file",
            "returns.csv",
            "--with",
            fixed,
            "--reason",
            "pence",
            "--data-dir",
            shop.data().toString(),
            "--set",
            "posbridge.gameball.url=" + shop.sandbox().uri(),
            "--set",
            "posbridge.gameball.quotas=off"
        };

        try (Posbridges processes = new Posbridges(home)) {
            Posbridge killed = processes.startWith(
                    List.of("-Dposbridge.home=" + home, "-Dposbridge.failpoint=" + failpoint), command);
            assertThat(killed.exit()).as(killed.errText()).isEqualTo(86);
        }
        Run again = shop.run("correct", "--file", "returns.csv", "--with", fixed, "--reason", "pence");

        assertThat(again.exit()).as(again.out() + again.err()).isZero();
        assertThat(net()).isEqualByComparingTo("598.20");
        assertThat(shop.sandbox().book().orders()).hasSize(2 * orders);
        assertThat(shop.sandbox().book().refunds()).hasSize(3 * orders);
        assertIsWellAndKnown();
    }

    private static String[] rows(int count, String row) {
        return IntStream.range(0, count)
                .mapToObj(number -> row.formatted(1000 + number, number))
                .toArray(String[]::new);
    }

    /** @param rows that come again and change nothing */
    private void assertIsWellAndKnown(String... rows) {
        int refunds = shop.sandbox().book().refunds().size();
        for (String row : rows) {
            Run again = shop.ingest("again-" + Integer.toHexString(row.hashCode()) + ".csv", row);
            assertThat(again.exit()).as(row + again.out() + again.err()).isZero();
        }
        assertThat(shop.sandbox().book().refunds()).hasSize(refunds);
        assertThat(shop.look("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
        assertThat(shop.look("held", "list").out()).isEqualTo("Nothing is held.\n");
        Run compared = shop.run("reconcile");
        assertThat(compared.exit()).as(compared.out()).isZero();
        Run verified = shop.look("status", "--verify");
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    }

    private Run correct(String... arguments) {
        List<String> all = new ArrayList<>(List.of("correct", "--reason", "pence"));
        all.addAll(List.of(arguments));
        return shop.run(all.toArray(new String[0]));
    }

    private String file(String name, String... rows) {
        return shop.write("files/" + name, Shop.HEADER + String.join("\n", rows) + "\n")
                .toString();
    }

    private SandboxOrder order(String id) {
        return shop.sandbox().book().orders().stream()
                .filter(order -> order.orderId().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no order " + id));
    }

    private BigDecimal net() {
        return shop.sandbox().book().orders().stream()
                .map(order -> order.totalPaid().subtract(order.refunded()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
