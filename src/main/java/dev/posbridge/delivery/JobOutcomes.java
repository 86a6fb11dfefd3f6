package dev.posbridge.delivery;

import dev.posbridge.Answered;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.JobEntry;
import dev.posbridge.gameball.JobStatus;
import dev.posbridge.ledger.Carried;
import dev.posbridge.ledger.Job;
import dev.posbridge.ledger.JobOutcome;
import dev.posbridge.ledger.LedgerClock;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.Way;
import dev.posbridge.pos.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a job's answer says of each record in its hands. Whatever it does not surely say of a record is left out: that
 * record is unknown, and is asked about.
 */
final class JobOutcomes {
    /** So few refused orders are sent once more by themselves: their own answer has a code and a request id. */
    private static final int FEW = 25;

    /** After so many tries by batch that came to nothing an order goes by a call of its own. */
    private static final int TRIES_BY_BATCH = 3;

    private final FailurePolicy failures;
    private final RestoredLedger restored;

    JobOutcomes(FailurePolicy failures, RestoredLedger restored) {
        this.failures = failures;
        this.restored = restored;
    }

    /** @param records in the hands of a job that carried orders, one for each customer */
    List<JobOutcome> ofOrders(List<Carried> records, JobStatus job) {
        Map<Carried, JobEntry> successful = named(records, job.successful());
        // Names that are none of ours are those of another job, whose answer this is.
        boolean ours = job.successful().isEmpty() || !successful.isEmpty();
        if (ours && job.isWholeSuccess(records.size())) {
            return records.stream().map(JobOutcome::delivered).toList();
        }
        Map<Carried, JobEntry> failed = named(records, job.failed());
        boolean ended = job.state() == JobStatus.State.COMPLETED;
        List<JobOutcome> outcomes = new ArrayList<>();
        for (Carried record : records) {
            boolean contradicted = successful.containsKey(record) && failed.containsKey(record);
            if (successful.containsKey(record) && !contradicted) {
                outcomes.add(JobOutcome.delivered(record));
            } else if (failed.containsKey(record) && ended && !contradicted) {
                refused(record, failed.get(record), failed.size(), outcomes);
            }
        }
        return outcomes;
    }

    /** What may have arrived before, or met a failing server, is unknown still. */
    private void refused(Carried record, JobEntry entry, int howMany, List<JobOutcome> outcomes) {
        if (record.sentBefore() || entry.isTrouble() || restored.mayHaveSent(Instant.ofEpochMilli(record.sentTime()))) {
            return;
        }
        if (howMany <= FEW || entry.isTimeTaken()) {
            outcomes.add(new JobOutcome(record, refused(Outcome.notSent(0), entry), Way.SINGLY));
        } else if (record.way() != Way.REFUSED_AMONG_MANY) {
            outcomes.add(new JobOutcome(record, refused(Outcome.again(0), entry), Way.REFUSED_AMONG_MANY));
        } else {
            Outcome dead = Outcome.dead(
                    Reason.GAMEBALL_REFUSED,
                    "Gameball refused order " + record.orderId() + " in a batch (\"" + words(entry) + "\"). "
                            + Reason.GAMEBALL_REFUSED.remedy());
            outcomes.add(new JobOutcome(record, dead.calling(Call.ORDERS.words()), record.way()));
        }
    }

    private static Outcome refused(Outcome outcome, JobEntry entry) {
        return outcome.because("Gameball refused it in a batch (\"" + words(entry) + "\").", Answered.NOTHING)
                .calling(Call.ORDERS.words());
    }

    private static String words(JobEntry entry) {
        return entry.message() == null ? "no message" : entry.message();
    }

    /** Entries name their order, or at least their customer, of whom the job carried one order. */
    private static Map<Carried, JobEntry> named(List<Carried> records, List<JobEntry> entries) {
        Map<Carried, JobEntry> named = new IdentityHashMap<>();
        boolean byOrder = entries.stream().anyMatch(entry -> entry.orderId() != null);
        boolean byCustomer = entries.stream().anyMatch(entry -> entry.orderId() == null);
        Map<String, Carried> orders = byOrder ? by(Carried::orderId, records) : Map.of();
        Map<String, Carried> customers = byCustomer ? by(Carried::customerId, records) : Map.of();
        for (JobEntry entry : entries) {
            Carried record = entry.orderId() == null ? customers.get(entry.customerId()) : orders.get(entry.orderId());
            if (record != null) {
                named.put(record, entry);
            }
        }
        return named;
    }

    /** Without those who share a name. */
    private static Map<String, Carried> by(Function<Carried, String> name, List<Carried> records) {
        Map<String, Carried> byName = new HashMap<>(2 * records.size());
        Set<String> repeated = new HashSet<>();
        for (Carried record : records) {
            if (byName.put(name.apply(record), record) != null) {
                repeated.add(name.apply(record));
            }
        }
        byName.keySet().removeAll(repeated);
        return byName;
    }

    /**
     * @param records whose sending nobody saw end
     * @param job asked which of them arrived; the field customerId of its entries holds the order id
     */
    List<JobOutcome> ofVerification(Job asked, List<Carried> records, JobStatus job) {
        Set<String> found = new HashSet<>();
        Set<String> missing = new HashSet<>();
        job.successful().forEach(entry -> found.add(id(entry)));
        job.failed().stream().filter(entry -> !entry.isTrouble()).forEach(entry -> missing.add(id(entry)));
        boolean proves = LedgerClock.millis() >= asked.evidenceAt();
        List<JobOutcome> outcomes = new ArrayList<>();
        for (Carried record : records) {
            if (found.contains(record.orderId())) {
                outcomes.add(JobOutcome.delivered(record));
            } else if (missing.contains(record.orderId()) && proves) {
                outcomes.add(missing(record));
            }
        }
        return outcomes;
    }

    private JobOutcome missing(Carried record) {
        boolean singly = record.way() == Way.BY_BATCH && record.attempts() >= TRIES_BY_BATCH;
        return new JobOutcome(
                record,
                failures.missing(record.orderId(), record.attempts(), record.crashes())
                        .calling(Call.ORDERS_TRANSACTIONS.words()),
                singly ? Way.SINGLY : record.way());
    }

    private static String id(JobEntry entry) {
        return entry.orderId() == null ? entry.customerId() : entry.orderId();
    }
}
