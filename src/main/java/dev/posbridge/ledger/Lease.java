package dev.posbridge.ledger;

/** The right to deliver a lane until somebody else's epoch begins; every outcome is written under it. */
public record Lease(int lane, String owner, long epoch) {}
