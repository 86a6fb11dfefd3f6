package dev.posbridge.sandbox;

import java.time.Duration;
import java.util.Arrays;

/**
 * What happens on the wire.
 *
 * @param answer null where none is sent
 * @param pause between two bytes of {@link Manner#DRIP}
 */
record Reply(Answer answer, Manner manner, Duration pause) {
    private static final String PAGE = "<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>";

    enum Manner {
        PLAIN,
        CLOSE,
        HANG,
        CUT,
        DRIP
    }

    static Reply plain(Answer answer) {
        return new Reply(answer, Manner.PLAIN, Duration.ZERO);
    }

    /**
     * What becomes of an answer under a fault.
     *
     * @param answer the true one, or null where the work was not done
     */
    static Reply spoiled(Fault fault, Answer answer, String requestId) {
        return switch (fault.kind()) {
            case CLOSE -> new Reply(null, Manner.CLOSE, Duration.ZERO);
            case HANG -> new Reply(null, Manner.HANG, Duration.ZERO);
            case CUT_ANSWER -> new Reply(answer, Manner.CUT, Duration.ZERO);
            case SLOW_DRIP -> new Reply(answer, Manner.DRIP, fault.delay());
            case TRUNCATED_JSON ->
                plain(new Answer(answer.status(), answer.contentType(), half(answer.body()), answer.headers()));
            case EMPTY_JSON -> plain(Answer.ok(Json.object()));
            case HTML -> plain(Answer.text(200, "text/html; charset=utf-8", PAGE));
            default -> plain(error(fault, requestId));
        };
    }

    /** The status as it is counted: {@code none} where nothing is sent. */
    String status() {
        return answer == null ? "none" : Integer.toString(answer.status());
    }

    private static Answer error(Fault fault, String requestId) {
        Answer error = Answer.error(fault.refusal(), requestId);
        return fault.retryAfter() == null ? error : error.withHeader("Retry-After", fault.retryAfter());
    }

    private static byte[] half(byte[] body) {
        return Arrays.copyOf(body, body.length / 2);
    }
}
