package dev.posbridge.ledger;

/** How a job left one of its records, and by which way it may go on if it is not at its end. */
public record JobOutcome(Carried carried, Outcome outcome, Way way) {
    public static JobOutcome delivered(Carried carried) {
        return new JobOutcome(carried, Outcome.delivered(null), carried.way());
    }
}
