package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Batch calls: the list is checked at once, its objects when the job comes to them, each for itself. What an object
 * lacks makes an entry among the failed, not an error of the call.
 */
final class BatchCalls {
    private static final int MOST_OBJECTS = 1_000;
    private static final Set<String> KNOWN = Set.of("body");
    private static final Supplier<ObjectNode> NO_DETAILS = null;

    private final Bookkeeper bookkeeper;
    private final Jobs jobs;
    private final Faults faults;
    private final Merging merging;
    private final JobStatus status;

    BatchCalls(Bookkeeper bookkeeper, Jobs jobs, Faults faults, SandboxSettings settings) {
        this.bookkeeper = bookkeeper;
        this.jobs = jobs;
        this.faults = faults;
        this.merging = settings.merging();
        this.status = new JobStatus(settings);
    }

    Answer customers(Call call) {
        return start(call, objects(call, (fields, job) -> {
            CustomerRequest request = CustomerRequest.read(fields);
            merging.demand(fields);
            return () -> {
                bookkeeper.save(request);
                return NO_DETAILS;
            };
        }));
    }

    Answer orders(Call call) {
        return start(call, objects(call, (fields, job) -> {
            OrderRequest request = OrderRequest.read(fields);
            return () -> {
                bookkeeper.place(request, job);
                return NO_DETAILS;
            };
        }));
    }

    Answer events(Call call) {
        return start(call, objects(call, (fields, job) -> {
            EventRequest request = EventRequest.read(fields);
            return () -> {
                bookkeeper.record(request);
                return NO_DETAILS;
            };
        }));
    }

    Answer balances(Call call) {
        return start(call, objects(call, (fields, job) -> {
            String customerId = fields.only(Set.of("customerId")).requiredText("customerId");
            return () -> bookkeeper.balance(customerId)::toJson;
        }));
    }

    /** The entry's {@code customerId} holds the order id: so the documentation has it. */
    Answer histories(Call call) {
        return start(call, (object, job) -> {
            if (!object.isTextual()) {
                throw Refusal.invalid("body must be a list of order ids");
            }
            String orderId = object.textValue();
            return new JobItem(orderId, null, () -> {
                if (bookkeeper.history(orderId).isEmpty()) {
                    throw new Refusal(404, 9005, "order is not found");
                }
                return () -> history(orderId);
            });
        });
    }

    Answer status(Call call) {
        return Answer.ok(status.toJson(jobs.known(call.parameter())));
    }

    Answer stop(Call call) {
        Job job = jobs.known(call.parameter());
        return Answer.ok(status.stopped(job, job.stop()));
    }

    private ObjectNode history(String orderId) {
        List<Transaction> history = bookkeeper.history(orderId);
        ObjectNode details = Json.object();
        details.set("transactions", Transaction.toJson(history));
        return details.put("count", history.size());
    }

    /** How an object becomes the work of a job with a number; refuses what is wrong with the object. */
    private BiFunction<JsonNode, Long, JobItem> objects(
            Call call, BiFunction<Fields, Long, Supplier<Supplier<ObjectNode>>> reader) {
        return (object, job) -> {
            if (!object.isObject()) {
                throw Refusal.invalid("body must be a list of objects");
            }
            String customerId = object.path("customerId").textValue();
            String orderId = object.path("orderId").textValue();
            try {
                Faults.Target target = new Faults.Target(call.endpoint().method(), call.path(), Call.Ids.of(object));
                faults.ofObject(target).ifPresent(fault -> {
                    throw fault.refusal();
                });
                return new JobItem(customerId, orderId, reader.apply(Fields.of(object), job));
            } catch (Refusal refusal) {
                return JobItem.refused(customerId, orderId, refusal);
            }
        };
    }

    private Answer start(Call call, BiFunction<JsonNode, Long, JobItem> reader) {
        JsonNode objects = call.fields().only(KNOWN).list("body");
        if (objects == null || objects.isEmpty()) {
            throw Refusal.invalid("body is required: a list of 1 to " + MOST_OBJECTS + " objects");
        }
        if (objects.size() > MOST_OBJECTS) {
            throw Refusal.invalid("body must have at most " + MOST_OBJECTS + " objects, found " + objects.size());
        }
        long number = jobs.nextNumber();
        List<JobItem> items = new ArrayList<>(objects.size());
        objects.forEach(object -> items.add(reader.apply(object, number)));
        jobs.start(new Job(number, items, faults.ofJob(call.target()).orElse(null)));
        return Answer.ok(Json.object().put("jobId", number));
    }
}
