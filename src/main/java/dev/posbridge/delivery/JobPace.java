package dev.posbridge.delivery;

import java.time.Duration;
import java.util.Collection;

/**
 * How long jobs take, learnt from those that ended, so that each costs one question if possible: asked too early it costs
 * a second call of a scarce quota, asked late it costs time. Thread-safe.
 */
final class JobPace {
    private static final double CLOSE_ENOUGH = 1.05;
    private static final double FORGETTING = 0.998;
    private static final Duration SHORTEST_DEADLINE = Duration.ofSeconds(10);
    private static final int DEADLINE_FACTOR = 20;
    private static final int LOOKS_BEFORE_DEADLINE = 4;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final int SHARE_OF_AGE = 8;

    /** Of the first job: to find out more exactly would take twice as many questions, and the next jobs tell. */
    private static final int SHARE_OF_AGE_AT_FIRST = 3;

    private final Duration longestDeadline;
    /** Within it a job was last seen not to have ended. */
    private double tooEarly;

    private double expected;
    private double slowest;
    private boolean known;

    /** @param longestDeadline given to jobs of which nothing is known yet */
    JobPace(Duration longestDeadline, Collection<Long> millisOfEarlierJobs) {
        this.longestDeadline = longestDeadline;
        millisOfEarlierJobs.forEach(millis -> slowest = Math.max(slowest, millis));
        known = !millisOfEarlierJobs.isEmpty();
        expected = millisOfEarlierJobs.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    /** Whether any job ended yet; until then asking after more than one would tell no more. */
    synchronized boolean isKnown() {
        return known;
    }

    /** How long after its submission to ask for the first time; well before its deadline, however long jobs took. */
    synchronized Duration first() {
        return least(Duration.ofMillis((long) expected), deadline().dividedBy(LOOKS_BEFORE_DEADLINE));
    }

    /** How long to wait after an answer that the job still runs; grows with its age. */
    synchronized Duration next(Duration age) {
        tooEarly = Math.max(tooEarly, age.toMillis());
        Duration pause = least(
                age.dividedBy(known ? SHARE_OF_AGE : SHARE_OF_AGE_AT_FIRST),
                deadline().dividedBy(LOOKS_BEFORE_DEADLINE));
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    /** @param looks questions asked, this one included */
    synchronized void ended(Duration age, int looks) {
        known = true;
        double millis = age.toMillis();
        slowest = Math.max(slowest * FORGETTING, millis);
        tooEarly = Math.min(tooEarly * FORGETTING, millis);
        if (looks > 1 || millis < expected) {
            expected = millis;
        } else if (expected > tooEarly * CLOSE_ENOUGH) {
            expected = (expected + tooEarly) / 2;
        }
    }

    /** How long a job may go without visible progress. */
    synchronized Duration deadline() {
        if (slowest == 0) {
            return longestDeadline;
        }
        Duration learnt = Duration.ofMillis((long) (slowest * DEADLINE_FACTOR));
        Duration least = learnt.compareTo(SHORTEST_DEADLINE) < 0 ? SHORTEST_DEADLINE : learnt;
        return least(least, longestDeadline);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
