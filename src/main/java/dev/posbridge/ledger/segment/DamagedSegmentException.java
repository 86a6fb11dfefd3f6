package dev.posbridge.ledger.segment;

import dev.posbridge.PosbridgeException;

/** Restore the ledger: what lies on the disk is not what was written. */
public final class DamagedSegmentException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param place in the ledger
     * @param found what is there, and what was expected
     */
    public DamagedSegmentException(String place, String found) {
        this(place, found, null);
    }

    DamagedSegmentException(String place, String found, Throwable cause) {
        super(place + ": found " + found + ". The ledger is damaged there; restore it from a backup.", cause);
    }
}
