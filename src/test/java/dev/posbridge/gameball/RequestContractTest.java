package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import dev.posbridge.pos.CustomerDetails;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request that the package can make, against our reduced schemas and against those that Gameball publishes. */
class RequestContractTest {
    /** What Gameball publishes, as far as it concerns the calls we make: required fields and types, read in November 2026. */
    private static final Path PUBLISHED = Path.of("src", "test", "resources", "gameball", "published.schema.json");

    private static final Path REDUCED = Path.of("src", "test", "resources", "gameball", "requests.schema.json");

    /** JSON Schema as OpenAPI extends it: what it does not know is documentation. */
    private static final JsonMetaSchema LANGUAGE = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .unknownKeywordFactory((word, context) -> new NonValidationKeyword(word))
            .build();

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(LANGUAGE.getIri())
            .metaSchema(LANGUAGE)
            .build();

    static Stream<Arguments> requests() {
        List<Arguments> requests = new ArrayList<>();
        for (Merging merging : Merging.values()) {
            Payloads payloads = new Payloads(merging, 14);
            for (CustomerDetails customer : List.of(Records.everythingKnown(), Records.REACHABLE)) {
                addAll(requests, payloads, customer);
            }
        }
        addAll(requests, new Payloads(Merging.NONE), Records.KNOWN_BY_ID);
        requests.add(Arguments.of(
                "order",
                Call.ORDER,
                new Payloads(Merging.NONE).order(Payloads.toGuest(Records.fullSale(null)), Records.NOON)));
        requests.add(Arguments.of("batchOfBalances", Call.BALANCES, batch(new BalanceInquiry("c-1"))));
        requests.add(Arguments.of("batchOfOrderIds", Call.ORDERS_TRANSACTIONS, batch("acme-07-3-4711")));
        return requests.stream();
    }

