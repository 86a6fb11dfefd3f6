package dev.posbridge.ledger;

/** What a delivery learnt of a customer: Gameball knows them, because it said so or because we created them. */
public record CustomerStanding(String customerId, boolean createdByUs) {
    int code() {
        return createdByUs ? 2 : 1;
    }
}
