package dev.posbridge.ledger;

import java.util.Map;

/**
 * A list handed to Gameball, which works through it later.
 *
 * @param id ours
 * @param gameballId Gameball's; null until it told
 * @param epoch of the process that asks about it; outcomes are written under it
 * @param deadline milliseconds since 1970: past it the job is stopped and its orders are asked about one by one
 * @param evidenceAt of a verification: before this time "not there" proves nothing, another job may still bring the order
 * @param moved times that were told to Gameball where they are not the tills', in milliseconds by record
 */
public record Job(
        long id,
        JobKind kind,
        String gameballId,
        int size,
        long epoch,
        long submittedAt,
        long deadline,
        long evidenceAt,
        Map<Long, Long> moved) {

    public Job named(String itsGameballId) {
        return new Job(id, kind, itsGameballId, size, epoch, submittedAt, deadline, evidenceAt, moved);
    }

    /** The time told to Gameball of one of its records, where that happened at the given one by the till. */
    long sentTime(long recordId, long happenedAt) {
        return moved.getOrDefault(recordId, happenedAt);
    }
}
