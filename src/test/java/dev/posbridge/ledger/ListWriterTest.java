package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.delivery.ListWriter;
import dev.posbridge.gameball.BatchRequest;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.Merging;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written straight from the ledger's text is what a sale, a request and the mapper make of it. */
class ListWriterTest {
    private static final String[] TEXTS = {
        "x", "Tea", "", " ", "\"\\/\b\f\n\r\t\u0000\u001f\u007f{[:,]}", "\u00e9\u2028", "\ud83c\udf75", "}],", "\\"
    };

    private final Random random = new Random(7);

    @Test
    void saysWhateverATillMaySayAsTheMapperSaysIt() throws IOException {
        Payloads payloads = new Payloads(Merging.NONE, 30);
        for (int list = 0; list < 200; list++) {
            ListWriter writer = new ListWriter(1, 30);
            List<Object> orders = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Sale sale = sale(null);
                Instant time = sale.soldAt().plusMillis(random.nextInt(1_000));
                if (writer.order(canonical(sale), time)) {
                    orders.add(payloads.order(sale, time));
                }
            }

            assertThat(orders).isNotEmpty();
            assertThat(text(writer)).isEqualTo(json(new BatchRequest<>(orders)));
        }
    }

    @Test
    void saysWhoACustomerIsAsTheMapperSaysIt() throws IOException {
        Payloads payloads = new Payloads(Merging.NONE);
        ListWriter writer = new ListWriter(1, null);
        List<Object> customers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Sale sale = sale(null);
            assertThat(writer.customer(canonical(sale))).isTrue();
            customers.add(payloads.customer(sale.customer(), sale.position()));
        }

        assertThat(text(writer)).isEqualTo(json(new BatchRequest<>(customers)));
    }

    @Test
    void leavesWhatIsNotPlainToOthersAndNothingOfItBehind() {
        ListWriter writer = new ListWriter(1, null);

        assertThat(writer.order(canonical(sale(new Redemption("hold", null, List.of()))), Instant.EPOCH))
                .isFalse();
        assertThat(writer.order(text("{\"key\":\"R1\",\"orderId\":\"acme-R1\"}"), Instant.EPOCH))
                .isFalse();
        assertThat(writer.order(new byte[0], Instant.EPOCH)).isFalse();
        assertThat(writer.body()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.01", "1E+3", "1E-7"})
    void leavesAmountsThatAreNotWrittenAsTheyStandToOthers(String amount) {
        String sale =
                "{\"key\":\"R1\",\"orderId\":\"acme-R1\",\"customer\":{\"id\":\"ann\"},\"totalPaid\":{\"amount\":";
        String line = "2,\"currency\":\"GBP\"},\"lines\":[{\"title\":\"Tea\",\"price\":";
        ListWriter writer = new ListWriter(1, null);

        assertThat(writer.order(text(sale + amount + ",\"currency\":\"GBP\"}}"), Instant.EPOCH))
                .isFalse();
        assertThat(writer.order(text(sale + line + amount + "}]}"), Instant.EPOCH))
                .isFalse();
        assertThat(writer.order(text(sale + line + "0.10}]}"), Instant.EPOCH)).isTrue();
        assertThat(text(writer))
                .isEqualTo(
                        "{\"body\":[{\"customerId\":\"ann\",\"orderId\":\"acme-R1\",\"orderDate\":\"1970-01-01T00:00:00.000Z\","
                                + "\"totalPaid\":2,\"lineItems\":[{\"title\":\"Tea\",\"price\":0.10}]}]}");
    }

    private Sale sale(Redemption redemption) {
        return new Sale(
                Position.ofRow("night.csv", 17),
                "R1",
                "acme-" + some(),
                customer(),
                Instant.ofEpochSecond(random.nextInt()),
                LocalDate.of(2026, 1, 31),
                money(),
                maybe(this::money),
                maybe(this::money),
                maybe(this::money),
                maybe(this::money),
                random.nextBoolean() ? List.of() : List.of(line(), line()),
                maybe(() -> new Store(maybe(this::some), maybe(this::some), maybe(this::some), maybe(this::some))),
                maybe(this::some),
                redemption,
                random.nextBoolean() ? Map.of() : Map.of("b" + some(), some(), "a" + some(), some()));
    }

    private CustomerDetails customer() {
        return new CustomerDetails(
                "c" + some(),
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                maybe(() -> LocalDate.of(1980, 2, 29)),
                maybe(() -> LocalDate.of(2020, 1, 1)),
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                random.nextBoolean() ? Map.of() : Map.of("club", some()));
    }

    private LineItem line() {
        return new LineItem(
                maybe(this::some),
                maybe(this::some),
                maybe(this::some),
                number(),
                number(),
                maybe(this::number),
                maybe(this::number),
                maybe(this::some),
                maybe(this::some));
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    /** Nothing empty: that is left out, and was null when it is read. */
    private String some() {
        return TEXTS[random.nextInt(TEXTS.length)] + 'y';
    }

    private Money money() {
        return new Money(number(), Currency.getInstance("GBP"));
    }

    private BigDecimal number() {
        return BigDecimal.valueOf(random.nextInt(20_000), random.nextInt(4));
    }

    private static byte[] canonical(Sale sale) {
        return text(CanonicalJson.write(sale));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ListWriter writer) {
        return new String(writer.body(), StandardCharsets.UTF_8);
    }

    private static String json(Object value) throws IOException {
        return GameballJson.mapper().writeValueAsString(value);
    }
}
