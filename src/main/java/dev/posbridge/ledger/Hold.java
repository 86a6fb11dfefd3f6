package dev.posbridge.ledger;

import dev.posbridge.pos.Reason;

/**
 * Why a file is held.
 *
 * @param message position first, with the numbers and what was expected
 */
public record Hold(Reason reason, String message) {}
