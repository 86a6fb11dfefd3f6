package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.posbridge.cli.Shop.Run;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.operations.document.Json;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.SandboxOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dead letters of rows, records and files: looked at, corrected, replayed, discarded. */
class DeadLettersTest extends WithShop {
    private static final String GOOD = "S,1,2026-01-31 12:00,07700900001,10.00,,A,1,10.00";
    private static final String BAD_PHONE = "S,2,2026-01-31 12:05,nobody,20.00,,B,1,20.00";
    private static final String SECOND_LINE = "S,2,2026-01-31 12:05,nobody,20.00,,=C,2,0.00";

    @Test
    void aCorrectedReceiptArrivesOnceAndCountsOnce() throws Exception {
        assertThat(shop.ingest("a.csv", GOOD, BAD_PHONE, SECOND_LINE).exit()).isEqualTo(3);
        Path sheet = home.resolve("correct.csv");
        Run export = shop.look("dead-letters", "export", "--reason", "phone-invalid", "--to", sheet.toString());
        assertThat(export.out())
                .isEqualTo("Wrote the rows of 1 dead letter to " + sheet
                        + ". Correct them, then: posbridge dead-letters replay --from " + sheet + "\n");
        String told =
                ",a.csv,3,\"a.csv:3:4: vendor shop: phone number \"\"****dy\"\" is not valid, expected a mobile number"
                        + " of region GB. Correct the number and replay, or set region in the profile.\"\r\n";
        assertThat(Files.readString(sheet))
                .isEqualTo("\ufeffdead-letter-id,reason,Type,Bon,Time,Phone,Total,Orig,Sku,Qty,Price,"
                        + "dead-letter-file,dead-letter-line,dead-letter-message\r\n"
                        + "1,phone-invalid,S,2,2026-01-31 12:05,nobody,20.00,,B,1,20.00" + told
                        + "1,phone-invalid,S,2,2026-01-31 12:05,nobody,20.00,,'=C,2,0.00" + told);

        Files.writeString(
                sheet, Files.readString(sheet).replace("nobody", "07700900002").replace(',', ';'));
        Run replay = shop.run("dead-letters", "replay", "--from", sheet.toString());

        assertThat(replay.exit()).isZero();
        assertThat(replay.out()).startsWith("Replayed 1 dead letter: 1 due.\n");
        assertThat(shop.sandbox().book().orders())
                .extracting(SandboxOrder::orderId, SandboxOrder::customerId)
                .containsExactlyInAnyOrder(
                        tuple("shop-1", "mobile_447700900001"), tuple("shop-2", "mobile_447700900002"));
        assertOutcomes("in 2", "delivered 2", "dead 0", "duplicate 0");
        assertThat(shop.run("dead-letters", "replay", "--from", sheet.toString())
                        .out())
                .startsWith("Replayed 1 dead letter: 1 closed before.\n");
        assertThat(shop.look("dead-letters", "summary").out())
                .isEqualTo("Account sandbox (test): 0 open dead letters.\n");
        assertThat(shop.ingest(
                                "a-again.csv",
                                GOOD,
                                BAD_PHONE,
                                SECOND_LINE,
                                "S,3,2026-01-31 12:05,07700900003,1.00,,A,1,1.00")
                        .exit())
                .as("the same bad row once more is known as corrected")
                .isZero();
        assertThat(shop.sandbox().book().totals().orders()).isEqualTo(3);
        assertThat(shop.sandbox().book().totals().repeatedOrders()).isZero();
    }

    @Test
    void todaysProfileHealsWhatYesterdaysCouldNotRead() {
        shop.ingest("a.csv", GOOD, "S,2,31.01.2026 12:05,07700900002,20.00,,B,1,20.00");
        shop.changeProfile("[\"yyyy-MM-dd HH:mm\"]", "[\"yyyy-MM-dd HH:mm\", \"dd.MM.yyyy HH:mm\"]");

        assertThat(shop.run("dead-letters", "replay", "--vendor", "shop").exit())
                .isZero();

        assertThat(shop.sandbox().book().order("shop-2")).isPresent();
        assertOutcomes("in 2", "delivered 2", "dead 0");
    }

