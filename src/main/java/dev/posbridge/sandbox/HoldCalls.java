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
    private final SandboxSettings settings;

    HoldCalls(Bookkeeper bookkeeper, SandboxSettings settings) {
        this.bookkeeper = bookkeeper;
        this.settings = settings;
    }

    Answer open(Call call) {
        Fields fields = call.fields().only(KNOWN);
        String customerId = fields.requiredText("customerId");
        fields.requiredTime("transactionTime");
        settings.merging().demand(fields);
        if (Stream.of("pointsToHold", "amountToHold", "ruleId")
                        .filter(fields::has)
                        .count()
                != 1) {
            throw Refusal.invalid("exactly one of pointsToHold, amountToHold, ruleId is required");
        }
        checkProofs(fields, customerId);
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

    /** Nobody gets a message: the one-time password is the setting's. */
    Answer otp(Call call) {
        Fields fields = call.fields().only(Set.of("customerId", "email", "mobile", "amount", "points", "ruleId"));
        bookkeeper.balance(fields.requiredText("customerId"));
        settings.merging().demand(fields);
        if (Stream.of("amount", "points", "ruleId").filter(fields::has).count() != 1) {
            throw Refusal.invalid("exactly one of amount, points, ruleId is required");
        }
        return Answer.ok(Json.object().put("success", true));
    }

    Answer hash(Call call) {
        return Answer.ok(Json.object().put("hash", bookkeeper.hash(call.parameter())));
    }

    private void checkProofs(Fields fields, String customerId) {
        String otp = fields.text("otp");
        String hash = fields.text("hash");
        boolean demanded = settings.otp() != null && !fields.flag("ignoreOTP");
        if (demanded && otp == null) {
            throw new Refusal(412, 2000, "otp is required: this account demands a one-time password");
        }
        if (demanded && !otp.equals(settings.otp())) {
            throw new Refusal(422, 3003, "otp is not the one that was sent");
        }
        if (hash != null && !hash.equals(bookkeeper.hash(customerId))) {
            throw new Refusal(422, 3003, "hash is not the customer's, or of an earlier transaction");
        }
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
