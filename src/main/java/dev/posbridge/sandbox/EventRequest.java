package dev.posbridge.sandbox;

import java.util.List;
import java.util.Set;

/** One customer's events, checked; their metadata are not kept. */
record EventRequest(String customerId, List<String> names) {
    private static final Set<String> KNOWN = Set.of("customerId", "email", "mobile", "events");

    static EventRequest read(Fields fields) {
        fields.only(KNOWN);
        fields.text("email");
        fields.text("mobile");
        String customerId = fields.requiredText("customerId");
        Fields events = fields.object("events");
        if (events == null || events.names().isEmpty()) {
            throw Refusal.invalid("events is required");
        }
        for (String name : events.names()) {
            if (events.object(name) == null) {
                throw Refusal.invalid("events." + name + " must be an object, found null");
            }
        }
        return new EventRequest(customerId, events.names());
    }
}
