package dev.posbridge.gameball;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Answer to {@code GET customers/{customerId}/details}.
 *
 * @param customerAttributes the profile as Gameball holds it, field by field; may be null
 */
public record CustomerDetailsAnswer(String customerId, JsonNode customerAttributes) implements Answer {
    @Override
    public boolean complete() {
        return customerId != null || customerAttributes != null;
    }

    /** Whether Gameball holds something in the attribute, such as {@code firstName}. */
    public boolean holds(String attribute) {
        return customerAttributes != null
                && !customerAttributes.path(attribute).asText("").isBlank()
                && !customerAttributes.path(attribute).isNull();
    }
}
