package dev.posbridge.checkout;

import dev.posbridge.ConfigurationException;
import dev.posbridge.CredentialsRefusedException;
import dev.posbridge.GameballRefusedException;
import dev.posbridge.GameballUnavailableException;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.delivery.DeliveryStoppedException;
import dev.posbridge.gameball.Answer;
import dev.posbridge.gameball.ErrorAnswer;
import dev.posbridge.gameball.HoldAnswer;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a till is told when something failed: one of the errors, with a sentence for people. */
final class Explanations {
    private static final int HOLD_GONE = 9006;
    private static final int POINTS_INSUFFICIENT = 9008;
    private static final int OVER_LIMIT = 3011;
    private static final int CUSTOMER_UNKNOWN = 7000;
    private static final int PRECONDITION_UNMET = 2000;

    /** What Camel says of a queue in memory that holds all it may. */
    private static final String QUEUE_FULL = "Queue full";

    private static final Pattern PASSWORD = Pattern.compile("(?i)\\botp\\b|one.time.password");
    private static final Pattern HASH = Pattern.compile("(?i)\\bhash\\b");

    private Explanations() {}

    /**
     * The answer of a success.
     *
     * @param what was asked, for the message
     * @throws CheckoutException where Gameball refuses it for the request's own fault; other failures as they are
     */
    static <T extends Answer> T orThrow(Verdict<T> verdict, String what) {
        try {
            return verdict.orThrow(what);
        } catch (GameballRefusedException refused) {
            throw explained(refused);
        }
    }

    /** What a call is made of; a customer without what the account merges by is the request's fault. */
    static <T> T made(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (RecordRejectedException rejected) {
            throw of(rejected);
        }
    }

    /**
     * The same for a hold, which Gameball may refuse for want of a proof.
     *
     * @param hasPassword whether a one-time password was given
     */
    static HoldAnswer orThrow(Verdict<HoldAnswer> verdict, boolean hasPassword, String what) {
        try {
            return orThrow(verdict, what);
        } catch (CheckoutException refused) {
            CheckoutError proof = proof(verdict.error(), hasPassword);
            throw refused.error() == CheckoutError.REFUSED
                    ? new CheckoutException(proof, refused.getMessage(), refused.refusal(), refused)
                    : refused;
        }
    }

    /** The same for what a delivery ended with. */
    static CheckoutException refused(Outcome dead) {
        return refused(dead.message(), dead.reason(), dead.status(), dead.apiCode(), dead.requestId());
    }

    /** Whatever stopped a visit. */
    static CheckoutException of(Throwable failure) {
        if (failure instanceof CheckoutException told) {
            return told;
        }
        if (failure instanceof RecordRejectedException rejected) {
            return new CheckoutException(CheckoutError.INVALID_REQUEST, rejected.getMessage());
        }
        if (failure instanceof DeliveryStoppedException) {
            return new CheckoutException(CheckoutError.TIMEOUT, "Its turn did not come in time. Ask again.");
        }
        if (failure instanceof CredentialsRefusedException) {
            return new CheckoutException(CheckoutError.ACCOUNT_REFUSED, failure.getMessage());
        }
        if (failure instanceof GameballUnavailableException unavailable) {
            return unavailable(unavailable);
        }
        if (failure instanceof IllegalStateException && QUEUE_FULL.equals(failure.getMessage())) {
            return new CheckoutException(
                    CheckoutError.BUSY, "More ask than the desk can see to at once. Ask again in a moment.");
        }
        if (failure instanceof IOException || failure instanceof ConfigurationException) {
            return new CheckoutException(CheckoutError.UNAVAILABLE, "Gameball does not answer. Ask again later.");
        }
        return new CheckoutException(
                CheckoutError.INTERNAL,
                failure instanceof LedgerUnavailableException
                        ? "The ledger cannot be written. Nothing was done; ask again later."
                        : "Posbridge failed; its log says why.");
    }

    private static CheckoutException unavailable(GameballUnavailableException unavailable) {
        return switch (unavailable.scope()) {
            case CUSTOMER -> new CheckoutException(CheckoutError.CUSTOMER_BUSY, unavailable.getMessage());
            case QUOTA -> new CheckoutException(CheckoutError.BUSY, unavailable.getMessage());
            case SERVICE, ELSEWHERE -> new CheckoutException(CheckoutError.UNAVAILABLE, unavailable.getMessage());
        };
    }

    private static CheckoutException explained(GameballRefusedException refused) {
        return refused(refused.getMessage(), refused.reason(), refused.status(), refused.code(), refused.requestId());
    }

    private static CheckoutException refused(
            String message, Reason reason, Integer status, Integer code, String requestId) {
        Replies.Refusal refusal = status == null ? null : new Replies.Refusal(status, code, requestId);
        return new CheckoutException(error(reason, code == null ? 0 : code), message, refusal);
    }

    private static CheckoutError error(Reason reason, int code) {
        if (reason == Reason.CUSTOMER_INACTIVE) {
            return CheckoutError.CUSTOMER_INACTIVE;
        }
        if (reason == Reason.CHANGED_AFTER_DELIVERY
                || reason == Reason.KEY_REUSED
                || reason == Reason.ORDER_ID_COLLISION) {
            return CheckoutError.CHANGED_AFTER_DELIVERY;
        }
        return switch (code) {
            case HOLD_GONE -> CheckoutError.HOLD_GONE;
            case POINTS_INSUFFICIENT -> CheckoutError.POINTS_INSUFFICIENT;
            case OVER_LIMIT -> CheckoutError.LIMIT_EXCEEDED;
            case CUSTOMER_UNKNOWN -> CheckoutError.CUSTOMER_UNKNOWN;
            default -> CheckoutError.REFUSED;
        };
    }

    /** Gameball documents no codes for one-time passwords and hashes: its message names them. */
    private static CheckoutError proof(ErrorAnswer error, boolean hasPassword) {
        String message = error.message() == null ? "" : error.message();
        boolean unmet = error.code() != null && error.code() == PRECONDITION_UNMET;
        if (PASSWORD.matcher(message).find() || unmet && !hasPassword) {
            return hasPassword ? CheckoutError.OTP_WRONG : CheckoutError.OTP_REQUIRED;
        }
        return HASH.matcher(message).find() ? CheckoutError.HASH_WRONG : CheckoutError.REFUSED;
    }
}
