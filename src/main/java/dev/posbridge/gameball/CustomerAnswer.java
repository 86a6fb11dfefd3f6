package dev.posbridge.gameball;

/** Answer to {@code POST customers}. Two shapes are documented: Gameball's own id, or the customer's. */
public record CustomerAnswer(String gameballId, String customerId) implements Answer {
    @Override
    public boolean complete() {
        return gameballId != null || customerId != null;
    }
}
