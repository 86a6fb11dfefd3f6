package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the book holds, as JSON. Money is a string: no reader may make a double of it. */
final class JsonLines {
    private JsonLines() {}

    static ObjectNode order(SandboxOrder order) {
        return Json.object()
                .put("sequence", order.sequence())
                .put("arrivedAt", order.arrivedAt().toString())
                .put("orderId", order.orderId())
                .put("customerId", order.customerId())
                .put("orderDate", order.orderDate().toString())
                .put("totalPaid", order.totalPaid().toPlainString())
                .put("refunded", order.refunded().toPlainString())
                .put("rewardedPoints", order.rewardedPoints())
                .put("redeemedPoints", order.redeemedPoints())
                .put("branch", order.branch())
                .put("lineItems", order.lineItems())
                .put("jobId", order.jobId())
                .put("repeats", order.repeats());
    }

    static ObjectNode refund(SandboxRefund refund) {
        return Json.object()
                .put("sequence", refund.sequence())
                .put("arrivedAt", refund.arrivedAt().toString())
                .put("refundId", refund.refundId())
                .put("orderId", refund.orderId())
                .put("customerId", refund.customerId())
                .put("transactionTime", refund.transactionTime().toString())
                .put("amount", refund.amount().toPlainString())
                .put("points", refund.points())
                .put("lineItems", refund.lineItems())
                .put("repeats", refund.repeats());
    }

    static ObjectNode customer(SandboxCustomer customer) {
        return Json.object()
                .put("sequence", customer.sequence())
                .put("arrivedAt", customer.arrivedAt().toString())
                .put("customerId", customer.customerId())
                .put("gameballId", customer.gameballId())
                .put("createdBy", customer.createdBy())
                .put("email", customer.email())
                .put("mobile", customer.mobile())
                .put("displayName", customer.displayName())
                .put("guest", customer.guest())
                .put("updates", customer.updates())
                .put("orders", customer.orders())
                .put("pointsBalance", customer.pointsBalance());
    }

    static ObjectNode event(SandboxEvent event) {
        return Json.object()
                .put("sequence", event.sequence())
                .put("arrivedAt", event.arrivedAt().toString())
                .put("customerId", event.customerId())
                .put("name", event.name());
    }

    static ObjectNode totals(SandboxBook.Totals totals) {
        ObjectNode node = Json.object()
                .put("orders", totals.orders())
                .put("refunds", totals.refunds())
                .put("customers", totals.customers())
                .put("events", totals.events())
                .put("totalPaid", totals.totalPaid().toPlainString())
                .put("totalRefunded", totals.totalRefunded().toPlainString())
                .put("points", totals.points())
                .put("repeatedOrders", totals.repeatedOrders())
                .put("repeatedRefunds", totals.repeatedRefunds());
        ArrayNode orderIds = node.putArray("repeatedOrderIds");
        totals.repeatedOrderIds().forEach(orderIds::add);
        ArrayNode refundIds = node.putArray("repeatedRefundIds");
        totals.repeatedRefundIds().forEach(refundIds::add);
        return node;
    }
}
