package dev.posbridge.harness;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A moment at which a harness may end the process as a power cut would: {@code -Dposbridge.failpoint=AFTER_CLAIM:3} halts
 * it at the third hit (without a number at the first), with exit code {@value #EXIT}. With
 * {@code -Dposbridge.failpoint.log=FILE} every hit writes the point's name into the file, so that a harness can count them.
 * Costs nothing where neither is given. Thread-safe.
 *
 * <p>Those that begin with {@code WITHIN} lie in a transaction of the ledger; for each {@code Call} there are two, reached
 * through {@link #before(Enum)} and {@link #after(Enum)}.
 */
public enum Failpoint {
    LEDGER_OPENED,
    QUOTAS_RESTORED,
    STARTED,

    BEFORE_BEGINNING_FILE,
    AFTER_BEGINNING_FILE,
    BEFORE_CHUNK,
    WITHIN_CHUNK,
    AFTER_CHUNK,
    BEFORE_RELEASE,
    WITHIN_RELEASE,
    AFTER_RELEASE,
    BEFORE_REJECTING,
    AFTER_REJECTING,
    BEFORE_MOVE,
    AFTER_REASON_WRITTEN,
    AFTER_MOVE,
    AFTER_NOTING_MOVE,

    AFTER_ASKING_SERVICE,
    BEFORE_REQUEST,
    BEFORE_REQUEST_ENDS,
    AFTER_REQUEST_ENDED,

    BEFORE_CLAIM,
    WITHIN_CLAIM,
    AFTER_CLAIM,
    AFTER_CLAIM_OF_UNKNOWN,
    BEFORE_SETTLING_VERIFIED,
    BEFORE_OUTCOMES,
    WITHIN_OUTCOME,
    WITHIN_BURIAL,
    WITHIN_PARKING,
    WITHIN_WAKING,
    AFTER_OUTCOMES,
    BEFORE_JOB,
    WITHIN_JOB,
    AFTER_JOB,
    BEFORE_JOB_ID,
    AFTER_JOB_ID,
    AFTER_JOB_LOST,
    AFTER_VERIFICATION_BEGAN,
    BEFORE_JOB_OUTCOMES,
    WITHIN_JOB_OUTCOMES,
    AFTER_JOB_OUTCOMES,
    WITHIN_LAST_TIMES,
    AFTER_JOBS_TAKEN_OVER,
    WITHIN_ASKING_AGAIN,
    WITHIN_QUOTA_LOG,

    BEFORE_REPLAY,
    WITHIN_REPLAY,
    AFTER_REPLAY,

    AFTER_CARRYING,

    BEFORE_STOP,
    AFTER_STOPPING_LANES,
    AFTER_STOPPING_ROUTES,
    AFTER_STOPPING_BROKER,

    BEFORE_BALANCE,
    AFTER_BALANCE,
    BEFORE_CUSTOMER_DETAILS,
    AFTER_CUSTOMER_DETAILS,
    BEFORE_CUSTOMER,
    AFTER_CUSTOMER,
    BEFORE_ORDER,
    AFTER_ORDER,
    BEFORE_ORDER_TRANSACTIONS,
    AFTER_ORDER_TRANSACTIONS,
    BEFORE_REFUND,
    AFTER_REFUND,
    BEFORE_EVENT,
    AFTER_EVENT,
    BEFORE_HOLD,
    AFTER_HOLD,
    BEFORE_HOLD_RELEASE,
    AFTER_HOLD_RELEASE,
    BEFORE_ONE_TIME_PASSWORD,
    AFTER_ONE_TIME_PASSWORD,
    BEFORE_ORDER_PREVIEW,
    AFTER_ORDER_PREVIEW,
    BEFORE_ACTIVITIES,
    AFTER_ACTIVITIES,
    BEFORE_CUSTOMERS,
    AFTER_CUSTOMERS,
    BEFORE_ORDERS,
    AFTER_ORDERS,
    BEFORE_EVENTS,
    AFTER_EVENTS,
    BEFORE_BALANCES,
    AFTER_BALANCES,
    BEFORE_ORDERS_TRANSACTIONS,
    AFTER_ORDERS_TRANSACTIONS,
    BEFORE_JOB_STATUS,
    AFTER_JOB_STATUS,
    BEFORE_JOB_STOP,
    AFTER_JOB_STOP;

    static final String PROPERTY = "posbridge.failpoint";

    private static final int EXIT = 86;
    private static final String ARMED = System.getProperty(PROPERTY);
    private static final String LOG = System.getProperty(PROPERTY + ".log");
    private static final boolean WATCHED = ARMED != null || LOG != null;

    private final AtomicLong hits = new AtomicLong();

    /** Ends the process here and now, where a harness asked for this hit. */
    public void reach() {
        if (WATCHED) {
            hit();
        }
    }

    /** A call to Gameball is about to leave. */
    public static void before(Enum<?> call) {
        if (WATCHED) {
            valueOf("BEFORE_" + call.name()).hit();
        }
    }

    /** A call's answer is there, and nobody has written it down yet. */
    public static void after(Enum<?> call) {
        if (WATCHED) {
            valueOf("AFTER_" + call.name()).hit();
        }
    }

    /** Whether a name, with or without the number of a hit, names one of these. */
    static boolean isKnown(String armed) {
        return armed.matches("[A-Z_]+(:[1-9]\\d{0,8})?")
                && Arrays.stream(values()).anyMatch(point -> point.name().equals(armed.split(":")[0]));
    }

    private void hit() {
        long hit = hits.incrementAndGet();
        if (LOG != null) {
            log();
        }
        boolean first = hit == 1 && name().equals(ARMED);
        if (first || (name() + ':' + hit).equals(ARMED)) {
            Runtime.getRuntime().halt(EXIT);
        }
    }

    private void log() {
        try (FileOutputStream log = new FileOutputStream(LOG, true)) {
            log.write((name() + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
