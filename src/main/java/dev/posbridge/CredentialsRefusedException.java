package dev.posbridge;

/** Fix the key or the account: delivery stops, everything is kept, and goes on by itself once the key works. */
public final class CredentialsRefusedException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    public CredentialsRefusedException(String message) {
        super(message);
    }
}
