package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.ledger.ForgetBook;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.Person;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.SandboxSettings;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error that a till can be told, and that a request which is none does nothing. */
@TestInstance(Lifecycle.PER_CLASS)
class CheckoutErrorsTest {
    private EngineFixture engine;
    private DeskTill till;

    @BeforeAll
    void open(@TempDir Path folder) {
        engine = EngineFixture.in(folder, SandboxSettings.defaults().withOtp("246810"))
                .set("posbridge.checkout.enabled", "true")
                .set("posbridge.checkout.deadline", "60s")
                .set("posbridge.account.unknown-customers", "create-with-contact")
                .start(Engine.Mode.SERVICE);
        till = new DeskTill(engine);
        engine.createCustomer("ann");
    }

    @AfterAll
    void close() {
        till.close();
        engine.close();
    }

    @BeforeEach
    void letItBeWell() {
        engine.sandbox().faults().clear();
        await().until(() -> ok(till.ask("balance", "{'customerId':'ann'}")));
    }

    @Test
    void doesNotCreateACustomerAgainWhoWasForgotten() {
        new ForgetBook(engine.engine().ledger().database())
                .bury(new Person("zed-17", Set.of("447700900177"), Set.of()));

        for (String request : List.of(
                "{'customerId':'zed-17','mobile':'+447700900177'}",
                "{'customerId':'another','mobile':'+447700900177'}")) {
            JsonNode reply = till.ask("customer", request);

            assertThat(error(reply)).isEqualTo("customer-unknown");
            assertThat(reply.get("message").asText())
                    .isEqualTo("The customer was forgotten (posbridge forget) and is not created again.");
        }
        assertThat(engine.sandbox().book().customer("zed-17")).isEmpty();
        assertThat(engine.sandbox().book().customer("another")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "balance | {'custmerId':'ann'} | \"customerId\": found nothing, expected the customer's id, or a qr. unknown field \"custmerId\". Did you mean \"customerId\"?",
                "balance | {'customerId':7} | \"customerId\": found 7, expected a text of 1 to 100 characters.",
                "balance | ['ann'] | The request is no JSON object. Send one.",
                "balance | {'customerId':'ann','customerId':'bob'} | The request is no JSON: Duplicate field 'customerId'",
                "balance | {'customerId':'ann','deadline':'soon'} | \"deadline\": found \"soon\", expected a time with a unit, like 1500ms or 2s.",
                "hold | {'customerId':'ann','points':1,'amount':1} | \"points\": found 1, expected exactly one of points, amount, ruleId, more than zero.",
                "hold | {'qr':'ann12345','points':1} | \"qr\": found \"ann12345\", expected a customer id with six digits behind it, without customerId and hash beside it.",
                "history | {'customerId':'ann','limit':201} | \"limit\": found 201, expected a whole number from 1 to 200.",
                "order | {'vendor':'generic-cvs','key':'R','customerId':'ann','totalPaid':1} | vendor \"generic-cvs\": no such profile in config/vendors. Did you mean \"generic-csv\"?",
                "order | {'vendor':'generic-csv','customerId':'ann','totalPaid':-1} | \"key\": found nothing, expected the key that the vendor's profile makes, or, in keyParts, its parts id.",
                "order | {'vendor':'generic-csv','key':'R','customerId':'ann','totalPaid':1,'soldAt':'2099-01-01T00:00:00Z'} | \"soldAt\": found \"2099-01-01T00:00:00Z\", expected a time that is not in the future.",
                "order | {'vendor':'generic-csv','key':'R','customerId':'ann','totalPaid':1,'lines':[{'price':1,'qty':2}]} | unknown field \"lines[0].qty\".",
                "refund | {'vendor':'generic-csv','key':'F','original':'R','amount':1,'whole':true} | \"amount\": found 1, expected an amount of more than zero, or \"whole\": true.",
                "customer | {'customerId':'ann','mobile':'07700 900123'} | \"mobile\": found \"07700 900123\", expected a number with plus sign and country, like +447700900123."
            })
    void refusesARequestThatIsNoneAndSaysWhatIsExpected(String operation, String request, String message) {
        JsonNode reply = till.ask(operation, request);

        assertThat(error(reply)).isEqualTo("invalid-request");
        assertThat(reply.get("message").asText()).startsWith(message);
        assertThat(engine.ledger().records()).extracting(LedgerView.Seen::key).doesNotContain("R", "F");
    }

