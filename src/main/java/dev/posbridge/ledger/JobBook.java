package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The jobs at Gameball and the records in their hands. A record that is being sent and names a job is nobody else's: no
 * lane claims, verifies or settles it, and no later record of its customer goes. Thread-safe.
 */
public final class JobBook {
    /** Newer durations say more; a few are enough. */
    private static final int REMEMBERED = 20;

    private static final String JOB =
            "select id, kind, gameball_id, size, epoch, submitted_at, deadline, evidence_at from job where ";

    /** What the index of open jobs says, in its words. */
    private static final String OPEN = "state <> 1 and ";

    /** Condition of the records that a job has in hand still; binds its id twice. */
    private static final String IN_HAND =
            "record.id in (select cast(value as bigint) from json_each((select records from job where id = ?))) "
                    + "and record.job = ? and record.state = 1";

    /** By which a list of orders leaves, as Gameball's reference calls it. */
    private static final String CALL = "POST batch/orders";

    private final LedgerDatabase database;

    public JobBook(LedgerDatabase database) {
        this.database = database;
    }

    /** A walk over what is pending; see {@link SaleWalk}. */
    public SaleWalk walk(Predicate<DueSale> taken, BooleanSupplier enough) {
        return new SaleWalk(database, taken, enough).withSegments();
    }

    /** How many sales in segments could go now, as far as it takes to know that it is so many. */
    public int availableInSegments(int wanted) {
        return database.segments().window().available(wanted);
    }

    /** These were found and are not taken: whoever looks next may find them again. */
    public void giveBack(List<DueSale> sales) {
        database.segments().window().giveBack(sales);
    }

    /** Gives sales that wait in segments rows of their own, so that they go by calls of their own. */
    public int sendSegmentsSingly(int most) {
        return database.write(handle -> database.segments().window().dissolve(handle, most));
    }

    /** A new job without records: customers, balances. */
    public Job open(JobKind kind, int size, long deadline) {
        return database.write(handle -> insert(handle, kind, size, deadline, 0, null));
    }

    /**
     * Claims sales for a job, and commits the attempts.
     *
     * @return empty where one of them is not to be had any more: look again
     */
    public Optional<Job> claim(List<DueSale> sales, long deadline) {
        return new JobClaim(database, sales).claim(deadline);
    }

    /** Keeps Gameball's id; before this nobody may ask about the job. */
    public void accepted(Job job, String gameballId) {
        Failpoint.BEFORE_JOB_ID.reach();
        database.update(handle ->
                handle.execute("update job set gameball_id = ? where id = ? and state = 0", gameballId, job.id()));
        Failpoint.AFTER_JOB_ID.reach();
    }

    /** Nothing left us: its records go back to where they were, and their attempts do not count. */
    public void notSent(Job job, long dueAt) {
        database.update(handle -> {
            if (job.kind() == JobKind.VERIFICATION) {
                letLoose(handle, job, Math.max(dueAt, job.evidenceAt()));
            } else {
                new SegmentSales(handle).putBack(records(handle, job), job.id());
                handle.execute(
                        "update record set state = 0, attempts = attempts - 1, due_at = ?, job = null, "
                                + "way = case when way = 3 and unclear = 0 then 0 else way end where " + IN_HAND,
                        dueAt,
                        job.id(),
                        job.id());
            }
            end(handle, job.id(), "not sent");
            handle.afterCommit(() -> database.segments().window().putBack(job));
        });
    }

    /**
     * Gameball refused the list as a whole: each goes by a call of its own, whose answer says more.
     *
     * @param why as Gameball said it
     */
    public void refused(Job job, String why) {
        database.update(handle -> {
            new SegmentSales(handle).inHandToRows(records(handle, job), job);
            noteAttempts(handle, job, RecordState.PENDING, why);
            handle.execute(
                    "update record set state = 0, attempts = attempts - 1, job = null, way = 1 where " + IN_HAND,
                    job.id(),
                    job.id());
            end(handle, job.id(), "refused");
            ended(handle, job);
        });
    }

