package dev.posbridge.ledger;

import dev.posbridge.pos.AgainPolicy;
import java.time.Duration;
import java.time.LocalDate;

/**
 * A file that somebody offers.
 *
 * @param path where it lies now; only told to people
 * @param contentHash SHA-256 of its bytes, in hex: this, not its name, is what a file is known by
 * @param profileHash of the profile that reads it; another profile may read the same bytes otherwise
 * @param businessDate from its name, or null
 * @param source by which it came, or null: an inbox or a command
 * @param matchesByProduct whether its refunds find their sale by product
 * @param parksUnmatched whether a refund that finds none waits for it
 * @param timeTolerance by how much the time of a receipt may differ that comes again and is the same
 * @param profileText hash of the profile's own text, without the files that it looks values up in; may be null
 */
public record FileOffer(
        String vendor,
        String identity,
        String name,
        String path,
        String contentHash,
        String profileHash,
        LocalDate businessDate,
        String source,
        boolean matchesByProduct,
        boolean parksUnmatched,
        Duration timeTolerance,
        String profileText) {

    /** One whose profile says nothing of times, and of which nobody has to approve. */
    public FileOffer(
            String vendor,
            String identity,
            String name,
            String path,
            String contentHash,
            String profileHash,
            LocalDate businessDate,
            String source,
            boolean matchesByProduct,
            boolean parksUnmatched) {
        this(
                vendor,
                identity,
                name,
                path,
                contentHash,
                profileHash,
                businessDate,
                source,
                matchesByProduct,
                parksUnmatched,
                AgainPolicy.DEFAULT.timeTolerance(),
                null);
    }
}
