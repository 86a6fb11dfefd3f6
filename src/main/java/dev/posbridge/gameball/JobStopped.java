package dev.posbridge.gameball;

/** Answer to {@code POST batches/{jobId}/stop}. What the job did before is in its status. */
public record JobStopped(String batchId, String status, String message) implements Answer {
    @Override
    public boolean complete() {
        return batchId != null || status != null || message != null;
    }
}