    /**
     * Nobody saw whether Gameball took it, or it no longer knows it: its records are asked about.
     *
     * @param why nobody knows
     */
    public void lost(Job job, String why) {
        database.update(handle -> {
            if (job.kind() == JobKind.ORDERS) {
                new SegmentSales(handle).inHandToRows(records(handle, job), job);
                noteAttempts(handle, job, RecordState.SENDING, why);
                ended(handle, job);
                handle.execute("update record set unclear = 1 where " + IN_HAND, job.id(), job.id());
                handle.execute("update job set state = 2, deadline = ? where id = ?", job.deadline(), job.id());
            } else {
                letLoose(handle, job, job.evidenceAt());
                end(handle, job.id(), "lost");
            }
        });
        Failpoint.AFTER_JOB_LOST.reach();
    }

    /**
     * A verification of sales whose sending nobody saw end: those of a lost job, or whatever else there is.
     *
     * @param most records
     * @param deadline of the verification
     */
    public Optional<Job> verify(int most, long deadline) {
        long now = LedgerClock.millis();
        boolean any = database.read(handle -> isAnyToVerify(handle, now));
        if (!any) {
            return Optional.empty();
        }
        Optional<Job> begun = database.write(handle -> {
            Optional<Job> lost = lostJob(handle);
            String records = lost.isPresent() ? inHand(handle, lost.get()) : loose(handle, now, most);
            Job job = insert(
                    handle,
                    JobKind.VERIFICATION,
                    0,
                    deadline,
                    lost.map(Job::deadline).orElse(0L),
                    records);
            int size = handle.execute(
                    "update record set job = ? where id in (select cast(value as bigint) from json_each(?))",
                    job.id(),
                    records);
            lost.ifPresent(of -> end(handle, of.id(), "lost"));
            if (size == 0) {
                end(handle, job.id(), "nothing to ask");
                return Optional.empty();
            }
            handle.execute("update job set size = ? where id = ?", size, job.id());
            return Optional.of(job);
        });
        Failpoint.AFTER_VERIFICATION_BEGAN.reach();
        return begun;
    }

    /** A JSON list of the ids of what a job has in hand still. */
    private static String inHand(Handle handle, Job job) {
        return handle.select("select json_group_array(id) from record where " + IN_HAND, job.id(), job.id())
                .mapTo(String.class)
                .one();
    }

    /** The same of sales that nobody has in hand. */
    private static String loose(Handle handle, long now, int most) {
        return handle.select(
                        "select json_group_array(id) from (select id from record where state = 1 and job is null "
                                + "and epoch = 0 and kind = 1 and due_at <= ? order by id limit ?) r",
                        now,
                        most)
                .mapTo(String.class)
                .one();
    }

    /** The records in the job's hands, in order. */
    public List<Carried> carried(Job job) {
        return database.read(handle -> {
            List<Carried> carried = new ArrayList<>(inRows(handle, job));
            carried.addAll(new SegmentSales(handle).carried(records(handle, job), job));
            carried.sort(Comparator.comparingLong(Carried::recordId));
            return carried;
        });
    }

    private static List<Carried> inRows(Handle handle, Job job) {
        return handle.createQuery(
                        "select record.id, record.order_id, record.customer_id, f.name, record.line, record.attempts, record.crashes, record.unclear, record.sent_time, record.way "
                                + "from record join file f on f.id = record.file_id where " + IN_HAND
                                + " order by record.id")
                .bind(0, job.id())
                .bind(1, job.id())
                .map((row, context) -> new Carried(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4) + ":" + row.getLong(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getInt(8) == 1,
                        row.getLong(9),
                        Way.ofCode(row.getInt(10))))
                .list();
    }

