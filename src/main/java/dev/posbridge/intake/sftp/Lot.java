package dev.posbridge.intake.sftp;

/** The files that one poll of a source brings, one after another: until the poll ends, more may come. Thread-safe. */
public final class Lot {
    private volatile boolean underWay;

    /** A file of it is about to come. */
    void begins() {
        underWay = true;
    }

    /** The poll has ended, well or not. */
    void ends() {
        underWay = false;
    }

    boolean isUnderWay() {
        return underWay;
    }
}
