package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Single orders, refunds, and an order's history. */
final class TransactionCalls {
    private final Bookkeeper bookkeeper;
    private final Merging merging;

    TransactionCalls(Bookkeeper bookkeeper, Merging merging) {
        this.bookkeeper = bookkeeper;
        this.merging = merging;
    }

    Answer order(Call call) {
        Fields fields = call.fields();
        OrderRequest request = OrderRequest.read(fields);
        merging.demand(fields);
        Bookkeeper.Placed placed = bookkeeper.place(request, 0);
        ObjectNode body = Json.object()
                .put("customerId", request.customerId())
                .put("redeemedPoints", placed.redeemedPoints())
                .put("rewardedPoints", placed.earned().points());
        ArrayNode lines = body.putArray("lineItems");
        for (int i = 0; i < request.lines().size(); i++) {
            Line line = request.lines().get(i);
            BigDecimal points = placed.earned().lines().get(i);
            lines.addObject()
                    .put("productId", line.productId())
                    .put("quantity", line.quantity())
                    .put("decimalPoints", points)
                    .put("points", points.setScale(0, RoundingMode.FLOOR))
                    .put("score", 0);
        }
        return Answer.ok(body);
    }

    Answer refund(Call call) {
        Fields fields = call.fields();
        RefundRequest request = RefundRequest.read(fields);
        merging.demand(fields);
        RefundEntry refund = bookkeeper.refund(request);
        return Answer.ok(Json.object()
                .put("gameballTransactionId", Long.toString(Transaction.number(refund.stamp.sequence())))
                .put("refundTransactionId", request.refundId())
                .put("refundAmount", refund.amount)
                .put("refundEquivalentPoints", refund.points));
    }

    /** An unknown order, and one that earned nothing, have an empty list: the single call can confirm, not refute. */
    Answer history(Call call) {
        List<Transaction> history = bookkeeper.history(call.parameter());
        boolean earned = history.stream().anyMatch(transaction -> transaction.points() > 0);
        ArrayNode transactions = Transaction.toJson(earned ? history : List.of());
        ObjectNode body = Json.object();
        body.set("transactions", transactions);
        return Answer.ok(body.put("count", transactions.size()));
    }
}
