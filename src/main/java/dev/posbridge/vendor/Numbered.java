package dev.posbridge.vendor;

/**
 * A receipt's place in its register's sequence.
 *
 * @param register with the day before it, where numbers begin again each day
 */
public record Numbered(String register, long number) {}
