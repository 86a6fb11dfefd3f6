package dev.posbridge;

/** Give the ledger room or peace: a full disk, a lock held too long. Nothing is acknowledged; it is tried again. */
public final class LedgerUnavailableException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(Exception cause) {
        super(
                "The ledger did not take the change (" + rootMessage(cause)
                        + "). Nothing was acknowledged. Check the room on the disk and that no other program locks the file.",
                cause);
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
