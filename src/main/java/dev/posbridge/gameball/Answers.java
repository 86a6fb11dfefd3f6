package dev.posbridge.gameball;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Reads what Gameball answered and judges it. Thread-safe, never fails: whatever comes has a meaning. */
public final class Answers {
    private final InstantSource clock;

    public Answers() {
        this(InstantSource.system());
    }

    /** @param clock wall clock, only for a Retry-After that is a date */
    Answers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param status HTTP status
     * @param body of the answer, or null
     * @param retryAfter the header of that name, or null
     * @param type what Gameball documents as the success of the call
     */
    public <T extends Answer> Verdict<T> judge(int status, String body, String retryAfter, Class<T> type) {
        boolean page = body != null && body.stripLeading().startsWith("<");
        if (status / 100 == 2) {
            T answer = read(body, type);
            return answer == null
                    ? new Verdict<>(status, Meaning.UNCLEAR, null, page ? ErrorAnswer.PAGE : ErrorAnswer.of(body), null)
                    : new Verdict<>(status, Meaning.DONE, answer, ErrorAnswer.NONE, null);
        }
        ErrorAnswer error = ErrorAnswer.of(body);
        Meaning told = ErrorTable.meaning(status, error.code(), page);
        Meaning meaning = told == Meaning.PAYLOAD_WRONG && ErrorAnswer.isCut(body) ? Meaning.UNCLEAR : told;
        Instant now = clock.instant();
        Duration wait = meaning.isRetried() ? RetryAfter.parse(retryAfter, now) : null;
        return new Verdict<>(status, meaning, null, error, wait);
    }

    /** Null where the body is not what is documented. */
    private static <T extends Answer> T read(String body, Class<T> type) {
        try {
            T answer = body == null ? null : GameballJson.mapper().readValue(body, type);
            return answer != null && answer.complete() ? answer : null;
        } catch (JsonProcessingException truncatedOrNotJson) {
            return null;
        }
    }
}
