package dev.posbridge.delivery;

import dev.posbridge.ledger.Unverified;
import java.util.List;

/** Refunds, customers and events whose sending nobody saw end. */
public record Verification(List<Unverified> records) {}
