package dev.posbridge.console;

import dev.posbridge.PosbridgeException;

/** What a browser asked is not done; the message is for the person before it. */
final class RefusedException extends PosbridgeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    RefusedException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** @param what such as {@code file} */
    static RefusedException absent(String what, long id) {
        return new RefusedException(404, "There is no " + what + " " + id + ".");
    }

    int status() {
        return status;
    }
}
