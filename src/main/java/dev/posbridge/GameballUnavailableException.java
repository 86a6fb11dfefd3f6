package dev.posbridge;

import java.time.Duration;

/** Wait: Gameball or the network does not answer as it should; what was under way is retried or verified. */
public final class GameballUnavailableException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is, and so who waits. */
    public enum Scope {
        /** Only this record's customer waits (code 2001). */
        CUSTOMER,
        /** The resource's quota is spent (429): not an attempt of the record. */
        QUOTA,
        /** The server or the network: counts towards the circuit. */
        SERVICE
    }

    private final Scope scope;
    private final transient Duration retryAfter;

    public GameballUnavailableException(Scope scope, Duration retryAfter, String message) {
        super(message);
        this.scope = scope;
        this.retryAfter = retryAfter;
    }

    public Scope scope() {
        return scope;
    }

    /** How long Gameball asked us to wait, or null where it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
