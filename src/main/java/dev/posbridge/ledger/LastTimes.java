package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.harness.Failpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest times that jobs told Gameball of customers, until they are written to the customers' rows: many at once and
 * in the order of the rows, because a thousand customers of a job lie on as many pages. What is lost with the process is
 * found again by the jobs' lists. Thread-safe.
 */
final class LastTimes {
    /** So many customers are kept here, about 8 MB; together with their neighbours they share the pages to be written. */
    private static final int MOST = 50_000;

    /** Customers written in one transaction: others have to write, too. */
    private static final int AT_ONCE = 5_000;

    private static final String WRITE =
            "insert into customer (id, standing, last_time) values (?, 1, ?)" + Customers.LATER_TIME_STAYS;

    /** Jobs that ended, but whose customers' times nobody wrote. */
    private static final String UNTOLD = "j.state = 1 and j.records is not null";

    /** Each keeps its list in the ledger until then, and the next process would have to read them all. */
    private static final int MOST_JOBS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(LastTimes.class);

    private final Map<String, Long> unwritten = new ConcurrentHashMap<>();
    private final Set<Long> jobs = ConcurrentHashMap.newKeySet();
    private final ReentrantLock writing = new ReentrantLock();
    private final ReadWriteLock forgetting = new ReentrantReadWriteLock();

    /** To be called before the commit that makes the job's records delivered: from then on the next may be claimed. */
    void tell(String customer, long time) {
        unwritten.merge(customer, time, Math::max);
    }

    /** All that the job told is here, and committed. */
    void ended(Job job) {
        jobs.add(job.id());
    }

    /**
     * @param written what the customer's row says, or null
     * @return the latest of both, null where Gameball was told nothing
     */
    Long latest(String customer, Long written) {
        Long told = customer == null ? null : unwritten.get(customer);
        return told == null || written != null && written > told ? written : told;
    }

    /**
     * Looks at rows and at what is here together: what such a look does not find in the rows of its moment is not forgotten
     * here before its end.
     */
    <T> T whileKept(Supplier<T> look) {
        forgetting.readLock().lock();
        try {
            return look.get();
        } finally {
            forgetting.readLock().unlock();
        }
    }

    private boolean isFull() {
        return unwritten.size() >= MOST || jobs.size() >= MOST_JOBS;
    }

    /** Writes what is here where it has become much, unless somebody is at it. */
    void writeIfFull(LedgerDatabase database) {
        if (isFull() && writing.tryLock()) {
            try {
                // Whoever was at it before may have left nothing.
                if (isFull()) {
                    tryWriting(database);
                }
            } finally {
                writing.unlock();
            }
        }
    }

    /** Writes what is here. */
    void write(LedgerDatabase database) {
        writing.lock();
        try {
            tryWriting(database);
        } finally {
            writing.unlock();
        }
    }

    /** Where the ledger cannot, the next job's end or the next process does it. */
    private void tryWriting(LedgerDatabase database) {
        try {
            writeAll(database);
        } catch (LedgerUnavailableException problem) {
            LOG.warn("Customers' latest times are not written yet. {}", problem.getMessage());
        }
    }

    private void writeAll(LedgerDatabase database) {
        List<Long> told = new ArrayList<>(jobs);
        if (told.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Long>> customers = unwritten.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        for (int from = 0; from < customers.size(); from += AT_ONCE) {
            List<Map.Entry<String, Long>> some = customers.subList(from, Math.min(from + AT_ONCE, customers.size()));
            database.update(handle -> {
                write(handle.getConnection(), some);
                Failpoint.WITHIN_LAST_TIMES.reach();
            });
        }
        database.update(handle -> handle.execute(
                "update job set records = null where id in (select cast(value as bigint) from json_each(?))",
                told.toString()));
        told.forEach(jobs::remove);
        forgetting.writeLock().lock();
        try {
            // What grew meanwhile stays.
            customers.forEach(customer -> unwritten.remove(customer.getKey(), customer.getValue()));
        } finally {
            forgetting.writeLock().unlock();
        }
    }

    private static void write(Connection connection, List<Map.Entry<String, Long>> customers) {
        try (PreparedStatement row = connection.prepareStatement(WRITE)) {
            for (Map.Entry<String, Long> customer : customers) {
                row.setString(1, customer.getKey());
                row.setLong(2, customer.getValue());
                row.addBatch();
            }
            row.executeBatch();
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    /** Writes what an earlier process left unwritten. */
    static void takeOver(Handle handle) {
        handle.execute("insert into customer (id, standing, last_time) select r.customer_id, 1, max(r.sent_time) "
                + "from job j cross join json_each(j.records) e cross join record r where r.id = cast(e.value as bigint) and "
                + UNTOLD
                + " and r.state = 4 and r.customer_id is not null and r.sent_time is not null "
                + "group by r.customer_id" + Customers.LATER_TIME_STAYS);
        if (handle.execute("update job as j set records = null where " + UNTOLD) > 0) {
            Failpoint.WITHIN_LAST_TIMES.reach();
        }
    }
}
