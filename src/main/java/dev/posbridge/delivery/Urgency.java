package dev.posbridge.delivery;

/** Who waits for a call, the most urgent first. */
public enum Urgency {
    /** A customer stands at the till. */
    TILL,
    /** A message of a sale that just happened. */
    LIVE,
    /** A file, which has the night. */
    FILE
}
