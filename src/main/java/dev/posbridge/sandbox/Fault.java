package dev.posbridge.sandbox;

import java.time.Duration;
import java.util.Set;

/**
 * One thing that goes wrong; {@link #of(Kind)} and the {@code with} methods build it, {@link FaultReader} reads it from
 * JSON.
 *
 * @param when before the effect (the default) or after it; some kinds only know one of them
 * @param method the calls it concerns, like {@code POST}, or null for all; {@code path} likewise, the beginning of what
 *     follows {@code /integrations/}
 * @param ids order ids, refund ids or customer ids that it concerns; empty for all
 * @param rate how probable, 0 to 1
 * @param count how many calls it hits before it ends, or null for ever
 * @param status of {@link Kind#ERROR}; {@code code} likewise
 * @param message of the error, or null for a plain one
 * @param delay of {@link Kind#LATENCY}; between two bytes of {@link Kind#SLOW_DRIP}
 * @param retryAfter the header as it is sent, whatever it says, or null for none
 */
public record Fault(
        Kind kind,
        When when,
        String method,
        String path,
        Set<String> ids,
        double rate,
        Long count,
        int status,
        int code,
        String message,
        Duration delay,
        String retryAfter) {

    /** What goes wrong. */
    public enum Kind {
        /** Every call takes longer. */
        LATENCY,
        /** An error in Gameball's shape. With ids, objects of a batch fail too. */
        ERROR,
        /** 429. */
        RATE_LIMIT,
        /** 401, code 1000. */
        KEY_REVOKED,
        /** The connection is closed without an answer. */
        CLOSE,
        /** No answer ever comes; the connection stays open. */
        HANG,
        /** Done, but the connection is closed in the middle of the answer. */
        CUT_ANSWER,
        /** Done, but the answer comes a byte at a time. */
        SLOW_DRIP,
        /** Done, but the answer is half a JSON document, sent as a whole one. */
        TRUNCATED_JSON,
        /** Done, but the answer is an empty object. */
        EMPTY_JSON,
        /** 200 with a page of HTML, as proxies send it. */
        HTML,
        /** The job is not found when asked for; before: its work is not done either. */
        JOB_LOST,
        /** The job does half its work and says it is running for ever. */
        JOB_STUCK,
        /** The job says it failed; after: its work is done all the same. */
        JOB_FAILED,
        /** The second half of the job's objects fail with a server error. */
        JOB_HALF_FAILED,
        /** The job works through its objects, and lists them, in another order. */
        JOB_SHUFFLED,
        /** The job says a word nobody knows; before: its work is not done either. */
        JOB_UNKNOWN_STATUS;

        boolean ofJobs() {
            return name().startsWith("JOB_");
        }
    }

    /** Whether the effect on the book has happened when it goes wrong. */
    public enum When {
        BEFORE,
        AFTER
    }

    public Fault {
        ids = Set.copyOf(ids);
    }

    /** Hits every call, for ever, before the effect; errors are 503 with code 5000, pauses take a second. */
    public static Fault of(Kind kind) {
        return new Fault(
                kind, When.BEFORE, null, null, Set.of(), 1.0, null, 503, 5000, null, Duration.ofSeconds(1), null);
    }

    boolean concerns(String calledMethod, String calledPath, Set<String> calledIds) {
        return (method == null || method.equals(calledMethod))
                && (path == null || calledPath.startsWith(path))
                && (ids.isEmpty() || calledIds.stream().anyMatch(ids::contains));
    }

    Refusal refusal() {
        return switch (kind) {
            case KEY_REVOKED -> new Refusal(401, 1000, said("the API key is not valid"));
            case RATE_LIMIT -> new Refusal(429, 429, said("too many requests"));
            default -> new Refusal(status, code, said("a fault of the sandbox"));
        };
    }

    private String said(String otherwise) {
        return message == null ? otherwise : message;
    }

    public Fault withWhen(When when) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withMethod(String method) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withPath(String path) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withIds(String... ids) {
        return new Fault(kind, when, method, path, Set.of(ids), rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withRate(double rate) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withCount(long count) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withError(int status, int code) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withMessage(String message) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withDelay(Duration delay) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }

    public Fault withRetryAfter(String retryAfter) {
        return new Fault(kind, when, method, path, ids, rate, count, status, code, message, delay, retryAfter);
    }
}
