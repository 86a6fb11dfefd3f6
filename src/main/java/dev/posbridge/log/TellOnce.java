package dev.posbridge.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Warnings and errors of one cause are told once, then with growing pauses: after 10 s, 20 s, and so on up to an hour, with
 * how many there were. A cause is what the log's writer wrote, not what was filled in; where nothing is to be filled in,
 * what begins alike is one cause. Costs nothing at other levels.
 */
public final class TellOnce extends TurboFilter {
    private static final int BEGINNING = 80;
    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

    private final Repeats repeats = new Repeats();

    /** What is the same, whoever it happened to. */
    private record Cause(String logger, Level level, String format, Class<?> failure) {}

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable failure) {
        boolean counted = format != null && level.isGreaterOrEqual(Level.WARN) && !TELLING.get();
        if (!counted || !isHeard(logger, level)) {
            return FilterReply.NEUTRAL;
        }
        long silent = repeats.hear(
                new Cause(logger.getName(), level, alike(format), failure == null ? null : failure.getClass()),
                System.nanoTime() / 1_000_000);
        if (silent > 0) {
            tell(logger, level, silent, format);
        }
        return silent < 0 ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isHeard(Logger logger, Level level) {
        return level.isGreaterOrEqual(logger.getEffectiveLevel());
    }

    /** Without numbers: a text that was put together has its count, port or id in it. */
    private static String alike(String format) {
        String beginning = format.length() > BEGINNING ? format.substring(0, BEGINNING) : format;
        return beginning.replaceAll("[0-9]+", "0");
    }

    private static void tell(Logger logger, Level level, long silent, String format) {
        TELLING.set(true);
        try {
            String text = "{} more like this since it was last told: {}";
            String what = alike(format).replace("{}", "...");
            if (level.isGreaterOrEqual(Level.ERROR)) {
                logger.error(text, silent, what);
            } else {
                logger.warn(text, silent, what);
            }
        } finally {
            TELLING.set(false);
        }
    }
}
