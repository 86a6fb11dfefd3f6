package dev.posbridge.delivery;

import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.Unverified;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import org.apache.camel.ExchangeProperty;

/**
 * Decides about refunds, customers and events whose sending nobody saw end: there is nothing to ask. They are sent again
 * under the same id, which Gameball refuses if it has it; events have none, and die. Orders are asked about by jobs.
 * Thread-safe.
 */
public final class VerificationSteps {
    private final FailurePolicy failures;

    public VerificationSteps(FailurePolicy failures) {
        this.failures = failures;
    }

    public void settle(@ExchangeProperty("delivery") Verification verification, @ExchangeProperty("lane") Work work) {
        Failpoint.BEFORE_SETTLING_VERIFIED.reach();
        for (Unverified unverified : verification.records()) {
            work.settle(unverified.recordId(), outcome(unverified));
        }
    }

    private Outcome outcome(Unverified unverified) {
        return unverified.kind() == RecordKind.EVENT
                ? Outcome.dead(Reason.EVENT_UNKNOWN, Reason.EVENT_UNKNOWN.remedy())
                : failures.missing(unverified.orderId(), unverified.attempts(), unverified.crashes());
    }
}
