package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;

/** A record that was being sent when its sender stopped: nobody knows yet whether it arrived. */
public record Unverified(long recordId, RecordKind kind, String orderId, int attempts) {}
