package dev.posbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.operations.CheckResult;
import dev.posbridge.operations.FileCheck;
import dev.posbridge.pos.RecordKind;

/** A dry run as programs read it; {@code schemaVersion} grows when a field changes its meaning or goes. */
final class CheckJson {
    private static final int SCHEMA_VERSION = 1;
    private static final ObjectMapper MAPPER = GameballJson.mapper();

    private CheckJson() {}

    static String write(CheckResult result) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("account", result.account().name());
        root.put("environment", result.account().environment());
        root.put("currency", result.account().currency());
        root.put("vendor", result.profile().vendor());
        ArrayNode files = root.putArray("files");
        result.files().forEach(file -> file(files.addObject(), file));
        calls(root.putObject("calls"), result);
        root.putObject("money")
                .put("sales", result.sum(FileCheck::sales))
                .put("refunds", result.sum(FileCheck::refunds));
        root.put("repeatedKeys", result.repeated());
        ArrayNode repeated = root.putArray("firstRepeatedKeys");
        result.firstRepeated().forEach(repeated::add);
        ArrayNode orphans = root.putArray("refundsWithoutSale");
        result.keys().originalsWithoutSale().forEach(orphans::add);
        ArrayNode requests = root.putArray("firstRequests");
        result.firstCalls()
                .forEach(call ->
                        requests.addObject().put("call", call.name()).set("body", MAPPER.valueToTree(call.body())));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always writable", impossible);
        }
    }

    private static void file(ObjectNode node, FileCheck file) {
        node.put("name", file.name());
        node.put("rows", file.outcome().rows());
        node.put("receipts", file.outcome().receipts());
        ObjectNode records = node.putObject("records");
        for (RecordKind kind : RecordKind.values()) {
            records.put(kind.word(), file.count(kind));
        }
        ObjectNode skipped = node.putObject("skipped");
        file.skipped().forEach((reason, count) -> skipped.put(reason.code(), count));
        ObjectNode leftOut = node.putObject("leftOut");
        file.outcome().drops().forEach(leftOut::put);
        node.put("bad", file.bad());
        node.put("sales", file.sales());
        node.put("refunds", file.refunds());
        node.put("rejected", file.isRejected());
        if (file.isRejected()) {
            node.put("reason", file.outcome().rejection().reason().code());
            node.put("message", file.outcome().rejection().getMessage());
        }
        node.put("knownAs", file.knownAs());
        node.put("held", file.hold() != null);
        if (file.hold() != null) {
            node.put("reason", file.hold().reason().code());
            node.put("message", file.hold().message());
        }
        ArrayNode computed = node.putArray("computedAmounts");
        file.outcome().tally().lines().forEach(computed::add);
        node.putObject("overEarning")
                .put("sales", file.outcome().tally().overEarningSales())
                .put("amount", file.outcome().tally().overEarningAmount());
        node.putObject("underEarning")
                .put("sales", file.outcome().tally().underEarningSales())
                .put("amount", file.outcome().tally().underEarningAmount());
        ArrayNode errors = node.putArray("firstErrors");
        file.errors().forEach(errors::add);
    }

    private static void calls(ObjectNode node, CheckResult result) {
        node.put("orders", result.calls(RecordKind.SALE));
        node.put("refunds", result.calls(RecordKind.REFUND));
        node.put("events", result.calls(RecordKind.EVENT));
        node.put("customersAskedAtMost", result.customers());
        node.put("customersCreatedAtMost", result.customers());
    }
}
