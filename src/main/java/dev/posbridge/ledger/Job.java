package dev.posbridge.ledger;

/**
 * A list handed to Gameball, which works through it later.
 *
 * @param id ours
 * @param gameballId Gameball's; null until it told
 * @param epoch of the process that asks about it; outcomes are written under it
 * @param deadline milliseconds since 1970: past it the job is stopped and its orders are asked about one by one
 * @param evidenceAt of a verification: before this time "not there" proves nothing, another job may still bring the order
 */
public record Job(
        long id,
        JobKind kind,
        String gameballId,
        int size,
        long epoch,
        long submittedAt,
        long deadline,
        long evidenceAt) {

    public Job named(String itsGameballId) {
        return new Job(id, kind, itsGameballId, size, epoch, submittedAt, deadline, evidenceAt);
    }
}
