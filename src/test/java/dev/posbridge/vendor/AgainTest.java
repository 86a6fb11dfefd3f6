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
        try {
            Files.writeString(folder.resolve("shop.yaml"), REST + more);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return Profiles.in(folder).named("shop").again();
    }
}
