package dev.posbridge.intake;

import dev.posbridge.PosbridgeException;
import java.time.Duration;

/** Wait: the queue goes on by itself. Nothing was acknowledged, and no attempt counts. */
final class MessageSuspectedException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    MessageSuspectedException(String place, Duration calm) {
        super(place
                + ": two processes ended while they read this message. It is tried, and its queue goes on, when this"
                + " one has run for " + calm.toSeconds() + " s.");
    }
}
