package dev.posbridge.gameball;

/** Answer to {@code DELETE transactions/hold/{reference}}. */
public record HoldReleased(Boolean success, String message) implements Answer {
    @Override
    public boolean complete() {
        return Boolean.TRUE.equals(success);
    }
}
