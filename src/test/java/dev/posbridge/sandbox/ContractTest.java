package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sandbox's answers against the published schemas, where these lie beside the project. */
class ContractTest {
    private static final Path SCHEMAS = Path.of("../shared/gameball/openapi.json");
    private static final String HOLD = "{'customerId':'ann','transactionTime':'2026-01-31T10:00:00Z','pointsToHold':1}";

    private JsonNode schemas;

    @Test
    void answersHaveTheDocumentedFieldsAndTypes() throws IOException {
        assumeTrue(Files.exists(SCHEMAS), "the published schemas are not here");
        schemas = Caller.tree(Files.readString(SCHEMAS));
        SandboxSettings settings =
                SandboxSettings.defaults().withJobStatusShape(SandboxSettings.JobStatusShape.PROCESSED_ITEMS);
        try (Sandbox sandbox = Sandbox.start(settings)) {
            Caller caller = new Caller(sandbox);

            check("post", "customers", caller.post("customers", "{'customerId':'ann'}"));
            String order = Caller.order("ann", "R-1", "10:00:00", "10");
            String lines = ",'lineItems':[{'productId':'tea','quantity':1,'price':10}]}";
            check("post", "orders", caller.post("orders", order.substring(0, order.length() - 1) + lines));
            check("get", "customers/{customerId}/balance", caller.get("customers/ann/balance"));
            check("get", "orders/{orderId}/transactions", caller.get("orders/R-1/transactions"));
            check("get", "customers/{customerId}/activities", caller.get("customers/ann/activities"));
            check("get", "customers/{customerId}/hash", caller.get("customers/ann/hash"));
            String preview =
                    "{'customerId':'ann','totalPaid':10,'lineItems':[{'productId':'tea','quantity':1,'price':10}]}";
            check("post", "orders/reward-preview", caller.post("orders/reward-preview", preview));
            Caller.Got hold = caller.post("transactions/hold", HOLD);
            check("post", "transactions/hold", hold);
            String reference =
                    "transactions/hold/" + hold.json().get("holdReference").asText();
            check("get", "transactions/hold/{holdReferenceId}", caller.get(reference));
            check("delete", "transactions/hold/{holdReferenceId}", caller.delete(reference));
            check("post", "transactions/refund", caller.post("transactions/refund", refund()));
            Caller.Got batch = caller.post("batch/orders", "{'body':[" + order + "]}");
            check("post", "batch/orders", batch);
            String job = "batches/" + batch.json().get("jobId").asText();
            check("get", "batches/{batchId}/status", caller.get(job + "/status"));
            check("post", "batches/{batchId}/stop", caller.post(job + "/stop", "{}"));
        }
    }

    private void check(String method, String path, Caller.Got got) {
        JsonNode schema = schemas.at("/paths")
                .path("/api/v4.0/integrations/" + path)
                .at("/" + method + "/responses/200/content/application~1json/schema");
        assertThat(schema.isObject()).as(path).isTrue();
        JsonNode named =
                schema.has("$ref") ? schemas.at(schema.get("$ref").textValue().substring(1)) : schema;
        ObjectNode whole = named.deepCopy();
        whole.set("components", schemas.get("components"));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(whole)
                        .validate(got.json()))
                .as("%s %s: %s", method, path, got.text())
                .isEmpty();
        assertThat(got.json().fieldNames())
                .toIterable()
                .as("%s %s", method, path)
                .containsAll(names(whole));
    }

    private static List<String> names(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String refund() {
        return Caller.refund("ann", "F-1", "R-1", "10:00:00", "1");
    }
}
