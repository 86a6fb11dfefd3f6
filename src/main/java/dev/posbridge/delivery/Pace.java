package dev.posbridge.delivery;

/**
 * Spreads the calls of files and messages over the long window, so that a till always finds a slot within a moment:
 * spent as fast as they may, the calls of 30 seconds are gone in 12, and a till would wait for 18. Every call counts,
 * those of tills too. Not thread-safe; times are nanoseconds since any fixed moment.
 */
final class Pace {
    private static final long FILE_AHEAD = 500_000_000L;
    private static final long LIVE_AHEAD = 1_500_000_000L;

    /** Of the long window; else a file would keep it just full, and a till would wait for each slot. */
    private static final int FREE_PERCENT = 2;

    private final long interval;
    private long planned = Long.MIN_VALUE / 2;

    Pace(int perThirtySeconds) {
        this.interval = QuotaWindow.THIRTY_SECONDS * (100 + FREE_PERCENT) / 100 / perThirtySeconds;
    }

    /** When such a call may leave, not before {@code earliest}; a few may run ahead, more of messages than of files. */
    long next(Urgency urgency, long earliest) {
        return switch (urgency) {
            case TILL -> earliest;
            case LIVE -> Math.max(earliest, planned - LIVE_AHEAD);
            case FILE -> Math.max(earliest, planned - FILE_AHEAD);
        };
    }

    void add(long time) {
        planned = Math.max(planned, time) + interval;
    }
}
