package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A job's state in either of the two documented shapes. */
final class JobStatus {
    private final SandboxSettings.JobStatusShape shape;
    private final SandboxSettings.JobEntryNames names;

    JobStatus(SandboxSettings settings) {
        this.shape = settings.jobStatusShape();
        this.names = settings.jobEntryNames();
    }

    ObjectNode toJson(Job job) {
        Job.View view = job.view();
        ObjectNode body = isFinishedCount(view) ? finishedCount(view) : processedItems(view);
        return job.has(Fault.Kind.JOB_UNKNOWN_STATUS) && view.state().isEnd() ? body.put("status", "archiving") : body;
    }

    ObjectNode stopped(Job job, boolean now) {
        Job.View view = job.view();
        String word = isFinishedCount(view) ? finishedCount(view.state()) : processedItems(view.state());
        return Json.object()
                .put("batchId", Long.toString(view.id()))
                .put("status", word)
                .put("message", now ? "Batch operation stopped" : "Batch operation has ended before");
    }

    private boolean isFinishedCount(Job.View view) {
        return switch (shape) {
            case FINISHED_COUNT -> true;
            case PROCESSED_ITEMS -> false;
            case ALTERNATE -> view.id() % 2 == 1;
        };
    }

    private ObjectNode finishedCount(Job.View view) {
        ObjectNode body = Json.object()
                .put("jobId", view.id())
                .put("status", finishedCount(view.state()))
                .put("totalCount", view.total())
                .put("finishedCount", view.finished())
                .put("errorCount", view.errors());
        ObjectNode response = body.putObject("response");
        response.set("successful", entries(view.successful(), "message"));
        response.set("failed", entries(view.failed(), "message"));
        return body;
    }

    private ObjectNode processedItems(Job.View view) {
        ObjectNode body = Json.object()
                .put("batchId", Long.toString(view.id()))
                .put("status", processedItems(view.state()))
                .put("progress", 100 * view.finished() / view.total())
                .put("totalItems", view.total())
                .put("processedItems", view.finished())
                .put("failedItems", view.errors());
        body.set("results", entries(view.successful(), "error"));
        body.set("errors", entries(view.failed(), "error"));
        return body;
    }

    private ArrayNode entries(List<JobItem.Entry> entries, String messageField) {
        ArrayNode list = Json.array();
        for (JobItem.Entry entry : entries) {
            ObjectNode node = list.addObject().put("customerId", entry.customerId());
            if (entry.orderId() != null && names == SandboxSettings.JobEntryNames.BY_ORDER_ID) {
                node.put("orderId", entry.orderId());
            }
            if (entry.message() != null) {
                node.put(messageField, entry.message());
            }
            if (entry.details() != null) {
                node.setAll(entry.details().get());
            }
        }
        return list;
    }

    private static String finishedCount(Job.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** This shape knows no word for a job that was stopped. */
    private static String processedItems(Job.State state) {
        return switch (state) {
            case QUEUED -> "pending";
            case RUNNING -> "processing";
            case COMPLETED -> "completed";
            case FAILED, STOPPED -> "failed";
        };
    }
}
