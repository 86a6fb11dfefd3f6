package dev.posbridge;

/**
 * The root of everything Posbridge throws on purpose. The message is meant for a person: where, what was found, what
 * was expected, what to do.
 */
public abstract class PosbridgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected PosbridgeException(String message) {
        super(message);
    }

    protected PosbridgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
