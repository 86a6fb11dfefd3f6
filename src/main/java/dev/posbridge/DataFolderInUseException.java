package dev.posbridge;

/** Wait for, or stop, the other process: it holds the data folder. */
public final class DataFolderInUseException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    public DataFolderInUseException(String message) {
        super(message);
    }
}
