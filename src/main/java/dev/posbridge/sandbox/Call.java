package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One call that has found its endpoint.
 *
 * @param path what follows {@code /integrations/}, as it was sent
 * @param parameters the values in the path, decoded, in order
 * @param query what follows the question mark, decoded
 * @param body of a POST, or null
 */
record Call(Endpoint endpoint, String path, List<String> parameters, Map<String, String> query, JsonNode body) {
    Fields fields() {
        return Fields.of(body);
    }

    String parameter() {
        return parameters.get(0);
    }

    Faults.Target target() {
        return new Faults.Target(endpoint.method(), path, Ids.of(this));
    }

    /** Whose call it is, for calls that work on one customer, else null. */
    String customerId() {
        return switch (endpoint.customer()) {
            case IN_BODY -> Ids.text(body, "customerId");
            case IN_PATH -> parameter();
            case NONE -> null;
        };
    }

    /** The ids that a fault can be aimed at. */
    static final class Ids {
        private Ids() {}

        static Set<String> of(Call call) {
            Set<String> ids = new HashSet<>(call.parameters());
            if (call.body() != null) {
                ids.addAll(of(call.body()));
            }
            return ids;
        }

        static Set<String> of(JsonNode object) {
            Set<String> ids = new HashSet<>();
            for (String name : List.of("customerId", "orderId", "refundTransactionId", "reverseTransactionId")) {
                String id = text(object, name);
                if (id != null) {
                    ids.add(id);
                }
            }
            return ids;
        }

        private static String text(JsonNode object, String name) {
            return object.path(name).textValue();
        }
    }
}