    @Test
    void refusesWhatIsNoTextAndWhatIsTooLarge() {
        assertThat(refusal(JMSContext::createMapMessage))
                .isEqualTo("The request is no text. Send a text message, or bytes, with JSON.");
        assertThat(refusal(session -> session.createObjectMessage("{}")))
                .isEqualTo("The request is no text. Send a text message, or bytes, with JSON.");
        assertThat(refusal(session -> session.createTextMessage("{\"a\":\"" + "x".repeat(70_000) + "\"}")))
                .isEqualTo("The request is larger than 64 KiB. Send less, in one JSON object.");
        assertThat(refusal(session -> bytes(session, new byte[70_000])))
                .isEqualTo("The request is larger than 64 KiB. Send less, in one JSON object.");
        assertThat(refusal(session -> bytes(session, new byte[] {(byte) 0xC3, '('})))
                .isEqualTo("The request's bytes are not UTF-8. Send UTF-8.");
    }

    @Test
    void refusesWhatIsTooDeepOrHasTooManyDigits() {
        assertThat(refusal(session -> session.createTextMessage("{\"a\":" + "[".repeat(60_000))))
                .startsWith("The request is no JSON: Document nesting depth (17) exceeds the maximum allowed (16");
        assertThat(refusal(session ->
                        session.createTextMessage("{\"customerId\":\"ann\",\"points\":" + "9".repeat(60_000) + "}")))
                .startsWith("The request is no JSON: Number value length (")
                .contains("exceeds the maximum allowed (40");
    }

    @Test
    void takesBytesToo() {
        byte[] request = "{\"customerId\":\"ann\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(ok(till.ask("balance", session -> bytes(session, request)))).isTrue();
    }