    private static void addAll(List<Arguments> requests, Payloads payloads, CustomerDetails customer) {
        CustomerRequest profile = payloads.customer(customer, Records.ROW);
        OrderRequest full = payloads.order(Records.fullSale(customer), Records.NOON);
        OrderRequest least = payloads.order(Records.sale(customer, "0"), Records.NOON);
        RefundRequest refund = payloads.refund(
                Records.refund(null, List.of(Records.SHOES), Records.STORE),
                customer,
                "acme-07-3-4711",
                new BigDecimal("0.01"),
                Records.NOON);
        EventRequest event = payloads.event(Records.event(customer, Map.of("stars", "5")));
        requests.add(Arguments.of("customer", Call.CUSTOMER, profile));
        requests.add(Arguments.of("customer", Call.CUSTOMER, profile.withoutReferrer()));
        requests.add(Arguments.of("order", Call.ORDER, full));
        requests.add(Arguments.of("order", Call.ORDER, full.withoutRedemption()));
        requests.add(Arguments.of("order", Call.ORDER, least));
        requests.add(Arguments.of("refund", Call.REFUND, refund));
        requests.add(Arguments.of("event", Call.EVENT, event));
        requests.add(Arguments.of("preview", Call.ORDER_PREVIEW, payloads.preview(Records.fullSale(customer))));
        HoldMeasure points = new HoldMeasure(100L, null, null);
        HoldMeasure rule = new HoldMeasure(null, null, "17");
        requests.add(Arguments.of(
                "hold", Call.HOLD, payloads.hold(customer, Records.ROW, Records.NOON, points, "246810", "123456")));
        requests.add(
                Arguments.of("hold", Call.HOLD, payloads.hold(customer, Records.ROW, Records.NOON, rule, null, null)));
        requests.add(Arguments.of(
                "oneTimePassword", Call.ONE_TIME_PASSWORD, payloads.oneTimePassword(customer, Records.ROW, rule)));
        requests.add(Arguments.of("batchOfCustomers", Call.CUSTOMERS, batch(profile)));
        requests.add(Arguments.of("batchOfOrders", Call.ORDERS, new BatchRequest<>(List.of(full, least))));
        requests.add(Arguments.of("batchOfEvents", Call.EVENTS, batch(event)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void keepsToOurReducedSchemas(String definition, Call call, Object request) throws IOException {
        assertThat(problems(REDUCED, "#/$defs/" + definition, request))
                .as(call.path())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void keepsToThePublishedSchemas(String definition, Call call, Object request) throws IOException {
        assertThat(problems(PUBLISHED, publishedSchema(call), request))
                .as(definition)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ORDER | {\"customerId\": \"c\", \"orderId\": \"o\", \"orderDate\": \"2026-01-31\", \"totalPaid\": 1}",
                "CUSTOMER | {\"email\": \"jane@x.org\"}",
                "REFUND | {\"customerId\": \"c\", \"refundTransactionId\": \"r\", \"reverseTransactionId\": \"o\","
                        + " \"transactionTime\": \"2026-01-31T12:00:00Z\", \"merchant\": {\"branch\": {\"name\": \"7\"}}}",
                "ORDER_PREVIEW | {\"totalPaid\": 1, \"lineItems\": [{\"price\": -1}]}",
                "HOLD | {\"customerId\": \"c\", \"transactionTime\": \"2026-01-31T12:00:00Z\", \"pointsToHold\": 1.5}",
                "ONE_TIME_PASSWORD | {\"customerId\": \"c\", \"ruleId\": \"17\"}",
                "EVENT | {\"customerId\": \"c\", \"events\": [\"survey\"]}",
                "CUSTOMERS | {\"body\": [{\"customerAttributes\": {\"displayName\": 1}}]}",
                "ORDERS | {\"body\": [{\"customerId\": \"c\", \"orderId\": \"o\", \"totalPaid\": 1}]}",
                "EVENTS | {\"body\": [{\"customerId\": \"c\"}]}",
                "BALANCES | {\"body\": [{}]}",
                "ORDERS_TRANSACTIONS | {\"body\": [{\"orderId\": \"o\"}]}"
            })
    void seesThatThePublishedSchemasWouldNoticeAWrongRequest(Call call, String request) throws IOException {
        JsonNode wrong = GameballJson.mapper().readTree(request);

        assertThat(problems(PUBLISHED, publishedSchema(call), wrong)).isNotEmpty();
    }

    @Test
    void knowsEveryCallWithABody() {
        assertThat(requests().map(request -> request.get()[1]))
                .contains(Stream.of(Call.values())
                        .filter(call -> call.method().equals("POST") && call != Call.JOB_STOP)
                        .toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order | {\"customerId\": \"c\", \"orderId\": \"o\", \"orderDate\": \"2026-01-31T12:00:00Z\","
                        + " \"totalPaid\": 1}",
                "order | {\"customerId\": \"c\", \"orderId\": \"o\", \"orderDate\": \"2026-01-31T12:00:00.000Z\","
                        + " \"totalPaid\": \"1\"}",
                "refund | {\"customerId\": \"c\", \"refundTransactionId\": \"r\", \"reverseTransactionId\": \"o\","
                        + " \"transactionTime\": \"2026-01-31T12:00:00.000Z\"}",
                "customer | {\"customerId\": \"c\", \"name\": \"Jane\"}",
                "batchOfOrders | {\"body\": [{\"customerId\": \"c\"}]}",
                "batchOfOrderIds | {\"body\": []}",
                "batchOfOrderIds | {\"body\": [{\"orderId\": \"o\"}]}"
            })
    void wouldNoticeAWrongRequest(String definition, String request) throws IOException {
        JsonNode wrong = GameballJson.mapper().readTree(request);
        assertThat(problems(REDUCED, "#/$defs/" + definition, wrong)).isNotEmpty();
    }

    private static String publishedSchema(Call call) {
        return "#/$defs/" + call.path().replace("/", "~1");
    }

    private static Set<ValidationMessage> problems(Path schemas, String reference, Object request) throws IOException {
        JsonNode document = GameballJson.mapper().readTree(Files.readString(schemas));
        ObjectNode root = ((ObjectNode) document).put("$ref", reference);
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        JsonSchema schema = SCHEMAS.getSchema(root, config);
        String sent = GameballJson.mapper().writeValueAsString(request);
        return schema.validate(GameballJson.mapper().readTree(sent));
    }

    private static <T> BatchRequest<T> batch(T object) {
        return new BatchRequest<>(List.of(object));
    }
}
