package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the computed amounts of a file came to, as {@code check} shows it. */
class TallyTest {
    private static final Path BISTRO = Path.of("src/test/resources/vendors/bistro");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-01T06:00:00Z"), ZoneOffset.UTC);

    @Test
    void showsWhatEachPartOfTheEarningBaseCameTo() throws IOException {
        Profile profile = Profiles.in(BISTRO, CLOCK).named("bistro");
        try (InputStream bytes = Files.newInputStream(BISTRO.resolve("night/day.csv"));
                Document document = profile.open("day.csv", bytes)) {
            while (document.hasNext()) {
                document.translate(document.next());
            }
            assertThat(document.tally().lines())
                    .containsExactly(
                            "total-paid: + Total 81.00 - Tip 2.00 - excluded-lines 50.00 - sum of Amount 15.00 = 14.00");
            assertThat(document.tally().underEarningSales()).isZero();
        }
    }

    @Test
    void tellsOfLinesThatComeToMoreThanWasPaidWithoutADiscount() throws IOException {
        String rows = "kind,id,occurred_at,customer_id,total,total_discount,product_id,quantity,unit_price\n"
                + "sale,1,2026-01-31T10:05:00,C-1,12.00,,A,1,12.00\n".repeat(2)
                + "sale,2,2026-01-31T10:05:00,C-1,12.00,2.00,A,1,14.00\n"
                + "sale,3,2026-01-31T10:05:00,C-1,12.00,,A,1,12.00\n";
        Profile profile = Profiles.in(Path.of("config/vendors"), CLOCK).named("generic-csv");
        try (Document document =
                profile.open("day.csv", new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)))) {
            while (document.hasNext()) {
                document.translate(document.next());
            }
            assertThat(document.tally().overEarningSales()).isOne();
            assertThat(document.tally().overEarningAmount()).isEqualByComparingTo("12.00");
        }
    }

    @Test
    void namesWhatADocumentHasInNoReceiptWithItsPath() throws IOException {
        String ticket = "<Ticket no='%d'>%s<Time>2026-01-30T10:00</Time><Total>5.00</Total></Ticket>";
        assertThat(notes(ticket.formatted(1, "") + ticket.formatted(2, "")))
                .singleElement()
                .asString()
                .startsWith("found in no receipt: Card (Card)")
                .endsWith(". Compare the paths with the file: what is never found is as good as not there");
        assertThat(notes(ticket.formatted(1, "") + ticket.formatted(2, "<Card>C1</Card>"))
                        .toString())
                .doesNotContain("Card");
    }

    private static List<String> notes(String tickets) {
        Profile profile = Profiles.in(Path.of("src/test/resources/vendors/elements"), CLOCK)
                .named("elements");
        byte[] bytes = ("<Tickets>" + tickets + "</Tickets>").getBytes(StandardCharsets.UTF_8);
        try (Document document = profile.open("day.xml", new ByteArrayInputStream(bytes))) {
            while (document.hasNext()) {
                document.translate(document.next());
            }
            document.finish();
            return document.tally().lines();
        }
    }

    @Test
    void tellsOfLinesThatComeToLessThanWasPaidOnlyWhereSomebodyEarns() throws IOException {
        String rows = "kind,id,occurred_at,customer_id,total,product_id,quantity,unit_price\n"
                + "sale,1,2026-01-31T10:05:00,C-1,12.00,A,1,10.00\n"
                + "sale,2,2026-01-31T10:05:00,,12.00,A,1,7.00\n";
        Profile profile = Profiles.in(Path.of("config/vendors"), CLOCK).named("generic-csv");
        try (Document document =
                profile.open("day.csv", new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)))) {
            while (document.hasNext()) {
                document.translate(document.next());
            }
            assertThat(document.tally().underEarningSales()).isOne();
            assertThat(document.tally().underEarningAmount()).isEqualByComparingTo("2.00");
        }
    }
}
