package dev.posbridge.operations.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.LedgerAccount;
import java.time.Instant;

/** What all {@code --json} output has in common; {@code schemaVersion} grows when a field changes its meaning or goes. */
public final class Json {
    private static final int SCHEMA_VERSION = 1;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private Json() {}

    /** A document on what is in an account's ledger. */
    public static ObjectNode about(LedgerAccount account) {
        return MAPPER.createObjectNode()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("account", account.name())
                .put("environment", account.environment())
                .put("currency", account.currency());
    }

    public static String text(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always writable", impossible);
        }
    }

    /** JSON that the ledger keeps, as a tree. */
    public static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException("the ledger holds unreadable JSON", problem);
        }
    }

    /** ISO 8601, or null. */
    public static String time(Instant time) {
        return time == null ? null : time.toString();
    }
}
