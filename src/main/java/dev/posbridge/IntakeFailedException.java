package dev.posbridge;

import java.nio.file.Path;

/** Look at the log, then deliver the file again: taking it in failed through no fault of the file, nothing is lost. */
public final class IntakeFailedException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    public IntakeFailedException(Path file, Exception cause) {
        super(
                file + ": taking the file in failed (" + cause.getMessage()
                        + "). Nothing of it was sent or lost; see the log, then deliver it again.",
                cause);
    }
}
