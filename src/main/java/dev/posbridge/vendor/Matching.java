package dev.posbridge.vendor;

/**
 * Refunds of this vendor do not name their sale: it is found by customer and product.
 *
 * @param unmatchedDead true: a refund without a matching sale is dead at once; false: it is parked and waits
 */
public record Matching(boolean unmatchedDead) {}
