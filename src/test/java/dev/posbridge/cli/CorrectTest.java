package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Posbridges.Posbridge;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.document.Json;
import dev.posbridge.sandbox.SandboxOrder;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectTest extends WithShop {
    private static final String ANN = "S,1,2026-01-30 12:00,07700900001,100.00,,A,10,10.00";
    private static final String BOB = "S,2,2026-01-30 12:05,07700900002,7.00,,B,1,7.00";
    private static final String ANN_CORRECTED = "S,1,2026-01-30 12:00,07700900001,10.00,,A,10,1.00";

    @Test
    void saysBeforehandWhatPointsGoBackAndThatReturnsAreGivenAgain() {
        shop.ingest("night.csv", ANN);
        shop.ingest("returns.csv", "R,90,2026-01-31 12:00,07700900001,100.00,1,A,10,10.00");

        Run look = correct("--file", "night.csv", "--with", file("fixed.csv", ANN_CORRECTED), "--dry-run");

        assertThat(look.out())
                .contains("  points      100 were given for them and go back, unless a return took them back already\n")
                .contains(
                        "  calls       0 refunds, one by one, and 1 order, besides those of what is returned again; ");
    }

    @Test
    void takesAWrongOrderBackAndSendsTheCorrectedOneWhichLaterReturnsFind() {
        shop.ingest("night.csv", ANN, BOB);

        Run corrected = correct("--file", "night.csv", "--with", file("fixed.csv", ANN_CORRECTED, BOB));

        assertThat(corrected.exit()).as(corrected.err()).isZero();
        assertThat(corrected.out())
                .contains("Orders to be taken back and sent as they should have been: 1\n"
                        + "  money       100.00 GBP delivered, 10.00 as it should be\n"
                        + "  points      100 were given for them and go back\n"
                        + "  calls       1 refund, one by one, and 1 order; about 1s at our share of the quotas\n")
                .contains("    shop-1: 100.00 -> 10.00\n")
                .containsPattern("shop/fixed.csv +2 +1 +1 +0 +0 +0");
        assertThat(order("shop-1").refunded()).isEqualByComparingTo("100");
        assertThat(order("shop-1~2").totalPaid()).isEqualByComparingTo("10");
        assertThat(net()).isEqualByComparingTo("17");

        assertThat(shop.ingest("return.csv", "R,90,2026-02-01 12:00,07700900001,4.00,1,A,4,1.00")
                        .exit())
                .isZero();
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("4");
        assertThat(shop.look("audit").out()).contains("correct  1  night.csv: pence");
        assertThat(shop.look("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
    }

    @Test
    void doesNothingTheSecondTimeAndKnowsBothFilesAgain() {
        shop.ingest("night.csv", ANN, BOB);
        String fixed = file("fixed.csv", ANN_CORRECTED, BOB);
        correct("--file", "night.csv", "--with", fixed);

        Run again = correct("--file", "night.csv", "--with", fixed);

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out()).contains("as they should have been: 0\n");
        assertThat(shop.ingest("night-again.csv", ANN, "S,3,2026-01-30 12:07,07700900003,1.00,,B,1,1.00")
                        .out())
                .containsPattern("shop/night-again.csv +2 +1 +1 +0 +0 +0");
        assertThat(shop.sandbox().book().orders()).hasSize(4);
        assertThat(net()).isEqualByComparingTo("18");
    }

    @Test
    void correctsWhatWasCorrectedBefore() {
        shop.ingest("night.csv", ANN);
        correct("--file", "night.csv", "--with", file("fixed.csv", ANN_CORRECTED));

        Run second = correct(
                "--file",
                "fixed.csv",
                "--with",
                file("better.csv", "S,1,2026-01-30 12:00,07700900001,12.00,,A,10,1.20"));

        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("10");
        assertThat(order("shop-1~3").totalPaid()).isEqualByComparingTo("12");
        assertThat(shop.ingest("return.csv", "R,90,2026-02-01 12:00,07700900001,1.20,1,A,1,1.20")
                        .exit())
                .isZero();
        assertThat(order("shop-1~3").refunded()).isEqualByComparingTo("1.2");
    }

    @Test
    void returnsOfTheCorrectedOrderWhatWasReturnedOfTheWrongOne() {
        shop.ingest("night.csv", ANN, "R,90,2026-01-31 12:00,07700900001,4.00,1,A,4,1.00");

        Run corrected = correct("--file", "night.csv", "--with", file("fixed.csv", ANN_CORRECTED));

        assertThat(corrected.exit()).as(corrected.err()).isZero();
        assertThat(corrected.out()).contains("  returned    4.00 GBP of it already, which is returned again");
        assertThat(order("shop-1").refunded()).isEqualByComparingTo("100");
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("4");
        assertThat(net()).isEqualByComparingTo("6");
    }

    @Test
    void takesTheCorrectionThatCameAlreadyAsADeadLetterWhichNamesTheCommand() {
        shop.ingest("night.csv", ANN, BOB);
        Run changed = shop.ingest("later.csv", ANN_CORRECTED);
        assertThat(changed.exit()).isEqualTo(3);
        assertThat(shop.look("dead-letters", "list").out())
                .contains(
                        "later.csv:2: receipt \"1\" was delivered before and says something else now: total was 100.00 GBP, "
                                + "is 10.00 GBP")
                .contains("posbridge correct --records \"1\"");

        Run corrected = correct("--records", "1");

        assertThat(corrected.exit()).as(corrected.err()).isZero();
        assertThat(net()).isEqualByComparingTo("17");
    }

    @Test
    void onlyTakesBackWhatShouldNeverHaveBeenSent() {
        shop.ingest("night.csv", ANN, BOB);

        Run reversed = correct("--records", "shop-1", "--reverse-only");

        assertThat(reversed.exit()).as(reversed.err()).isZero();
        assertThat(net()).isEqualByComparingTo("7");
        assertThat(correct("--records", "shop-1", "--reverse-only").out())
                .contains("Orders to be taken back: 0\nNot corrected: \"shop-1\" was taken back before.\n");
        assertThat(shop.sandbox().book().refunds()).hasSize(1);
    }

    @Test
    void replacesWhatWasNotSentYet() {
        shop.ingest("before.csv", "S,9,2026-01-29 12:07,07700900003,1.00,,B,1,1.00");
        assertThat(shop.run("pause", "--reason", "wrong prices").exit()).isZero();
        shop.ingest("night.csv", ANN, BOB);

        Run corrected = correct("--file", "night.csv", "--with", file("fixed.csv", ANN_CORRECTED, BOB));

        assertThat(corrected.exit()).isEqualTo(4);
        shop.run("resume");
        shop.ingest("other.csv", "S,3,2026-01-30 12:07,07700900003,1.00,,B,1,1.00");
        assertThat(net()).isEqualByComparingTo("19");
        assertThat(order("shop-1").totalPaid()).isEqualByComparingTo("10");
        assertThat(shop.look("report").out()).containsPattern("superseded +1 +100.00");
    }

    @Test
    void saysInADryRunWhatItWouldDoAndDoesNothing() {
        shop.ingest("night.csv", ANN, BOB);
        String fixed = file("fixed.csv", ANN_CORRECTED, BOB, "S,3,2026-01-30 12:07,07700900003,1.00,,B,1,1.00");

        Run look = correct("--file", "night.csv", "--with", fixed, "--dry-run");

        assertThat(look.exit()).as(look.err()).isZero();
        assertThat(look.out())
                .isEqualTo("Dry run: nothing is changed.\n"
                        + "Orders to be taken back and sent as they should have been: 1\n"
                        + "  money       100.00 GBP delivered, 10.00 as it should be\n"
                        + "  points      100 were given for them and go back\n"
                        + "  calls       1 refund, one by one, and 1 order; about 1s at our share of the quotas\n"
                        + "  not undone  points that customers have spent since (a balance may fall below zero), points and "
                        + "coupons that paid for an order (not spent again), tiers, messages that Gameball sent\n"
                        + "    shop-1: 100.00 -> 10.00\n"
                        + "The same as before (duplicate): 1\n"
                        + "New, delivered as any other: 1\n");
        JsonNode json = Json.tree(correct("--file", "night.csv", "--with", fixed, "--dry-run", "--json")
                .out());
        assertThat(json.path("orders").asInt()).isEqualTo(1);
        assertThat(json.path("corrected").decimalValue()).isEqualByComparingTo("10");
        assertThat(shop.sandbox().book().refunds()).isEmpty();
        assertThat(shop.look("report").out()).doesNotContain("fixed.csv");
    }

    @Test
    void isNoDifferenceForReconcileWhoseRepairLeavesItAlone() {
        shop.ingest("night.csv", ANN, BOB, "R,90,2026-01-31 12:00,07700900001,4.00,1,A,4,1.00");
        correct("--file", "night.csv", "--with", file("fixed.csv", ANN_CORRECTED, BOB));
        correct("--records", "shop-2", "--reverse-only");
        assertThat(net()).isEqualByComparingTo("6");
        int refunds = shop.sandbox().book().refunds().size();

        for (String[] command : new String[][] {{"reconcile"}, {"reconcile", "--repair"}, {"reconcile"}}) {
            Run compared = shop.run(command);
            assertThat(compared.exit()).as(compared.out() + compared.err()).isZero();
            assertThat(compared.out()).doesNotContain("Differences");
        }

        shop.ingest("other.csv", "S,3,2026-01-30 12:07,07700900003,1.00,,B,1,1.00");
        assertThat(net()).isEqualByComparingTo("7");
        assertThat(shop.sandbox().book().refunds()).hasSize(refunds);
        assertThat(shop.look("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
    }

    @Test
    void isToldByReconcileOfALedgerThatWasPutBackAndGivenAgainSendsNothingTwice() throws Exception {
        shop.ingest("night.csv", ANN, BOB);
        assertThat(shop.look("backup", home.resolve("copy.db").toString()).exit())
                .isZero();
        String fixed = file("fixed.csv", ANN_CORRECTED, BOB);
        correct("--file", "night.csv", "--with", fixed);
        String[] returned = {"R,90,2026-02-01 12:00,07700900001,4.00,1,A,4,1.00"};
        shop.ingest("return.csv", returned);
        assertThat(net()).isEqualByComparingTo("13");
        Files.copy(home.resolve("copy.db"), shop.data().resolve("ledger.db"), StandardCopyOption.REPLACE_EXISTING);

        Run compared = shop.run("reconcile", "--repair");

        assertThat(compared.exit()).isEqualTo(3);
        assertThat(compared.out())
                .contains(
                        "order \"shop-1\": Gameball has refund \"shop-1~reversed\" of 100, which is not known here. The"
                                + " order was corrected (posbridge correct) after the copy that was put back was made: give the same"
                                + " command again before its returns come. What Gameball has of it is not sent twice.");
        Run again = correct("--file", "night.csv", "--with", fixed);
        assertThat(again.exit()).as(again.out() + again.err()).isZero();
        assertThat(shop.ingest("return-again.csv", returned).exit()).isZero();
        assertThat(net()).isEqualByComparingTo("13");
        assertThat(shop.sandbox().book().orders()).hasSize(3);
        assertThat(shop.sandbox().book().refunds()).hasSize(2);
        assertThat(shop.run("reconcile").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AFTER_REPLAY", "AFTER_REFUND:30", "BEFORE_REFUND:280", "WITHIN_WAKING:100", "WITHIN_WAKING:250"
            })
    void isRightToTheCentThoughItIsKilledInTheMiddle(String failpoint) throws Exception {
        int orders = 300;
        shop.ingest("night.csv", many(orders, 100));
        assertThat(net()).isEqualByComparingTo(Integer.toString(orders * 100));
        String fixed = file("fixed.csv", many(orders, 1));
        String[] command = {
            "correct",
            "--file",
            "night.csv",
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
        Run again = shop.run("correct", "--file", "night.csv", "--with", fixed, "--reason", "pence");

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(net()).isEqualByComparingTo(Integer.toString(orders));
        assertThat(shop.sandbox().book().refunds()).hasSize(orders);
        assertThat(shop.sandbox().book().orders()).hasSize(2 * orders);
        assertThat(shop.look("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
        assertThat(shop.look("held", "list").out()).isEqualTo("Nothing is held.\n");
        String report = shop.look("report").out();
        assertThat(report).containsPattern("held +0 ").containsPattern("pending +0 ");
    }

    @Test
    void saysWhatIsWrongWithItsOptions() {
        shop.ingest("night.csv", ANN);
        assertThat(correct().err()).isEqualTo("Say which orders: --file F or --records LIST, one of the two.\n");
        assertThat(correct("--file", "other.csv").err())
                .isEqualTo("\"other.csv\": no file of this name was taken in. See: posbridge report\n");
        assertThat(correct("--file", "shop/nigth.csv").err())
                .isEqualTo(
                        "\"shop/nigth.csv\": no file of this name was taken in. Did you mean \"night.csv\"? See: posbridge"
                                + " report\n");
        assertThat(correct("--records", "1", "--with", "x.csv").err())
                .isEqualTo("--with is read by a vendor's profile: name it with --vendor V.\n");
        assertThat(correct("--file", "night.csv", "--with", "x.csv", "--reverse-only")
                        .err())
                .isEqualTo(
                        "Give --with FILE or --reverse-only, not both: the one sends corrected sales, the other none.\n");
        assertThat(correct("--file", "night.csv", "--with", "x.csv").err())
                .isEqualTo("x.csv: there is no such file in " + Path.of("").toAbsolutePath()
                        + ". Name the file with the corrected sales.\n");
    }

    @Test
    void returnsWhatTheCorrectedFileSaysWasReturnedWithinTheWrongNight() {
        String[] wrong = {
            ANN,
            BOB,
            "R,90,2026-01-30 12:30,07700900001,40.00,1,A,4,10.00",
            "R,91,2026-01-30 12:31,07700900002,7.00,2,B,1,7.00"
        };
        String[] right = {ANN_CORRECTED, BOB, "R,90,2026-01-30 12:30,07700900001,4.00,1,A,4,1.00", wrong[3]};
        shop.ingest("night.csv", wrong);
        String fixed = file("fixed.csv", right);

        Run corrected = correct("--file", "night.csv", "--with", fixed);

        assertThat(corrected.exit()).as(corrected.out() + corrected.err()).isZero();
        assertThat(order("shop-1").refunded()).isEqualByComparingTo("100");
        assertThat(order("shop-1~2").totalPaid()).isEqualByComparingTo("10");
        assertThat(order("shop-1~2").refunded()).isEqualByComparingTo("4");
        assertThat(net()).isEqualByComparingTo("6");
        assertThat(shop.look("dead-letters", "list").out()).isEqualTo("No dead letters.\n");
        assertThat(shop.look("held", "list").out()).isEqualTo("Nothing is held.\n");
        int refunds = shop.sandbox().book().refunds().size();
        for (String[] again : new String[][] {wrong, right}) {
            assertThat(shop.ingest("again-" + again[0].hashCode() + ".csv", again)
                            .exit())
                    .isZero();
        }
        assertThat(correct("--file", "night.csv", "--with", fixed).exit()).isZero();
        assertThat(shop.run("reconcile").exit()).isZero();
        assertThat(shop.look("status", "--verify").exit()).isZero();
        assertThat(shop.sandbox().book().refunds()).hasSize(refunds);
        assertThat(net()).isEqualByComparingTo("6");
    }

    @Test
    void saysOfEachListedOrderWhyItIsNotCorrected() {
        shop.ingest("night.csv", many(30, 2));
        shop.ingest("later.csv", "R,90,2026-01-31 12:00,07700900001,1.00,1001,A,1,1.00", BOB);

        for (String dryRun : List.of("--dry-run", "--json")) {
            assertThat(correct("--records", "1001,10O2,shop-10030", dryRun))
                    .isEqualTo(new Run(
                            2,
                            "",
                            "--records names \"10O2\", \"shop-10030\", found no sale that has this key or order id. Did you mean"
                                    + " \"1002\"? Nothing is corrected. See: posbridge trace RECEIPT\n"));
        }
        assertThat(correct("--records", "90").err())
                .startsWith(
                        "--records names \"90\", which is a refund, expected sales and returns of which something else was"
                                + " said since.");
        assertThat(correct("--records", "1001,shop-1002", "--dry-run").out())
                .contains(
                        "Orders to be taken back and sent as they should have been: 0\n",
                        "Not corrected: \"1001\" was delivered, and nothing else was said of it since. Give what is right with"
                                + " --with FILE, or take it back with --reverse-only.\n",
                        "Not corrected: \"shop-1002\" was delivered,");
        assertThat(shop.sandbox().book().refunds()).hasSize(1);
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

    private static String[] many(int orders, int each) {
        String[] rows = new String[orders];
        for (int order = 0; order < orders; order++) {
            rows[order] = "S,%d,2026-01-30 12:%02d,0770090%04d,%d.00,,A,1,%d.00"
                    .formatted(1000 + order, order % 60, order, each, each);
        }
        return rows;
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
