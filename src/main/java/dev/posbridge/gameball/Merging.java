package dev.posbridge.gameball;

/**
 * How the account recognises one person across channels. Where it does, that identifier goes on every call: without it
 * Gameball makes a second customer of the same person.
 */
public enum Merging {
    NONE,
    EMAIL,
    MOBILE;

    /** As written in {@code posbridge.account.merging}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
