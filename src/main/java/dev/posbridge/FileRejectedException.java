package dev.posbridge;

import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;

/** Fix the file or its profile: the whole file is rejected, nothing of it is sent and its keys are free. */
public final class FileRejectedException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    private final transient Position position;
    private final Reason reason;

    /**
     * @param problem what was found, what was expected, what to do; the position is put before it
     */
    public FileRejectedException(Position position, Reason reason, String problem) {
        this(position, reason, problem, null);
    }

    /** @param cause what was found, as it came to us */
    public FileRejectedException(Position position, Reason reason, String problem, Throwable cause) {
        super(position + ": " + problem, cause);
        this.position = position;
        this.reason = reason;
    }

    public Position position() {
        return position;
    }

    public Reason reason() {
        return reason;
    }
}
