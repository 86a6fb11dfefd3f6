package dev.posbridge.gameball;

/** Answer to a batch call: the work happens later, under this id. */
public record JobAccepted(String jobId) implements Answer {
    @Override
    public boolean complete() {
        return jobId != null && !jobId.isBlank();
    }
}
