package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.posbridge.ConfigurationException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
    private final Payloads plain = new Payloads(Merging.NONE);

    @Test
    void saysAWholeSale() {
        assertThat(json(new Payloads(Merging.MOBILE, 14).order(Records.fullSale(Records.REACHABLE), Records.NOON)))
                .isEqualTo("{\"customerId\":\"mobile_966500001234\",\"mobile\":\"+966500001234\","
                        + "\"orderId\":\"acme-07-3-4711\",\"orderDate\":\"2026-01-31T12:00:00.000Z\","
                        + "\"totalPaid\":107.2,\"totalPrice\":107.3,\"totalDiscount\":0.1,\"totalTax\":7.5,"
                        + "\"totalShipping\":0,\"lineItems\":[{\"productId\":\"p-1\",\"sku\":\"sku-1\","
                        + "\"title\":\"Shoes\",\"quantity\":2,\"price\":49.90,\"taxes\":7.50,\"discount\":0.10,"
                        + "\"category\":[\"footwear\"],\"vendor\":\"Cobbler\"}],"
                        + "\"redemption\":{\"pointsHoldReference\":\"HOLD-1\",\"couponsLockReference\":\"LOCK-1\","
                        + "\"couponCodes\":[\"TEN\"]},\"extra\":{\"cashier\":\"88\",\"till\":\"3\"},"
                        + "\"merchant\":{\"uniqueId\":\"chain\",\"name\":\"The Chain\","
                        + "\"branch\":{\"uniqueId\":\"07\",\"name\":\"Harbour\"}},\"channel\":\"pos\","
                        + "\"cashbackConfigurations\":{\"returnWindow\":14}}");
    }

    @Test
    void leavesOutWhatTheTillDoesNotSay() {
        assertThat(json(plain.order(Records.sale(Records.KNOWN_BY_ID, "12.50"), Records.NOON)))
                .isEqualTo("{\"customerId\":\"c-1\",\"orderId\":\"acme-07-3-4711\","
                        + "\"orderDate\":\"2026-01-31T12:00:00.000Z\",\"totalPaid\":12.5}");
        assertThat(json(plain.customer(Records.KNOWN_BY_ID, Records.ROW))).isEqualTo("{\"customerId\":\"c-1\"}");
    }

    @Test
    void saysAWholeCustomer() {
        assertThat(json(plain.customer(Records.everythingKnown(), Records.ROW)))
                .isEqualTo("{\"customerId\":\"mobile_966500001234\",\"referrerCode\":\"REF-9\",\"customerAttributes\":{"
                        + "\"displayName\":\"Jane D.\",\"firstName\":\"Jane\",\"lastName\":\"Doe\","
                        + "\"email\":\"jane@x.org\",\"gender\":\"F\",\"mobile\":\"+966500001234\","
                        + "\"dateOfBirth\":\"1990-05-02\",\"joinDate\":\"2026-01-31\",\"country\":\"SA\","
                        + "\"city\":\"Riyadh\",\"zip\":\"12211\",\"preferredLanguage\":\"ar\","
                        + "\"custom\":{\"club\":\"gold\",\"size\":\"39\"}}}");
    }

    @Test
    void saysARefundWithItsAmountAndLines() {
        Refund refund = Records.refund(null, List.of(Records.SHOES), Records.STORE);
        RefundRequest request =
                plain.refund(refund, Records.KNOWN_BY_ID, "acme-07-3-4711", new BigDecimal("49.90"), Records.NOON);

        assertThat(json(request))
                .isEqualTo("{\"customerId\":\"c-1\",\"refundTransactionId\":\"acme-07-3-4712\","
                        + "\"reverseTransactionId\":\"acme-07-3-4711\","
                        + "\"transactionTime\":\"2026-01-31T12:00:00.000Z\",\"refundAmount\":49.90,"
                        + "\"lineItems\":[{\"productId\":\"p-1\",\"sku\":\"sku-1\",\"title\":\"Shoes\",\"quantity\":2,"
                        + "\"price\":49.90,\"taxes\":7.50,\"discount\":0.10,\"category\":[\"footwear\"],"
                        + "\"vendor\":\"Cobbler\"}],\"merchant\":{\"uniqueId\":\"chain\",\"name\":\"The Chain\","
                        + "\"branch\":{\"uniqueId\":\"07\",\"name\":\"Harbour\"}}}");
    }

    @Test
    void saysAnEvent() {
        assertThat(json(plain.event(Records.event(Records.KNOWN_BY_ID, Map.of("stars", "5")))))
                .isEqualTo("{\"customerId\":\"c-1\",\"events\":{\"survey\":{\"stars\":\"5\"}}}");
    }

    @ParameterizedTest
    @CsvSource({"1E+3, 1000", "0.0000001, 0.0000001", "12345678901234567890.12, 12345678901234567890.12", "0, 0"})
    void writesAmountsExactlyAndPlainly(String amount, String written) {
        assertThat(json(plain.order(Records.sale(Records.KNOWN_BY_ID, amount), Records.NOON)))
                .contains("\"totalPaid\":" + written + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00.0019Z, 2026-01-31T12:00:00.001Z",
        "1999-12-31T23:59:59.999999Z, 1999-12-31T23:59:59.999Z"
    })
    void writesTimesInMilliseconds(Instant at, String written) {
        assertThat(json(plain.order(Records.sale(Records.KNOWN_BY_ID, "1"), at)))
                .contains("\"orderDate\":\"" + written + "\"");
    }

    @ParameterizedTest
    @CsvSource({"NONE, , ", "EMAIL, jane@x.org, ", "MOBILE, , +966500001234"})
    void putsTheMergingIdentifierOnEveryCallAndNoOther(Merging merging, String email, String mobile) {
        Payloads payloads = new Payloads(merging);
        CustomerDetails jane = Records.REACHABLE;
        CustomerRequest customer = payloads.customer(jane, Records.ROW);
        OrderRequest order = payloads.order(Records.sale(jane, "1"), Records.NOON);
        RefundRequest refund = payloads.refund(
                Records.refund(null, List.of(), null), jane, "acme-07-3-4711", BigDecimal.ONE, Records.NOON);
        EventRequest event = payloads.event(Records.event(jane, Map.of()));

        assertThat(Collections.nCopies(4, email))
                .containsExactly(customer.email(), order.email(), refund.email(), event.email());
        assertThat(Collections.nCopies(4, mobile))
                .containsExactly(customer.mobile(), order.mobile(), refund.mobile(), event.mobile());
        assertThat(customer.customerAttributes().email()).isEqualTo("jane@x.org");
        assertThat(customer.customerAttributes().mobile()).isEqualTo("+966500001234");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "MOBILE"})
    void refusesEveryCallThatLacksTheMergingIdentifier(Merging merging) {
        Payloads payloads = new Payloads(merging);
        List<ThrowingCallable> calls = List.of(
                () -> payloads.customer(CustomerDetails.of("c-1", " ", ""), Records.ROW),
                () -> payloads.order(Records.sale(Records.KNOWN_BY_ID, "1"), Records.NOON),
                () -> payloads.order(Payloads.toGuest(Records.sale(null, "1")), Records.NOON),
                () -> payloads.event(Records.event(Records.KNOWN_BY_ID, Map.of())));

        assertThat(calls)
                .allSatisfy(call -> assertRejected(
                        call,
                        Reason.VALUE_MISSING,
                        "the customer has no " + merging.word() + ", expected one on every record because"
                                + " posbridge.account.merging is \"" + merging.word()
                                + "\". Fill in the value and replay, or map it in the profile."));
    }

    @Test
    void sendsEachAnonymousReceiptAsAGuestOfItsOwnIfTheAccountWantsThem() {
        OrderRequest order = new Payloads(Merging.NONE).order(Payloads.toGuest(Records.sale(null, "1")), Records.NOON);
        OrderRequest known = new Payloads(Merging.NONE).order(Records.sale(Records.KNOWN_BY_ID, "1"), Records.NOON);

        assertThat(order.customerId()).isEqualTo("guest-acme-07-3-4711");
        assertThat(order.guest()).isTrue();
        assertThat(known.guest()).isNull();
    }

    @Test
    void refusesWhatHasNoCustomer() {
        String problem = "no customer id. Give the row a customer id, mobile number or e-mail address and replay.";
        assertRejected(() -> plain.order(Records.sale(null, "1"), Records.NOON), Reason.CUSTOMER_MISSING, problem);
        assertRejected(() -> plain.customer(CustomerDetails.ofId(" "), Records.ROW), Reason.CUSTOMER_MISSING, problem);
    }

    @Test
    void refusesANegativeTotal() {
        assertRejected(
                () -> plain.order(Records.sale(Records.KNOWN_BY_ID, "-12.50"), Records.NOON),
                Reason.AMOUNT_INVALID,
                "totalPaid: found \"-12.5\", expected zero or more. Correct the amount, or the sign in the profile,"
                        + " and replay.");
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, , , quantity", "1, -1, , , price", "1, 1, -1, , taxes", "1, 1, , -1, discount"})
    void refusesANegativeLine(
            BigDecimal quantity, BigDecimal price, BigDecimal taxes, BigDecimal discount, String field) {
        LineItem line = new LineItem("p", null, null, quantity, price, taxes, discount, null, null);
        Sale sale = Records.sale(Records.KNOWN_BY_ID, "1", List.of(line));

        assertRejected(
                () -> plain.order(sale, Records.NOON),
                Reason.AMOUNT_INVALID,
                field + ": found \"-1\", expected zero or more. Correct the amount, or the sign in the profile, and"
                        + " replay.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3"})
    void refusesARefundOfNothing(BigDecimal amount) {
        Refund refund = Records.refund(Records.KNOWN_BY_ID, List.of(), null);
        assertRejected(
                () -> plain.refund(refund, refund.customer(), "o", amount, Records.NOON),
                Reason.AMOUNT_INVALID,
                "refundAmount: found \"" + amount + "\", expected more than zero. Correct the amount, or the sign in"
                        + " the profile, and replay.");
    }

    @Test
    void neverMakesARefundWithoutAnAmountBecauseThatTakesBackEverything() {
        assertThatThrownBy(() -> new RefundRequest("c", null, null, "r", "o", Records.NOON, null, null, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("refundAmount");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 7_301})
    void refusesAReturnWindowThatGameballDoesNotTake(int days) {
        assertThatThrownBy(() -> new Payloads(Merging.NONE, days))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("posbridge.account.return-window-days: found \"" + days
                        + "\", expected 0 to 7300. Correct it, or leave it out.");
    }

    @Test
    void leavesOutABranchWithoutAnIdAndAnEmptyMerchant() {
        assertThat(Merchant.of(new Store("chain", null, null, "Harbour"))).isEqualTo(new Merchant("chain", null, null));
        assertThat(Merchant.of(new Store(null, null, null, "Harbour"))).isNull();
    }

    @Test
    void canTakeAReferralOrARedemptionOffForASecondTry() {
        CustomerRequest customer = plain.customer(Records.everythingKnown(), Records.ROW);
        OrderRequest order = plain.order(Records.fullSale(Records.KNOWN_BY_ID), Records.NOON);

        assertThat(json(customer.withoutReferrer()))
                .isEqualTo(json(customer).replace("\"referrerCode\":\"REF-9\",", ""));
        assertThat(json(order.withoutRedemption()))
                .isEqualTo(json(order).replaceAll("\"redemption\":\\{[^}]*},", ""))
                .isNotEqualTo(json(order));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001})
    void refusesABatchOfTheWrongSize(int size) {
        List<String> ids = Collections.nCopies(size, "o");
        assertThatThrownBy(() -> new BatchRequest<>(ids))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a batch has 1 to 1000 objects, not " + size);
    }

    private static void assertRejected(ThrowingCallable call, Reason reason, String problem) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RecordRejectedException.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(reason))
                .hasMessage("EOD_07.csv:118: " + problem);
    }

    private static String json(Object request) {
        try {
            return GameballJson.mapper().writeValueAsString(request);
        } catch (JsonProcessingException failed) {
            throw new AssertionError(failed);
        }
    }
}
