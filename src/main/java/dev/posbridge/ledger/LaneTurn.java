package dev.posbridge.ledger;

/** Somebody's turn at a lane. What he claims is written under its epoch, which no other turn has, of whichever process. */
public record LaneTurn(int lane, long epoch) {}
