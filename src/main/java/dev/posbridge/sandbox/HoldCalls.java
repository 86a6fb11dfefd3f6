package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Holding points and letting them go. */
final class HoldCalls {
    private static final Set<String> KNOWN =
            Set.of(("customerId email mobile transactionTime otp ignoreOTP amountToHold pointsToHold ruleId " + "hash")
                    .split(" "));

    private final Bookkeeper bookkeeper;
    private final Merging merging;

    HoldCalls(Bookkeeper bookkeeper, Merging merging) {
        this.bookkeeper = bookkeeper;
        this.merging = merging;
    }

    Answer open(Call call) {
        Fields fields = call.fields().only(KNOWN);
        String customerId = fields.requiredText("customerId");
        fields.requiredTime("transactionTime");
        fields.text("otp");
        fields.text("hash");
        fields.flag("ignoreOTP");
        merging.demand(fields);
        if (Stream.of("pointsToHold", "amountToHold", "ruleId")
                        .filter(fields::has)
                        .count()
                != 1) {
            throw Refusal.invalid("exactly one of pointsToHold, amountToHold, ruleId is required");
        }
        if (fields.text("ruleId") != null) {
            throw Refusal.invalid("ruleId \"" + fields.text("ruleId") + "\" is not known: the sandbox has no rules");
        }
        Long points = fields.whole("pointsToHold", 1, Integer.MAX_VALUE);
        BigDecimal amount = fields.amount("amountToHold");
        Holds.Hold hold = points == null
                ? bookkeeper.hold(customerId, Balance.pointsFor(amount), amount)
                : bookkeeper.hold(customerId, points, Balance.value(points));
        return Answer.ok(Json.object()
                .put("customerId", customerId)
                .put("holdAmount", hold.amount)
                .put("holdEquivalentPoints", hold.points)
                .put("holdReference", hold.reference));
    }

    Answer show(Call call) {
        Bookkeeper.HoldState found = bookkeeper.holdState(call.parameter());
        return Answer.ok(Json.object()
                .put("customerId", found.hold().customer.customerId)
                .put("holdAmount", found.hold().amount)
                .put("holdEquivalentPoints", found.hold().points)
                .put("state", found.state().name().toLowerCase(Locale.ROOT))
                .put(
                        "dateToExpire",
                        Instant.ofEpochMilli(found.hold().expiresMillis).toString()));
    }

    Answer release(Call call) {
        bookkeeper.release(call.parameter());
        return Answer.ok(Json.object().put("success", true).put("message", "Hold released successfully"));
    }
}
