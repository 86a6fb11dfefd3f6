package dev.posbridge.gameball;

/** What Gameball documents as the body of a success. */
public interface Answer {
    /** Whether the documented fields are there; a success without them is none. */
    boolean complete();
}
