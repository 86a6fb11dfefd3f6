package dev.posbridge.sandbox;

import java.time.Instant;

/**
 * An event that the sandbox holds.
 *
 * @param sequence place among everything that arrived, over orders, refunds, customers and events
 */
public record SandboxEvent(long sequence, Instant arrivedAt, String customerId, String name) {}
