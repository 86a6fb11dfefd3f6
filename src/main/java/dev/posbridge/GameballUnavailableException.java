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
        SERVICE,
        /** Somebody else than Gameball answers, and surely did nothing of it: counts towards the circuit, which then tells. */
        ELSEWHERE
    }

    private final Scope scope;
    private final boolean page;
    private final transient Duration retryAfter;
    private final transient Answered answered;

    public GameballUnavailableException(Scope scope, Duration retryAfter, String message) {
        this(scope, retryAfter, message, false, Answered.NOTHING);
    }

    /**
     * @param page whether a page for people was answered: that is seldom Gameball
     * @param answered what stood in it
     */
    public GameballUnavailableException(
            Scope scope, Duration retryAfter, String message, boolean page, Answered answered) {
        super(message);
        this.answered = answered;
        this.page = page;
        this.scope = scope;
        this.retryAfter = retryAfter;
    }

    public Scope scope() {
        return scope;
    }

    public boolean isPage() {
        return page;
    }

    public Answered answered() {
        return answered;
    }

    /** How long Gameball asked us to wait, or null where it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
