package dev.posbridge.checkout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posbridge.gameball.HoldMeasure;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Event;
import dev.posbridge.settings.SettingsReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Reads what a till asks; strict, so that a misspelt field is noticed by who writes it. Thread-safe. */
final class RequestReader {
    /** What Gameball's activities may be asked by. */
    private static final List<String> ACTIVITY_TYPES = List.of(
            "TierUpgraded",
            "TierDowngraded",
            "TierMigration",
            "CampaignRewarded",
            "SuccessfulAction",
            "Referral",
            "Referred",
            "ReferralBonusReward",
            "PaymentReward",
            "Refund",
            "Redemption",
            "Cancel",
            "Expiry",
            "Migration",
            "Lifetime",
            "Automation");

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ReceiptReader receipts;
    private final Clock clock;

    RequestReader(ReceiptReader receipts, Clock clock) {
        this.receipts = receipts;
        this.clock = clock;
    }

    /** @throws CheckoutException INVALID_REQUEST with every problem */
    Request.Read read(Operation operation, String text) {
        RequestFields fields = new RequestFields(object(text));
        Duration deadline = deadline(fields);
        Request request =
                switch (operation) {
                    case CUSTOMER -> identify(fields);
                    case BALANCE -> new Request.AskBalance(customer(fields));
                    case HOLD -> hold(fields);
                    case RELEASE -> new Request.Release(customer(fields), fields.requiredId("holdReference"));
                    case PREVIEW -> receipts.preview(fields);
                    case ORDER -> receipts.order(fields);
                    case REFUND -> receipts.refund(fields);
                    case ORDER_DETAILS -> receipts.details(fields);
                    case HISTORY -> history(fields);
                    case EVENT -> event(fields);
                };
        fields.check();
        return new Request.Read(request, deadline);
    }

    private static JsonNode object(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException notJson) {
            throw new CheckoutException(
                    CheckoutError.INVALID_REQUEST,
                    "The request is no JSON: " + notJson.getOriginalMessage() + ". Send one JSON object.",
                    null,
                    notJson);
        }
        throw new CheckoutException(CheckoutError.INVALID_REQUEST, "The request is no JSON object. Send one.");
    }

    private static Duration deadline(RequestFields fields) {
        String text = fields.text("deadline");
        Duration deadline = text == null ? null : SettingsReader.parseDuration(text);
        if (text != null && (deadline == null || deadline.isNegative() || deadline.isZero())) {
            fields.problem("deadline", "a time with a unit, like 1500ms or 2s");
        }
        return deadline;
    }

    /** Whom it is about, of whom no more is told than the call needs. */
    private static CustomerDetails customer(RequestFields fields) {
        return new CustomerReader(fields).required();
    }

    private static Request identify(RequestFields fields) {
        CustomerReader reader = new CustomerReader(fields);
        CustomerDetails customer = reader.detailed();
        return new Request.Identify(customer, reader.isDetailed());
    }

    private static Request hold(RequestFields fields) {
        CustomerReader reader = new CustomerReader(fields);
        CustomerDetails customer = reader.required();
        Long points = fields.whole("points", 1, Integer.MAX_VALUE);
        BigDecimal amount = fields.amount("amount");
        Long rule = fields.whole("ruleId", 1, Long.MAX_VALUE);
        int measures = (points == null ? 0 : 1) + (amount == null ? 0 : 1) + (rule == null ? 0 : 1);
        if (measures != 1 || amount != null && amount.signum() == 0) {
            fields.problem("points", "exactly one of points, amount, ruleId, more than zero");
        }
        return new Request.Hold(
                customer,
                new HoldMeasure(points, amount, rule == null ? null : rule.toString()),
                fields.id("otp"),
                reader.hash(),
                fields.flag("sendOtp"));
    }

    private static Request history(RequestFields fields) {
        CustomerDetails customer = customer(fields);
        Long limit = fields.whole("limit", 1, LARGEST_PAGE);
        Long after = fields.whole("startAfter", 0, Long.MAX_VALUE);
        String type = fields.id("type");
        if (type != null && !ACTIVITY_TYPES.contains(type)) {
            fields.problem("type", "one of " + String.join(", ", ACTIVITY_TYPES));
        }
        String query = "startAfter=" + (after == null ? 0 : after) + "&limit=" + (limit == null ? USUAL_PAGE : limit)
                + (type == null ? "" : "&activityType=" + type);
        return new Request.History(customer, query);
    }

    private Request event(RequestFields fields) {
        CustomerReader reader = new CustomerReader(fields);
        if (fields.has("referrerCode")) {
            CustomerDetails referred = reader.referred();
            fields.check();
            return new Request.Refer(referred);
        }
        CustomerDetails customer = reader.required();
        String name = fields.requiredId("name");
        var metadata = fields.pairs("metadata");
        fields.check();
        return new Request.Tell(
                new Event(ReceiptReader.position(Operation.EVENT), name, customer, clock.instant(), name, metadata));
    }
}