    /**
     * Writes how the job left its records, under its epoch; what is still in its hands then is unknown.
     *
     * @param unknownUntil when the unknown are asked about, milliseconds since 1970
     * @return false where the job was settled or taken over by somebody else: nothing is written
     */
    public boolean settle(Job job, List<JobOutcome> outcomes, long unknownUntil, String result) {
        Failpoint.BEFORE_JOB_OUTCOMES.reach();
        boolean settled = database.write(handle -> {
            int mine = handle.execute(
                    "update job set state = 1, ended_at = ?, result = ? where id = ? and epoch = ? and state = 0",
                    LedgerClock.millis(),
                    result,
                    job.id(),
                    job.epoch());
            if (mine == 1) {
                int delivered = new JobSettling(handle, job, database.lastTimes()).settle(outcomes);
                if (delivered == 0 || delivered != job.size()) {
                    new SegmentSales(handle).inHandToRows(records(handle, job), job);
                    noteAttempts(handle, job, RecordState.SENDING, "Gameball did not say what became of it.");
                    letLoose(handle, job, unknownUntil);
                }
                ended(handle, job);
                Failpoint.WITHIN_JOB_OUTCOMES.reach();
            }
            return mine == 1;
        });
        Failpoint.AFTER_JOB_OUTCOMES.reach();
        if (settled) {
            database.lastTimes().ended(job);
            database.lastTimes().writeIfFull(database);
        }
        return settled;
    }

    /** Writes down what the jobs told Gameball of their customers' times, as far as it is not: best when little else is done. */
    public void writeLastTimes() {
        database.lastTimes().write(database);
    }

    /** Settles sales that are not to be sent, such as those of customers whom the account skips. */
    public void settleUnsent(Collection<Settlement> settlements) {
        database.update(handle -> settlements.forEach(settled -> {
            new SegmentSales(handle).toRow(settled.recordId());
            if (handle.execute(
                            "update record set attempts = attempts + 1 where id = ? and state = 0", settled.recordId())
                    == 1) {
                Settling.settle(handle, settled.recordId(), settled.outcome());
            }
        }));
    }

    /** Sends these sales by calls of their own. */
    public void sendSingly(Collection<Long> records) {
        database.update(handle -> {
            new SegmentSales(handle).toRows(SegmentSales.longs(records), Way.SINGLY);
            records.forEach(id -> handle.execute("update record set way = 1 where id = ? and state = 0", id));
        });
    }

    public void learn(Collection<CustomerStanding> customers) {
        database.update(handle -> Customers.learn(handle, customers));
    }

    /**
     * Takes over what an earlier process left open. Jobs whose id was not stored are lost, and may have been what killed
     * it; questions without effect are forgotten, and asked anew.
     */
    public List<Job> takeOver() {
        List<Job> jobs = database.write(handle -> {
            // Those that went one by one.
            AttemptWriter.note(
                    handle,
                    "record.state = 1 and record.job is null and record.kind = 1 and record.epoch > :which",
                    0,
                    null,
                    RecordState.SENDING,
                    AttemptWriter.BROKE_OFF);
            handle.execute(
                    "update record set unclear = 1, crashes = crashes + 1, epoch = 0 where state = 1 and job is null "
                            + "and kind = 1 and epoch > 0");
            jobs(handle, OPEN + "state = 0 and kind = 0 and gameball_id is null")
                    .forEach(job -> {
                        new SegmentSales(handle).inHandToRows(records(handle, job), job);
                        noteAttempts(handle, job, RecordState.SENDING, AttemptWriter.BROKE_OFF);
                        handle.execute(
                                "update record set unclear = 1, crashes = crashes + 1 where " + IN_HAND,
                                job.id(),
                                job.id());
                    });
            handle.execute("update job set state = 2 where state = 0 and kind = 0 and gameball_id is null");
            jobs(handle, OPEN + "state = 0 and kind = 3 and gameball_id is null")
                    .forEach(job -> handle.execute(
                            "update record set job = null, epoch = 0, due_at = ? where " + IN_HAND,
                            job.evidenceAt(),
                            job.id(),
                            job.id()));
            handle.execute(
                    "update job set state = 1, ended_at = ?, result = 'asked anew', records = null where state = 0 and "
                            + "(gameball_id is null or kind in (1, 2))",
                    LedgerClock.millis());
            handle.execute("update job set epoch = epoch + 1 where state = 0");
            LastTimes.takeOver(handle);
            return jobs(handle, OPEN + "state = 0 order by id");
        });
        Failpoint.AFTER_JOBS_TAKEN_OVER.reach();
        return jobs;
    }

