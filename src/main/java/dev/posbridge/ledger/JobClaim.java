package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Sales that were found, on their way into the hands of a job: all of them in one transaction, or none. */
final class JobClaim {
    private final LedgerDatabase database;
    private final List<DueSale> sales;
    private final List<Long> ids;

    JobClaim(LedgerDatabase database, List<DueSale> sales) {
        this.database = database;
        this.sales = sales;
        this.ids = sales.stream().map(DueSale::recordId).toList();
    }

    /** @return empty where one of them is not to be had any more */
    Optional<Job> claim(long deadline) {
        Failpoint.BEFORE_JOB.reach();
        try {
            Job claimed = database.write(handle -> {
                Job job = JobBook.insert(handle, JobKind.ORDERS, sales.size(), deadline, 0, ids.toString());
                claim(handle, job);
                if (!Segments.isEmpty(handle)) {
                    window().claimed(handle, job, sales);
                }
                Failpoint.WITHIN_JOB.reach();
                return job;
            });
            Failpoint.AFTER_JOB.reach();
            return Optional.of(claimed);
        } catch (TakenException takenMeanwhile) {
            window().giveBack(sales);
            database.segments().recent().forget();
            // The others are not to be found together with these again and again.
            window().keepBack(taken());
            window().reset();
            return Optional.empty();
        }
    }

    /** Rolls a claim back. */
    private static final class TakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** One statement for all; those whose time is taken at Gameball, few of a night, are told theirs apart. */
    private void claim(Handle handle, Job job) {
        int inSegments = new SegmentSales(handle).claim(ids, job.id());
        int claimed = inSegments == sales.size() ? inSegments : inSegments + claimRows(handle, job);
        if (claimed != sales.size() || isOneOfThemServedNow(handle)) {
            throw new TakenException();
        }
        if (inSegments == sales.size()) {
            return;
        }
        if (window().isAnyInJob(handle, customers())) {
            throw new TakenException();
        }
        sales.stream()
                .filter(DueSale::moved)
                .forEach(sale -> handle.execute(
                        "update record set sent_time = ? where id = ? and state = 1",
                        sale.sentTime().toEpochMilli(),
                        sale.recordId()));
    }

    private int claimRows(Handle handle, Job job) {
        return handle.execute(
                "update record set state = 1, attempts = attempts + 1, epoch = 0, job = ?, "
                        + "way = case when way = 0 then 3 else way end, sent_time = coalesce(sent_time, happened_at), "
                        + "sent_at = ? where id in (select cast(value as bigint) from json_each(?)) and state = 0",
                job.id(),
                job.submittedAt(),
                ids.toString());
    }

    /** Something earlier of a customer may have become due since they were found, a refund that was parked. */
    private boolean isOneOfThemServedNow(Handle handle) {
        Set<String> served = served(handle);
        return !served.isEmpty() && customers().stream().anyMatch(served::contains);
    }

    private static Set<String> served(Handle handle) {
        return new HashSet<>(handle.select(Customers.SERVED).mapTo(String.class).list());
    }

    /** Hashes of the customers whose sales somebody else has. */
    private LongSet taken() {
        return database.read(handle -> {
            Set<Long> pending = new HashSet<>(new SegmentSales(handle).pending(ids));
            pending.addAll(handle.select(
                            "select id from record where id in (select cast(value as bigint) from json_each(?)) and state = 0",
                            ids.toString())
                    .mapTo(Long.class)
                    .list());
            Set<String> served = served(handle);
            LongSet taken = new LongSet();
            sales.stream()
                    .filter(sale -> sale.customerId() != null)
                    .filter(sale -> !pending.contains(sale.recordId())
                            || served.contains(sale.customerId())
                            || window().isAnyInJob(handle, List.of(sale.customerId())))
                    .forEach(sale -> taken.add(database.segments().hash(handle).ofCustomer(sale.customerId())));
            return taken;
        });
    }

    private Collection<String> customers() {
        return sales.stream().map(DueSale::customerId).filter(Objects::nonNull).toList();
    }

    private SegmentWindow window() {
        return database.segments().window();
    }
}
