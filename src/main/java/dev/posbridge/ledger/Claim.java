package dev.posbridge.ledger;

import java.util.List;

/**
 * What a lane has to do now.
 *
 * @param unverified to be verified before anything else of their customers is sent
 * @param deliveries in order, claimed and committed as attempts
 */
public record Claim(List<Unverified> unverified, List<Delivery> deliveries) {
    public static final Claim NOTHING = new Claim(List.of(), List.of());

    public boolean isEmpty() {
        return unverified.isEmpty() && deliveries.isEmpty();
    }
}
