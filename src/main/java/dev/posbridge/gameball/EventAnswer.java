package dev.posbridge.gameball;

/** Answer to {@code POST events}. */
public record EventAnswer(Boolean success, String message) implements Answer {
    @Override
    public boolean complete() {
        return Boolean.TRUE.equals(success);
    }
}
