package dev.posbridge.ledger;

import java.util.List;

/**
 * What a replay made of a dead letter.
 *
 * @param deadLetter the one that was replayed
 * @param file id of the file it belongs to
 * @param became {@code due}, {@code duplicate}, {@code skipped}, {@code parked}, {@code superseded}, {@code dead}, or
 *     {@code closed} where it was closed before and nothing was done
 * @param newDeadLetter what it is known by now where it became {@code dead}, else 0
 * @param reason why it is dead, skipped or parked now, as a code; null otherwise
 * @param records ids of the records that are there now
 * @param duplicates what turned out to be known already
 */
public record Replayed(
        long deadLetter,
        long file,
        String became,
        long newDeadLetter,
        String reason,
        List<Long> records,
        Tally duplicates) {

    static Replayed nothing(long deadLetter, long file, String became) {
        return new Replayed(deadLetter, file, became, 0, null, List.of(), Tally.NONE);
    }
}