    /** Until then what is wrong stood before the vendor's columns. */
    @Test
    void aSheetOfAnEarlierVersionIsReadByTheNamesOfItsColumns() {
        shop.ingest("a.csv", GOOD, BAD_PHONE, SECOND_LINE);
        String told = "1,phone-invalid,a.csv,3,\"what, was wrong\",";
        Path sheet = shop.write(
                "sheet.csv",
                "dead-letter-id,reason,dead-letter-file,dead-letter-line,dead-letter-message," + Shop.HEADER
                        + told + BAD_PHONE.replace("nobody", "07700900002") + '\n'
                        + told + SECOND_LINE.replace("nobody", "07700900002") + '\n');

        assertThat(shop.run("dead-letters", "replay", "--from", sheet.toString())
                        .exit())
                .isZero();
        assertThat(shop.sandbox().book().order("shop-2")).isPresent();
    }

    @Test
    void theSameFileOnceMoreIsNoSuccessWhileItsDeadLettersAreOpen() {
        shop.ingest("a.csv", GOOD, BAD_PHONE);

        Run again = shop.ingest("a.csv", GOOD, BAD_PHONE);

        assertThat(again.exit()).isEqualTo(3);
        assertThat(again.err())
                .endsWith("1 dead letter of these files, from when they came before, is still open and needs a person."
                        + " See: posbridge dead-letters list\n");
        assertThat(again.out()).contains("known");
        shop.run("dead-letters", "discard", "--reason", "nobody knows", "1");
        assertThat(shop.ingest("a.csv", GOOD, BAD_PHONE).exit()).isZero();
    }

    @Test
    void whatIsStillBadIsANewDeadLetterWithTheNewReason() {
        shop.ingest("a.csv", GOOD, BAD_PHONE);
        Path sheet = shop.write(
                "sheet.csv",
                "dead-letter-id,reason," + Shop.HEADER
                        + "1,phone-invalid,S,2,2026-01-31 12:05,07700900002,2O.00,,B,1,20.00\n");

        Run replay = shop.run("dead-letters", "replay", "--from", sheet.toString());

        assertThat(replay.exit()).isEqualTo(3);
        assertThat(replay.out()).startsWith("Replayed 1 dead letter: 1 dead again.\n");
        assertThat(replay.err())
                .endsWith("1 dead letter and 0 rejected files need a person. See: posbridge dead-letters list\n");
        assertThat(shop.look("dead-letters", "list", "--all").out().lines())
                .satisfiesExactly(
                        old -> assertThat(old).startsWith("     1  phone-invalid          (replayed) a.csv:3:4: "),
                        current -> assertThat(current).startsWith("     2  amount-invalid         a.csv:3:5: "));
        assertThat(shop.look("dead-letters", "show", "1").out())
                .endsWith("It is dead again, as dead letter 2. A sheet with the old id works, too.\n");
        assertOutcomes("in 2", "delivered 1", "dead 1");
    }

    @Test
    void aReceiptThatWasDeliveredMeanwhileIsADuplicate() {
        shop.ingest("a.csv", GOOD, BAD_PHONE);
        String corrected = "S,2,2026-01-31 12:05,07700900002,20.00,,B,1,20.00";
        shop.ingest("b.csv", corrected);
        Path sheet =
                shop.write("sheet.csv", "dead-letter-id,reason," + Shop.HEADER + "1,phone-invalid," + corrected + "\n");

        Run replay = shop.run("dead-letters", "replay", "--from", sheet.toString());

        assertThat(replay.exit()).isZero();
        assertThat(replay.out()).startsWith("Replayed 1 dead letter: 1 duplicate.\n");
        assertThat(shop.sandbox().book().totals().orders()).isEqualTo(2);
        assertOutcomes("in 3", "delivered 2", "duplicate 1", "dead 0");
    }

