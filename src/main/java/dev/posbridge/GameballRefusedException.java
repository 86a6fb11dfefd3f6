package dev.posbridge;

import dev.posbridge.pos.Reason;

/** Fix the data: Gameball answered and refused this one record; it becomes a dead letter at once. */
public final class GameballRefusedException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final int status;
    private final Integer code;
    private final String requestId;

    public GameballRefusedException(Reason reason, int status, Integer code, String requestId, String message) {
        super(message);
        this.reason = reason;
        this.status = status;
        this.code = code;
        this.requestId = requestId;
    }

    public Reason reason() {
        return reason;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Gameball's error code, or null where the answer carried none. */
    public Integer code() {
        return code;
    }

    /** Gameball's request id, or null where the answer carried none. */
    public String requestId() {
        return requestId;
    }
}
