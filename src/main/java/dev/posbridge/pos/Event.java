package dev.posbridge.pos;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Something a customer did that is no sale. Gameball knows no id of an event, so it is sent at most once.
 *
 * @param name Gameball's name of the event, as set up in the account
 */
public record Event(
        Position position, String key, CustomerDetails customer, Instant at, String name, Map<String, String> metadata)
        implements PosRecord {

    public Event {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(name, "name");
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }

    @Override
    public RecordKind kind() {
        return RecordKind.EVENT;
    }
}