    @Test
    void saysThatACustomerIsNotKnownOrMayNotBeCreated() {
        assertThat(error(till.ask("balance", "{'customerId':'eve'}"))).isEqualTo("customer-unknown");
        assertThat(till.ask("customer", "{'customerId':'eve'}").toString())
                .contains("\"customer-unknown\"")
                .contains("only those with a mobile number or an e-mail address");
        assertThat(engine.sandbox().book().customer("eve")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "customer, customers, \"customerId\":\"hal\";\"mobile\":\"+447700900126\"",
        "event, customers, \"customerId\":\"ida\";\"referrerCode\":\"x\"",
        "event, events, \"customerId\":\"ann\";\"name\":\"survey\"",
    })
    void tellsAtOnceWhatGameballRefuses(String operation, String path, String request) {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR)
                        .withMethod("POST")
                        .withPath(path)
                        .withError(422, 3003)
                        .withCount(1));

        assertThat(error(till.ask(operation, "{" + request.replace(';', ',') + "}")))
                .isEqualTo("refused");
    }

    @Test
    void tellsThatAnEventMayNotHaveArrived() {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR).withPath("events").withCount(1));

        assertThat(error(till.ask("event", "{'customerId':'ann','name':'survey'}")))
                .isEqualTo("unavailable");
    }

    @ParameterizedTest
    @CsvSource({
        "422, 3009, customer-inactive",
        "422, 2001, customer-busy",
        "422, 9008, points-insufficient",
        "404, 9006, hold-gone",
        "422, 3011, limit-exceeded",
        "422, 3016, refused",
        "503, 5003, unavailable"
    })
    void tellsWhatGameballSaid(int status, int code, String error) {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR)
                        .withPath("transactions/hold")
                        .withError(status, code)
                        .withCount(1));

        JsonNode reply = till.ask("hold", "{'customerId':'ann','points':1,'otp':'246810'}");
        assertThat(error(reply)).as(reply.toString()).isEqualTo(error);
        if (code == 3016) {
            assertThat(reply.at("/gameball/code").asInt()).isEqualTo(code);
            assertThat(reply.at("/gameball/requestId").asText()).isNotBlank();
        }
    }

    @Test
    void saysThatTheQuotaIsSpent() {
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.RATE_LIMIT)
                        .withPath("orders/reward-preview")
                        .withRetryAfter("1")
                        .withCount(1));

        assertThat(error(till.ask("preview", "{'customerId':'ann','totalPaid':5}")))
                .isEqualTo("busy");
    }

    @Test
    void asksForTheOneTimePasswordAndTakesTheHashOfTheCustomersApp() {
        till.ask("order", "{'vendor':'generic-csv','key':'P1','customerId':'pam','email':'p@x.org','totalPaid':50}");
        assertThat(error(till.ask("hold", "{'customerId':'pam','points':1}"))).isEqualTo("otp-required");
        assertThat(till.ask("hold", "{'customerId':'pam','points':1,'sendOtp':true}")
                        .toString())
                .isEqualTo("{\"ok\":true,\"otpSent\":true}");
        assertThat(error(till.ask("hold", "{'customerId':'pam','points':1,'otp':'000000'}")))
                .isEqualTo("otp-wrong");
        assertThat(error(till.ask("hold", "{'qr':'pam000000','points':1,'otp':'246810'}")))
                .isEqualTo("hash-wrong");
        JsonNode held = till.ask("hold", "{'qr':'pam" + hashOf("pam") + "','points':1,'otp':'246810'}");
        assertThat(ok(held)).as(held.toString()).isTrue();
        assertThat(held.get("customerId").asText()).isEqualTo("pam");
        String release = "{'customerId':'pam','holdReference':'"
                + held.get("holdReference").asText() + "'}";
        assertThat(till.ask("release", release).toString()).isEqualTo("{\"ok\":true}");
        assertThat(error(till.ask("release", release))).isEqualTo("hold-gone");
        assertThat(error(till.ask("hold", "{'customerId':'pam','points':5000,'otp':'246810'}")))
                .isEqualTo("points-insufficient");
    }

    @Test
    void tellsEventsAndReferrals() {
        assertThat(till.ask("event", "{'customerId':'ann','name':'survey','metadata':{'stars':5}}")
                        .toString())
                .isEqualTo("{\"ok\":true}");
        assertThat(engine.held().events()).isEqualTo(1);
        assertThat(error(till.ask("event", "{'customerId':'fay','mobile':'+447700900124','referrerCode':'nobody'}")))
                .isEqualTo("referral-refused");
        assertThat(ok(till.ask("event", "{'customerId':'gus','mobile':'+447700900125','referrerCode':'GB100001'}")))
                .isTrue();
    }

    @Test
    void previewsWhatAnOrderWouldEarn() {
        JsonNode preview = till.ask("preview", "{'totalPaid':'12.90','lines':[{'productId':'tea','price':12.90}]}");

        assertThat(preview.toString()).isEqualTo("{\"ok\":true,\"points\":12,\"coupons\":0,\"customerFound\":false}");
    }

    @Test
    void saysInTimeThatThereIsNoAnswerAndLetsGoOfAHoldThatNobodyKnowsOf() {
        till.ask("order", "{'vendor':'generic-csv','key':'Q1','customerId':'quin','email':'q@x.org','totalPaid':50}");
        engine.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.LATENCY)
                        .withPath("transactions/hold")
                        .withMethod("POST")
                        .withDelay(Duration.ofMillis(700))
                        .withCount(1));

        JsonNode late = till.ask("hold", "{'customerId':'quin','points':50,'otp':'246810','deadline':'200ms'}");
        assertThat(error(late)).isEqualTo("timeout");
        await().until(() -> till.ask("balance", "{'customerId':'quin'}")
                        .at("/balance/availablePoints")
                        .asInt()
                == 50);
    }

    private String hashOf(String customer) {
        return engine.get("customers/" + customer + "/hash").replaceAll("\\D", "");
    }

    private String refusal(Function<JMSContext, Message> request) {
        JsonNode reply = till.ask("balance", request);
        assertThat(error(reply)).isEqualTo("invalid-request");
        return reply.get("message").asText();
    }

    private static Message bytes(JMSContext session, byte[] body) {
        try {
            var message = session.createBytesMessage();
            message.writeBytes(body);
            return message;
        } catch (JMSException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static boolean ok(JsonNode reply) {
        return reply.get("ok").asBoolean();
    }

    private static String error(JsonNode reply) {
        return reply.path("error").asText();
    }
}
