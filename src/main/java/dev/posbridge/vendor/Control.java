package dev.posbridge.vendor;

/**
 * A control total: what a file's trailer says beside what the file comes to.
 *
 * @param what rows, receipts or money
 * @param found null where nobody can add it up
 * @param fits whether they are the same, as far as the profile asks
 */
public record Control(String what, String declared, String found, boolean fits) {}
