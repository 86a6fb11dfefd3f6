package dev.posbridge.gameball;

/** Answer to {@code POST transactions/otp}; nothing is documented of it, so any JSON object will do. */
public record OneTimePasswordAnswer() implements Answer {
    @Override
    public boolean complete() {
        return true;
    }
}