    @Test
    void whatGameballRefusedGoesOutAgainUnderItsOrderId() {
        shop.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR)
                        .withPath("orders")
                        .withError(422, 3003)
                        .withMessage("no"));
        Run ingest = shop.ingest("a.csv", GOOD);
        assertThat(ingest.exit()).isEqualTo(3);
        assertThat(shop.look("dead-letters", "show", "1").out())
                .contains("HTTP status    422\n")
                .contains("Gameball code  3003\n")
                .contains("attempts       1\n")
                .contains("  S,1,2026-01-31 12:00,07700900001,10.00,,A,1,10.00\n");
        shop.sandbox().faults().clear();

        assertThat(shop.run("dead-letters", "replay", "1").exit()).isZero();

        assertThat(shop.sandbox().book().orders())
                .extracting(SandboxOrder::orderId)
                .containsExactly("shop-1");
        assertOutcomes("in 1", "delivered 1", "dead 0");
    }

    @Test
    void aDiscardedOneStaysCountedButAsksNobodyAnyMore() {
        shop.ingest("a.csv", GOOD, BAD_PHONE);

        Run discard = shop.look("dead-letters", "discard", "--reason", "a test sale", "1");

        assertThat(discard.out()).isEqualTo("Discarded 1 dead letter.\n");
        assertThat(shop.look("dead-letters", "discard", "--reason", "a test sale", "1")
                        .out())
                .isEqualTo("Discarded 0 dead letters. Closed before: 1 (discarded).\n");
        assertThat(shop.look("dead-letters", "summary").out())
                .isEqualTo("Account sandbox (test): 0 open dead letters.\n");
        assertThat(shop.look("dead-letters", "show", "1").out())
                .contains("state          discarded at ")
                .contains("why discarded  a test sale\n");
        assertOutcomes("in 2", "delivered 1", "dead 1");
        assertThat(shop.ingest("b.csv", "S,9,2026-01-31 12:05,07700900009,1.00,,A,1,1.00")
                        .exit())
                .isZero();
        assertThat(shop.run("dead-letters", "replay", "1").out())
                .startsWith("Replayed 1 dead letter: 1 closed before.\n");
        assertThat(shop.sandbox().book().order("shop-2")).isEmpty();
    }

    @Test
    void aRejectedFileIsTakenInAgainUnderItsName() throws Exception {
        Path file = shop.write("files/a.csv", Shop.HEADER.replace("Phone", "Tel") + GOOD + "\n");
        assertThat(shop.run("ingest", "--vendor", "shop", file.toString()).exit())
                .isEqualTo(3);
        shop.changeProfile("from: Phone", "from: Tel");

        Run replay = shop.run("dead-letters", "replay", "--level", "file");

        assertThat(replay.exit()).isZero();
        assertThat(shop.sandbox().book().order("shop-1")).isPresent();
        assertThat(shop.look("dead-letters", "summary").out())
                .isEqualTo("Account sandbox (test): 0 open dead letters.\n");
        try (var left = Files.walk(shop.data().resolve("rejected")).filter(Files::isRegularFile)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void besideARunningServiceItOnlyStores() {
        shop.ingest("a.csv", GOOD, BAD_PHONE);
        shop.changeProfile("region: GB", "region: FR");
        try (DataFolder held = DataFolder.tryTake(shop.data(), "posbridge run").orElseThrow()) {
            assertThat(held).isNotNull();
            Run replay = shop.run("dead-letters", "replay", "1");
            assertThat(replay.out())
                    .isEqualTo("Replayed 1 dead letter: 1 dead again. The data folder is in use: the running service "
                            + "delivers them. See: posbridge status\n");
            shop.changeProfile("mobile: { from: Phone, as: e164, region: FR }", "first-name: Phone");
            shop.changeProfile("mobile_{mobile}", "{Phone}");
            assertThat(shop.run("dead-letters", "replay", "2").out()).startsWith("Replayed 1 dead letter: 1 due.");
        }
        assertOutcomes("in 2", "delivered 1", "dead 0", "pending 1");
        assertThat(shop.sandbox().book().order("shop-2")).isEmpty();
        shop.ingest("b.csv", "S,9,2026-01-31 12:05,07700900009,1.00,,A,1,1.00");
        assertThat(shop.sandbox().book().order("shop-2")).isPresent();
    }

    @Test
    void refusesWhatItCannotDoAndSaysWhatCanBeDone() throws Exception {
        assertThat(shop.look("dead-letters", "summary"))
                .isEqualTo(
                        new Run(
                                2,
                                "",
                                shop.data()
                                        + ": found no ledger, nothing was taken in here yet. Take files in first (posbridge "
                                        + "ingest --vendor V FILE, or posbridge run), or name the folder that holds the ledger with --data-dir.\n"));
        assertThat(shop.data()).doesNotExist();
        shop.ingest("a.csv", GOOD, BAD_PHONE);
        assertRefused("There is no dead letter 7. See: posbridge dead-letters list --all", "dead-letters", "show", "7");
        assertRefused(
                "Say which dead letters: ids, or --vendor, --file, --level, a reason code, or --every.",
                "dead-letters",
                "replay");
        assertRefused(
                "--reason is blank, expected why they are discarded, in your own words.",
                "dead-letters",
                "discard",
                "--reason",
                " ",
                "1");
        assertRefused(
                "There is no open dead letter with rows to correct. See: posbridge dead-letters summary",
                "dead-letters",
                "export",
                "--reason",
                "key-reused",
                "--to",
                home.resolve("x.csv").toString());
        for (String command : List.of("list", "replay", "export", "discard")) {
            List<String> typed = new ArrayList<>(List.of("dead-letters", command, "--vendor", "shob"));
            typed.addAll(
                    switch (command) {
                        case "export" -> List.of("--to", home.resolve("x.csv").toString());
                        case "discard" -> List.of("--reason", "known");
                        default -> List.<String>of();
                    });
            assertRefused(
                    "--vendor is \"shob\", found no profile and no file of that name. Did you mean \"shop\"? Known here:"
                            + " shop.",
                    typed.toArray(new String[0]));
        }
        assertThat(shop.look("dead-letters", "list", "--reason", "phone-invalit")
                        .err())
                .startsWith("reason \"phone-invalit\": no such reason code. Did you mean \"phone-invalid\"?");
        Path there = shop.write("there.csv", "");
        assertRefused(
                there + ": is there already. Name another file with --to.",
                "dead-letters",
                "export",
                "--to",
                there.toString());
        Path renamed = shop.write("sheet.csv", "dead-letter-id,reason,Type,Receipt\n1,x,S,2\n");
        assertRefused(
                renamed
                        + ":1: found columns \"Type, Receipt\", expected those of a.csv: \"Type, Bon, Time, Phone, Total, "
                        + "Orig, Sku, Qty, Price\". Keep the columns and their order.",
                "dead-letters",
                "replay",
                "--from",
                renamed.toString());
        Path two = shop.write(
                "two.csv",
                "dead-letter-id,reason," + Shop.HEADER + "1,x," + GOOD + "\n1,x," + GOOD.replace("S,1", "S,5") + "\n");
        assertRefused(
                "The rows of dead letter 1 are 2 receipts, expected one. Give its rows one receipt number; another "
                        + "receipt goes into a file of its own.",
                "dead-letters",
                "replay",
                "--from",
                two.toString());
        Path idless = shop.write("idless.csv", "dead-letter-id,reason," + Shop.HEADER + "one,x," + GOOD + "\n");
        assertRefused(
                idless + ":2:1: dead-letter-id is \"one\", expected a number. Every row of a receipt carries the "
                        + "receipt's id.",
                "dead-letters",
                "replay",
                "--from",
                idless.toString());
        assertOutcomes("in 2", "delivered 1", "dead 1");
    }

    private void assertRefused(String message, String... arguments) {
        assertThat(shop.run(arguments)).isEqualTo(new Run(2, "", message + "\n"));
    }

    /** The report of everything, which must add up whatever was replayed. */
    private void assertOutcomes(String... words) {
        String json = shop.look("report", "--json").out();
        var root = Json.tree(json);
        for (String word : words) {
            String name = word.substring(0, word.indexOf(' '));
            long count = Long.parseLong(word.substring(name.length() + 1));
            long found = name.equals("in")
                    ? root.path("records").asLong()
                    : root.path("outcomes").path(name).asLong(-1);
            assertThat(found).as(name).isEqualTo(count);
        }
    }
}
