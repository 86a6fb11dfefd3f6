package dev.posbridge.gameball;

import dev.posbridge.Answered;
import dev.posbridge.ConfigurationException;
import dev.posbridge.CredentialsRefusedException;
import dev.posbridge.GameballRefusedException;
import dev.posbridge.GameballUnavailableException;
import dev.posbridge.GameballUnavailableException.Scope;
import dev.posbridge.PosbridgeException;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What an answer means, and what was in it.
 *
 * @param status HTTP status
 * @param answer the documented success; null unless {@link Meaning#DONE}
 * @param error what Gameball says of the failure; never null, its parts may be
 * @param retryAfter how long Gameball asks us to wait, ten minutes at most; null where it does not say
 */
public record Verdict<T extends Answer>(int status, Meaning meaning, T answer, ErrorAnswer error, Duration retryAfter) {
    private static final int LONGEST_QUOTE = 300;

    /**
     * The answer of a success.
     *
     * @param what was sent, for the message: {@code order R-4711}
     * @throws PosbridgeException as {@link #failure}
     */
    public T orThrow(String what) {
        if (meaning != Meaning.DONE) {
            throw failure(what);
        }
        return answer;
    }

    /**
     * The same where the answer names what was sent, or nothing; else {@link Meaning#UNCLEAR}: a server between us and
     * Gameball has mixed up two answers, and what this one says is another's.
     */
    public Verdict<T> ifItNames(Predicate<T> ours) {
        return answer == null || ours.test(answer) ? this : new Verdict<>(status, Meaning.UNCLEAR, null, error, null);
    }

    /**
     * The exception for what is no success, by whose fault it is: {@link CredentialsRefusedException},
     * {@link ConfigurationException} for an answer that cannot be Gameball's (a redirect: waiting would not help),
     * {@link GameballUnavailableException}, or {@link GameballRefusedException} for the record's own.
     *
     * @param what was sent, for the message: {@code order R-4711}
     */
    public PosbridgeException failure(String what) {
        return switch (meaning.fault()) {
            case NONE -> throw new IllegalStateException("no failure: " + what);
            case ACCOUNT -> new CredentialsRefusedException(message("refused our key or account for", what));
            case SETTINGS -> new ConfigurationException(message("is not at the address that answered", what));
            case CUSTOMER -> unavailable(Scope.CUSTOMER, "is busy with the customer of", what);
            case QUOTA -> unavailable(Scope.QUOTA, "has no quota left for", what);
            case SERVICE -> unavailable(Scope.SERVICE, "gave no usable answer to", what);
            case ELSEWHERE -> unavailable(Scope.ELSEWHERE, "is not at the address that answered", what);
            case RECORD ->
                new GameballRefusedException(
                        meaning.reason(), status, error.code(), error.requestId(), message("refused", what));
        };
    }

    private GameballUnavailableException unavailable(Scope scope, String verb, String what) {
        return new GameballUnavailableException(
                scope,
                retryAfter,
                message(verb, what),
                error.isPage(),
                new Answered(status, error.code(), error.requestId()));
    }

    private String message(String verb, String what) {
        return Masking.mask("Gameball " + verb + " " + what + " (" + details() + "). " + meaning.remedy());
    }

    private String details() {
        StringBuilder details = new StringBuilder().append(status);
        if (error.code() != null) {
            details.append(", code ").append(error.code());
        }
        details.append(error.message() == null ? ", no message" : ": \"" + quoted(error.message()) + '"');
        if (error.requestId() != null) {
            details.append(", request ").append(quoted(error.requestId()));
        }
        return details.toString();
    }

    /** One line, of bounded length: it goes to logs and terminals. */
    private static String quoted(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }
}
