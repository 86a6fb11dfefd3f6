package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a customer did, and what an order would earn: questions without an effect. */
final class ActivityCalls {
    private static final Set<String> QUERY = Set.of("startAfter", "limit", "activityType");
    private static final Set<String> PREVIEW = Set.of(("customerId email mobile totalPaid totalPrice totalDiscount "
                    + "totalShipping totalTax lineItems merchant channel extra")
            .split(" "));
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    private final SandboxBook book;
    private final Bookkeeper bookkeeper;

    ActivityCalls(SandboxBook book, Bookkeeper bookkeeper) {
        this.book = book;
        this.bookkeeper = bookkeeper;
    }

    /** Oldest first, those after {@code startAfter}. */
    Answer list(Call call) {
        Map<String, String> query = call.query();
        for (String name : query.keySet()) {
            if (!QUERY.contains(name)) {
                throw Refusal.invalid(name + " is not a parameter of this call");
            }
        }
        long after = number(query, "startAfter", 0, Long.MAX_VALUE);
        int limit = (int) number(query, "limit", USUAL_PAGE, LARGEST_PAGE);
        String type = query.get("activityType");
        List<Activity> found = bookkeeper.activities(call.parameter()).stream()
                .filter(activity -> activity.id() > after)
                .filter(activity -> type == null || type.equals(activity.type()))
                .toList();
        ObjectNode body = Json.object();
        ArrayNode page = body.putArray("activities");
        found.stream().limit(limit).forEach(activity -> page.add(activity.toJson()));
        return Answer.ok(body.put("count", page.size()).put("hasMore", found.size() > limit));
    }

    /** The cashback of an order that is not placed; the sandbox has no campaigns. */
    Answer preview(Call call) {
        Fields fields = call.fields().only(PREVIEW);
        String customerId = fields.text("customerId");
        fields.text("email");
        fields.text("mobile");
        fields.amount("totalPrice");
        fields.amount("totalDiscount");
        fields.amount("totalTax");
        fields.flat("extra");
        fields.channel();
        Merchant.branch(fields);
        List<Line> lines = Line.readAll(fields);
        Earned earned = bookkeeper.wouldEarn(lines, fields.requiredAmount("totalPaid"), fields.amount("totalShipping"));
        boolean known = customerId != null && book.customer(customerId).isPresent();
        ObjectNode body = Json.object()
                .put("customerId", customerId)
                .put("customerFound", known)
                .put("totalPoints", earned.points())
                .put("totalCoupons", 0);
        ObjectNode cashback =
                body.putObject("cashback").put("totalPoints", earned.points()).put("totalScore", 0);
        ArrayNode items = cashback.putArray("lineItems");
        for (int i = 0; i < lines.size(); i++) {
            items.addObject()
                    .put("productId", lines.get(i).productId())
                    .put("quantity", lines.get(i).quantity())
                    .put("totalDecimalPoints", earned.lines().get(i));
        }
        if (known) {
            ObjectNode event = body.putObject("eventRewards").put("eventName", "place_order");
            event.put("valid", true).put("totalPoints", 0).putArray("campaigns");
        } else {
            body.putNull("eventRewards");
        }
        return Answer.ok(body);
    }

    private static long number(Map<String, String> query, String name, long usual, long most) {
        String text = query.get(name);
        if (text == null) {
            return usual;
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > most) {
            throw Refusal.invalid(name + " must be a whole number up to " + most + ", found \"" + text + '"');
        }
        return Long.parseLong(text);
    }
}
