package dev.posbridge.harness;

import java.util.Arrays;

/**
 * What keeps a sale from being lost or doubled. {@code -Dposbridge.guard.off=NAME} switches one off, so that a test can
 * show that the harnesses notice. Thread-safe.
 */
public enum Guard {
    /** An attempt is committed before its call leaves. */
    ATTEMPT_FIRST,
    /** A file is put away, and so acknowledged, after its records are committed and released. */
    ARCHIVE_LAST,
    /** After a sending whose end nobody saw, an id that Gameball knows already is one of ours: delivered. */
    OWN_ID_IS_DELIVERED,
    /** Of several nodes only the one with the lease writes outcomes and calls. */
    SENDER_LEASE;

    static final String PROPERTY = "posbridge.guard.off";

    public boolean isOff() {
        return name().equals(System.getProperty(PROPERTY));
    }

    static boolean isKnown(String name) {
        return Arrays.stream(values()).anyMatch(guard -> guard.name().equals(name));
    }
}