    /** How long the last jobs took, in milliseconds. */
    public List<Long> durations() {
        return database.read(handle -> handle.createQuery(
                        "select ended_at - submitted_at from job where result = 'completed' order by id desc limit "
                                + REMEMBERED)
                .mapTo(Long.class)
                .list());
    }

    /** Of the orders that it has in hand. */
    private static void noteAttempts(Handle handle, Job job, RecordState state, String message) {
        if (job.kind() == JobKind.ORDERS) {
            AttemptWriter.note(handle, IN_HAND.replace("?", ":which"), job.id(), CALL, state, message);
        }
    }

    private static void letLoose(Handle handle, Job job, long dueAt) {
        handle.execute(
                "update record set unclear = 1, epoch = 0, due_at = ?, job = null where " + IN_HAND,
                dueAt,
                job.id(),
                job.id());
    }

    private static boolean isAnyToVerify(Handle handle, long now) {
        return handle.select(
                        "select exists (select 1 from job where " + OPEN + "state = 2) or exists (select 1 from record "
                                + "where state = 1 and job is null and epoch = 0 and kind = 1 and due_at <= ?)",
                        now)
                .mapTo(Boolean.class)
                .one();
    }

    private static Optional<Job> lostJob(Handle handle) {
        return jobs(handle, OPEN + "state = 2 order by id limit 1").stream().findFirst();
    }

    private static List<Job> jobs(Handle handle, String condition) {
        return handle.createQuery(JOB + condition)
                .map((row, context) -> new Job(
                        row.getLong(1),
                        JobKind.values()[row.getInt(2)],
                        row.getString(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8)))
                .list();
    }

    static Job job(Handle handle, long id) {
        return jobs(handle, "id = " + id).get(0);
    }

    /** Customers of sales in segments that are in the hands of jobs, by job. */
    static Map<Long, List<String>> customersInJobs(Handle handle) {
        SegmentSales sales = new SegmentSales(handle);
        return jobs(handle, OPEN + "kind = 0").stream()
                .collect(Collectors.toMap(Job::id, job -> sales.carried(records(handle, job), job).stream()
                        .map(Carried::customerId)
                        .filter(Objects::nonNull)
                        .toList()));
    }

    /** The ids that it was given; none once nobody needs them. */
    private static long[] records(Handle handle, Job job) {
        if (Segments.isEmpty(handle)) {
            return new long[0];
        }
        return handle
                .select("select cast(value as bigint) from json_each((select records from job where id = ?))", job.id())
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private void ended(Handle handle, Job job) {
        if (job.kind() == JobKind.ORDERS && !Segments.isEmpty(handle)) {
            handle.afterCommit(() -> database.segments().window().ended(job));
        }
    }

    /** @param records a JSON list of the ids that it is given; null where it is about none */
    static Job insert(Handle handle, JobKind kind, int size, long deadline, long evidenceAt, String records) {
        long now = LedgerClock.millis();
        long id = handle.createQuery(
                        "insert into job (kind, size, submitted_at, deadline, evidence_at, records) values "
                                + "(:kind, :size, :now, :deadline, :evidence, :records) returning id")
                .bind("kind", kind.ordinal())
                .bind("size", size)
                .bind("now", now)
                .bind("deadline", deadline)
                .bind("evidence", evidenceAt)
                .bind("records", records)
                .mapTo(Long.class)
                .one();
        return new Job(id, kind, null, size, 0, now, deadline, evidenceAt);
    }

    private static void end(Handle handle, long job, String result) {
        handle.execute(
                "update job set state = 1, ended_at = ?, result = ?, records = null where id = ?",
                LedgerClock.millis(),
                result,
                job);
    }
}
