package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ProfileException;
import dev.posbridge.pos.AgainPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile says of receipts that come again and of refunds. */
class AgainTest {
    private static final String REST =
            """
            vendor: shop
            format: { type: csv, header: false, columns: [No, Date, Total] }
            time-zone: Europe/London
            currency: GBP
            records:
              - kind: sale
                key: "{No}"
                sold-at: { from: Date, patterns: [yyyy-MM-dd] }
                total-paid: Total
            """;

    @TempDir
    private Path folder;

    @Test
    void allowsAMinuteAndARefundOfTwiceTheSaleWhereNothingIsSaid() {
        assertThat(again("")).isEqualTo(new AgainPolicy(Duration.ofMinutes(1), BigDecimal.ONE, false));
    }

    @Test
    void readsToleranceCapAndWhatBecomesOfVoidsOfNothing() {
        assertThat(again("again: { time-tolerance: 5s }\nrefunds: { cap: 2.5 %, void-of-nothing: park }"))
                .isEqualTo(new AgainPolicy(Duration.ofSeconds(5), new BigDecimal("0.025"), true));
    }

    @Test
    void knowsHowLongBeforeItsSaleARefundMayBeDated() {
        assertThat(again("plausible: { refund-before-sale: 90m }").beforeSale()).isEqualTo(Duration.ofMinutes(90));
        assertThat(again("plausible: { refund-before-sale: any }").beforeSale()).isNull();
        assertThatThrownBy(() -> again("plausible: { refund-before-sale: soon }"))
                .hasMessageContaining(
                        "shop.yaml:10:34: \"refund-before-sale\" is \"soon\", expected a time with its unit, "
                                + "such as 90m, 24h or 3d, or any.");
    }

    @Test
    void refusesARefundThatIsDatedBeforeItsSaleUnlessItSaysOnlyTheDay() {
        Instant sold = Instant.parse("2026-01-31T14:00:00Z");
        AgainPolicy policy = again("");
        assertThat(policy.tooEarly("day.csv:3", sold.minusSeconds(3600), "shop-1", sold))
                .isNull();
        assertThat(policy.tooEarly("day.csv:3", sold.minusSeconds(3601), "shop-1", sold))
                .isEqualTo("day.csv:3: the refund is of 2026-01-31T12:59:59Z, before its sale \"shop-1\" of "
                        + "2026-01-31T14:00:00Z, expected at most 1 h before it. Correct the date, or the till's clock, and "
                        + "replay. Where its sales are dated later, set plausible.refund-before-sale in the profile.");
        AgainPolicy byDay = policyOf(REST + "  - { kind: refund, key: '{No}', original: '{Total}', amount: Total, "
                + "sold-at: { from: Date, patterns: [yyyy-MM-dd, yyyy-MM-dd HH:mm] } }\n");
        Instant midnight = Instant.parse("2026-01-31T00:00:00Z");
        assertThat(byDay.tooEarly("day.csv:3", midnight, "shop-1", sold)).isNull();
        assertThat(byDay.tooEarly("day.csv:3", midnight.plusSeconds(60), "shop-1", sold))
                .startsWith("day.csv:3: the refund is of 2026-01-31T00:01:00Z");
        assertThat(byDay.tooEarly("day.csv:3", midnight.minusSeconds(86_400), "shop-1", sold))
                .startsWith("day.csv:3: the refund is of 2026-01-30T00:00:00Z");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> again("again: { time-tolerance: 2h }\nrefunds: { cap: 5, void-of-nothing: keep }"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("shop.yaml:10:26: \"time-tolerance\" is \"2h\", expected a time with its unit, "
                        + "such as 60s, of one hour at most.")
                .hasMessageContaining(
                        "shop.yaml:11:17: \"cap\" is \"5\", expected a percentage of the sale's total such as 5%.")
                .hasMessageContaining("shop.yaml:11:37: ")
                .hasMessageContaining("skip, park");
        assertThatThrownBy(() -> again("again: { time-tolerence: 1m }"))
                .hasMessageContaining("Did you mean \"time-tolerance\"?");
    }

    private AgainPolicy again(String more) {
        return policyOf(REST + more);
    }

    private AgainPolicy policyOf(String profile) {
        try {
            Files.writeString(folder.resolve("shop.yaml"), profile);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return Profiles.in(folder).named("shop").again();
    }
}
