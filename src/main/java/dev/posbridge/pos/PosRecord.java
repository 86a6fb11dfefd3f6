package dev.posbridge.pos;

import java.time.Instant;

/** A canonical record: what one receipt (or one customer row, or one event) says. */
public sealed interface PosRecord permits Sale, Refund, CustomerUpdate, Event {
    Position position();

    RecordKind kind();

    /** The record's key, unique for its identity and kind. */
    String key();

    /** Who bought, or null for an anonymous receipt. */
    CustomerDetails customer();

    /** When it happened, UTC. */
    Instant at();
}
