package dev.posbridge.vendor.format.tree;

import java.io.IOException;

/** A document that is being read, piece by piece. For one thread. */
interface Events {
    /**
     * Tells the grove of the next piece.
     *
     * @return false after the last
     * @throws IOException where the bytes cannot be read or are no text
     * @throws Unreadable where the text is no document
     */
    boolean advance(Grove grove) throws IOException;

    /** Where the latest piece starts: line and character, from 1. */
    int[] place();

    /** The text is no document of its kind, or one that nobody should read. */
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final dev.posbridge.pos.Reason reason;
        private final transient int[] place;

        /** @param message worded to follow a position */
        Unreadable(dev.posbridge.pos.Reason reason, int[] place, String message) {
            super(message);
            this.reason = reason;
            this.place = place;
        }

        dev.posbridge.pos.Reason reason() {
            return reason;
        }

        int[] place() {
            return place;
        }
    }
}
