package dev.posbridge.delivery;

import dev.posbridge.GameballUnavailableException;
import dev.posbridge.gameball.BatchRequest;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.JobAccepted;
import dev.posbridge.gameball.JobEntry;
import dev.posbridge.gameball.JobStatus;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.Unverified;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Asks Gameball which orders it has, by a job over up to 1,000 ids. Thread-safe. */
public final class VerificationSteps {
    private static final int MOST_LOOKS = 120;

    private final Calls calls;
    private final FailurePolicy failures;

    public VerificationSteps(Calls calls, FailurePolicy failures) {
        this.calls = calls;
        this.failures = failures;
    }

    public BatchRequest<String> request(@ExchangeProperty("delivery") Verification verification) {
        return new BatchRequest<>(verification.orderIds());
    }

    /** @return the job's id */
    public String accepted(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter) {
        return String.valueOf(calls.judge(Call.ORDERS_TRANSACTIONS, status, body, retryAfter, JobAccepted.class)
                .orThrow("the question which orders arrived")
                .jobId());
    }

    /**
     * @return the job's state once nothing more will come of it, else null
     * @throws GameballUnavailableException where it does not end in reasonable time; it is asked anew
     */
    public JobStatus ended(
            @Body String body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @ExchangeProperty(Exchange.LOOP_INDEX) int looks) {
        JobStatus job = calls.judge(Call.JOB_STATUS, status, body, retryAfter, JobStatus.class)
                .orThrow("the question which orders arrived");
        if (!job.state().isTerminal() && looks >= MOST_LOOKS) {
            throw new GameballUnavailableException(
                    GameballUnavailableException.Scope.SERVICE,
                    null,
                    "Gameball's job that says which orders arrived does not end (" + job.word()
                            + "). It is asked anew.");
        }
        return job.state().isTerminal() ? job : null;
    }

    /** @param job null where there was no order to ask about */
    public void settle(
            @ExchangeProperty("delivery") Verification verification,
            @ExchangeProperty("job") JobStatus job,
            @ExchangeProperty("lane") Work work) {
        Failpoint.BEFORE_SETTLING_VERIFIED.reach();
        Set<String> found = job == null ? Set.of() : found(job);
        Set<String> answered = job == null ? Set.of() : answered(job, found);
        for (Unverified unverified : verification.records()) {
            if (unverified.kind() != RecordKind.SALE || answered.contains(unverified.orderId())) {
                work.settle(unverified.recordId(), outcome(unverified, found));
            }
        }
    }

    private Outcome outcome(Unverified unverified, Set<String> found) {
        if (unverified.kind() == RecordKind.EVENT) {
            return Outcome.dead(Reason.EVENT_UNKNOWN, Reason.EVENT_UNKNOWN.remedy());
        }
        if (unverified.kind() == RecordKind.SALE && found.contains(unverified.orderId())) {
            return Outcome.delivered(null);
        }
        if (unverified.isPoisonous()) {
            return Outcome.dead(Reason.POISONOUS, Reason.POISONOUS.remedy());
        }
        return failures.exhausted(unverified.attempts())
                ? FailurePolicy.givenUp("order " + unverified.orderId(), unverified.attempts(), "it did not arrive")
                : Outcome.again(0);
    }

    /** The field customerId of such a job's entries holds the order id. */
    private static Set<String> found(JobStatus job) {
        Set<String> found = new HashSet<>();
        job.successful().forEach(entry -> found.add(id(entry)));
        return found;
    }

    private static Set<String> answered(JobStatus job, Set<String> found) {
        Set<String> answered = new HashSet<>(found);
        job.failed().forEach(entry -> answered.add(id(entry)));
        return answered;
    }

    private static String id(JobEntry entry) {
        return entry.orderId() == null ? entry.customerId() : entry.orderId();
    }
}
