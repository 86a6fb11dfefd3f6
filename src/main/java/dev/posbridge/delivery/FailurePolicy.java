package dev.posbridge.delivery;

import dev.posbridge.Answered;
import dev.posbridge.ConfigurationException;
import dev.posbridge.CredentialsRefusedException;
import dev.posbridge.GameballRefusedException;
import dev.posbridge.GameballUnavailableException;
import dev.posbridge.GameballUnavailableException.Scope;
import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.LedgerClock;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.Unverified;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record when its attempt failed through no fault of its own: what may have left us is unknown and is
 * verified, what surely did not is tried again. Tells the gate. Thread-safe.
 */
public final class FailurePolicy {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(300);

    private static final String A_PAGE =
            " It was a page for people, so it is not Gameball who answers there. Correct posbridge.gameball.url, or the proxy.";

    private final Gate gate;
    private final Duration firstPause;
    private final Duration longestPause;
    private final int attempts;

    /** @param attempts after which a record that fails alone is dead */
    public FailurePolicy(Gate gate, Duration firstPause, Duration longestPause, int attempts) {
        this.gate = gate;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.attempts = attempts;
    }

    /**
     * @param left whether a call with the record's own effect had begun
     * @param failure what stopped the delivery; null where it was stopped before
     */
    Outcome outcome(Delivery delivery, boolean left, Exception failure) {
        Throwable cause = rootOf(failure);
        tell(cause);
        if (cause == null || isNotSent(cause)) {
            return Outcome.notSent(0);
        }
        if (cause instanceof GameballUnavailableException unavailable && unavailable.scope() == Scope.CUSTOMER) {
            return Outcome.again(in(BUSY_PAUSE)).because(cause.getMessage(), unavailable.answered());
        }
        if (cause instanceof IOException || cause instanceof PosbridgeException) {
            LOG.warn(
                    "{} {} is tried again: {}",
                    delivery.kind().word(),
                    delivery.posRecord().key(),
                    describe(cause));
        } else {
            LOG.error(
                    "{} {} failed inside Posbridge",
                    delivery.kind().word(),
                    delivery.posRecord().key(),
                    failure);
        }
        return left && !isBeforeAnyByte(cause) && scope(cause) != Scope.ELSEWHERE
                ? unknown(delivery, cause)
                : notYetSent(delivery, cause);
    }

    /** What becomes of an order of which Gameball knows nothing, though somebody began to send it. */
    Outcome missing(String orderId, int attempts, int crashes) {
        if (Unverified.isPoisonous(crashes)) {
            return Outcome.dead(Reason.POISONOUS, Reason.POISONOUS.remedy());
        }
        return exhausted(attempts)
                ? givenUp("order " + orderId, attempts, "it did not arrive")
                : Outcome.again(0).because("It was not there when Gameball was asked.", Answered.NOTHING);
    }

    /** What a failure to hand over a list means for what was in it. */
    enum Handover {
        /** Nothing left us, or Gameball surely did not take it. */
        NOT_SENT,
        REFUSED,
        UNKNOWN
    }

    /** @param left whether the call had begun */
    Handover handover(boolean left, Exception failure) {
        tellGate(failure);
        Throwable cause = rootOf(failure);
        if (cause instanceof GameballRefusedException) {
            return Handover.REFUSED;
        }
        boolean busy =
                cause instanceof GameballUnavailableException unavailable && unavailable.scope() == Scope.CUSTOMER;
        return !left || busy || isNotSent(cause) || isBeforeAnyByte(cause) || scope(cause) == Scope.ELSEWHERE
                ? Handover.NOT_SENT
                : Handover.UNKNOWN;
    }

    /** What stopped a call that concerns no single record; the records stay as they are. */
    void tellGate(Exception failure) {
        Throwable cause = rootOf(failure);
        tell(cause);
        if (!(cause instanceof IOException || cause instanceof PosbridgeException)) {
            LOG.error("A job failed inside Posbridge", failure);
        }
    }

    /** Tells the gate of what stopped a call that delivers no record. */
    public void heard(Throwable failure) {
        tell(failure instanceof Exception exception ? rootOf(exception) : failure);
    }

