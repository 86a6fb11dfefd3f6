package dev.posbridge.gameball;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * Answer to {@code GET batches/{jobId}/status}. Two shapes are documented, this is what both say. Counts are -1 where
 * the answer has none.
 *
 * @param job that it is of, as the answer says; null where it does not
 * @param word Gameball's own word for the state, or null
 * @param successful entries that Gameball lists as done; may be fewer than it counts
 */
public record JobStatus(
        String job,
        State state,
        String word,
        long total,
        long finished,
        long errors,
        List<JobEntry> successful,
        List<JobEntry> failed)
        implements Answer {

    public enum State {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        STOPPED,
        /** A word that is not documented: neither done nor failed. */
        UNKNOWN;

        /** Whether the job will do nothing more. */
        public boolean isTerminal() {
            return this == COMPLETED || this == FAILED || this == STOPPED;
        }

        static State of(String word) {
            return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
                case "queued", "pending" -> QUEUED;
                case "running", "processing" -> RUNNING;
                case "completed" -> COMPLETED;
                case "failed" -> FAILED;
                case "stopped" -> STOPPED;
                default -> UNKNOWN;
            };
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static JobStatus of(JsonNode answer) {
        String word = answer.path("status").asText(null);
        return new JobStatus(
                answer.hasNonNull("jobId")
                        ? answer.path("jobId").asText()
                        : answer.path("batchId").asText(null),
                State.of(word),
                word,
                count(answer, "totalCount", "totalItems"),
                count(answer, "finishedCount", "processedItems"),
                count(answer, "errorCount", "failedItems"),
                entries(answer.path("response").path("successful"), answer.path("results")),
                entries(answer.path("response").path("failed"), answer.path("errors")));
    }

    /** Whether it is not plainly another job's: a server between us and Gameball may mix two answers up. */
    public boolean mayBeOf(String asked) {
        return job == null || !job.chars().allMatch(Character::isDigit) || job.equals(asked);
    }

    /** Whether the job says that it did all of so many objects, naming all of them or none. */
    public boolean isWholeSuccess(int size) {
        boolean named = successful.size() == size || successful.isEmpty();
        boolean counted = total == size && (finished == size || finished == -1);
        return state == State.COMPLETED && errors == 0 && failed.isEmpty() && named && counted;
    }

    @Override
    public boolean complete() {
        return word != null;
    }

    private static long count(JsonNode answer, String oneShape, String otherShape) {
        JsonNode count = answer.hasNonNull(oneShape) ? answer.path(oneShape) : answer.path(otherShape);
        return count.asLong(-1);
    }

    private static List<JobEntry> entries(JsonNode oneShape, JsonNode otherShape) {
        JsonNode entries = oneShape.isArray() ? oneShape : otherShape;
        return StreamSupport.stream(entries.spliterator(), false)
                .map(JobEntry::of)
                .toList();
    }
}