    private void tell(Throwable cause) {
        if (cause instanceof CredentialsRefusedException || cause instanceof ConfigurationException) {
            if (gate.refused(cause.getMessage(), cause instanceof ConfigurationException)) {
                LOG.error("Delivery stops, everything is kept: {}", cause.getMessage());
            }
        } else if (cause instanceof GameballUnavailableException unavailable
                && (unavailable.scope() == Scope.ELSEWHERE || unavailable.isPage())) {
            String what = cause.getMessage() + (unavailable.isPage() ? A_PAGE : "");
            if (gate.answeredByOthers(what)) {
                LOG.error("Delivery stops, everything is kept: {}", what);
            }
        } else if (cause instanceof IOException || scope(cause) == Scope.SERVICE) {
            boolean wasOpen = !gate.isClosed();
            gate.failed();
            if (wasOpen && gate.isClosed()) {
                LOG.warn("Gameball does not answer, delivery waits and goes on by itself: {}", describe(cause));
            }
        }
    }

    /** Null where it is no failure of the service. */
    private static Scope scope(Throwable cause) {
        return cause instanceof GameballUnavailableException unavailable ? unavailable.scope() : null;
    }

    /** Whether a record has had all the attempts it gets. */
    boolean exhausted(int attempt) {
        return attempt >= attempts && !gate.isClosed();
    }

    /** Growing and jittered. */
    Duration pause(int attempt) {
        long pause = Math.min(longestPause.toMillis(), firstPause.toMillis() << Math.min(16, Math.max(0, attempt - 1)));
        return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
    }

    static Outcome givenUp(String what, int attempt, String lastError) {
        return Outcome.dead(
                Reason.GIVEN_UP,
                what + ": given up after " + attempt + " attempts, the last: " + lastError + ". "
                        + Reason.GIVEN_UP.remedy());
    }

    /** There was no connection, so nothing left us. */
    private static boolean isBeforeAnyByte(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof ConnectTimeoutException
                || cause instanceof ConnectionRequestTimeoutException;
    }

    private static boolean isNotSent(Throwable cause) {
        return cause instanceof DeliveryStoppedException
                || cause instanceof CredentialsRefusedException
                || cause instanceof ConfigurationException
                || cause instanceof GameballUnavailableException unavailable && unavailable.scope() == Scope.QUOTA;
    }

    private Outcome notYetSent(Delivery delivery, Throwable cause) {
        if (gate.isClosed()) {
            return Outcome.notSent(in(pause(1)));
        }
        return exhausted(delivery.attempt())
                ? givenUp(delivery.posRecord().position().toString(), delivery.attempt(), describe(cause))
                : Outcome.again(in(pause(delivery.attempt()))).because(describe(cause), answered(cause));
    }

    private Outcome unknown(Delivery delivery, Throwable cause) {
        if (delivery.kind() == RecordKind.EVENT) {
            return Outcome.dead(
                    Reason.EVENT_UNKNOWN,
                    delivery.posRecord().position() + ": event \""
                            + delivery.posRecord().key() + "\": " + describe(cause) + ". "
                            + Reason.EVENT_UNKNOWN.remedy());
        }
        return Outcome.unknown(in(pause(delivery.attempt())), describe(cause), !gate.isClosed())
                .because(describe(cause), answered(cause));
    }

    private static Answered answered(Throwable cause) {
        return cause instanceof GameballUnavailableException unavailable ? unavailable.answered() : Answered.NOTHING;
    }

    /** What stopped it, in a sentence. */
    static String describe(Exception failure) {
        return describe(rootOf(failure));
    }

    private static String describe(Throwable cause) {
        return cause instanceof PosbridgeException ? cause.getMessage() : cause.toString();
    }

    private static long in(Duration pause) {
        return LedgerClock.millis() + pause.toMillis();
    }

    /** Camel wraps what stops a split. */
    public static Throwable rootOf(Exception failure) {
        Throwable cause = failure;
        while (cause instanceof CamelExecutionException || cause instanceof CamelExchangeException) {
            cause = cause.getCause();
        }
        return cause;
    }
}
