package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.ledger.store.LedgerStore;
import dev.posbridge.ledger.store.ServerFacts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The ledger's connections: one writer behind a fair lock, a small pool of readers. A database refuses a second
 * writer rather than queue it fairly, so the queue is here; without it lanes waited seconds beside an intake. Thread-safe.
 */
public final class LedgerDatabase implements AutoCloseable {
    /** Of the layout, as the scripts that create it write it into the ledger; grows whenever they change. */
    static final int VERSION = 11;

    private final WriterLock writerLock;
    private final boolean urgent;
    private final LedgerStore store;
    private final LastTimes lastTimes;
    private final Segments segments;
    private final AtomicLong commits;
    private final OutcomeCounts outcomes;
    /** What a harness counts; else null. */
    private final StatementCount statements;

    /** Whoever changes something must hold it; null where one process has the ledger to itself. */
    private final AtomicReference<SenderLease> fence;

    private volatile String failure;

    private LedgerDatabase(LedgerStore store) {
        this.writerLock = new WriterLock();
        this.urgent = false;
        this.store = store;
        this.lastTimes = new LastTimes();
        this.segments = new Segments(this);
        this.commits = new AtomicLong();
        this.outcomes = new OutcomeCounts();
        this.fence = new AtomicReference<>();
        this.statements = StatementCount.wanted();
        share(store.writer());
        share(store.reader());
    }

    private void share(Jdbi connections) {
        connections.getConfig(Segments.Config.class).share(segments);
        connections.getConfig(OutcomeCounts.Config.class).share(outcomes);
        if (statements != null) {
            connections.setSqlLogger(statements);
        }
    }

    private LedgerDatabase(LedgerDatabase other) {
        this.writerLock = other.writerLock;
        this.urgent = true;
        this.store = other.store;
        this.lastTimes = other.lastTimes;
        this.segments = other.segments;
        this.commits = other.commits;
        this.outcomes = other.outcomes;
        this.fence = other.fence;
        this.statements = other.statements;
    }

    /** The same ledger for whoever cannot wait: writes go before those of others. Not to be closed. */
    public LedgerDatabase urgent() {
        return new LedgerDatabase(this);
    }

    /** As below, of a file. */
    public static LedgerDatabase open(Path file) {
        return open(LedgerAddress.ofFile(file));
    }

    /**
     * Opens, and creates or migrates if need be, the ledger.
     *
     * @param address of a file whose folder exists, or of a server
     * @throws ConfigurationException where it cannot be opened
     */
    public static LedgerDatabase open(LedgerAddress address) {
        LedgerDatabase database = new LedgerDatabase(LedgerStore.open(address, VERSION));
        LedgerClock.follow(database);
        return database;
    }

    /**
     * Opens a ledger that is there, beside a running service if need be; nothing is created.
     *
     * @throws ConfigurationException where there is none
     */
    public static LedgerDatabase openExisting(LedgerAddress address) {
        requireThere(address);
        return open(address);
    }

    /**
     * Opens a ledger that is there, to read only; nothing is created, migrated or locked.
     *
     * @throws ConfigurationException where there is none
     */
    public static LedgerDatabase openToRead(LedgerAddress address) {
        requireThere(address);
        return new LedgerDatabase(LedgerStore.openToRead(address, VERSION));
    }

    /** As above, of one that is on its way from a file to a server, or the file that it left. */
    static LedgerDatabase openMoving(LedgerAddress address) {
        return new LedgerDatabase(LedgerStore.openMoving(address, VERSION));
    }

    private static void requireThere(LedgerAddress address) {
        if (!isThere(address)) {
            throw absent(address);
        }
    }

    /** Whether there is a ledger. */
    public static boolean isThere(LedgerAddress address) {
        return LedgerStore.isThere(address);
    }

    /** What a server says that has the ledger, or is to have it; nothing is made or changed there. */
    public static ServerFacts facts(LedgerAddress address) {
        return ServerFacts.of(address, VERSION);
    }

    /** What to say where a command needs a ledger, and nothing was taken in yet. */
    public static ConfigurationException absent(LedgerAddress address) {
        return new ConfigurationException(
                address.isServer()
                        ? address + ": found no ledger, nothing was taken in here yet. Take files in first (posbridge "
                                + "ingest --vendor V FILE, or posbridge run), or correct posbridge.ledger.url."
                        : address.file().getParent()
                                + ": found no ledger, nothing was taken in here yet. Take files in first (posbridge "
                                + "ingest --vendor V FILE, or posbridge run), or name the folder that holds the ledger with --data-dir.");
    }

    /** Runs work in one transaction on the writer; commits when it returns, rolls back when it throws. */
    public <T> T write(Function<Handle, T> work) {
        T result = locked(() -> store.writer().inTransaction(handle -> begun(handle, work)));
        commits.incrementAndGet();
        return result;
    }

    /**
     * As {@link #write}, but others do so at the same time under other names. Only what concerns nobody else may be read and
     * written: see {@link ChunkWriter}. Ids are taken with {@link #nextIdsAside}.
     *
     * @param names as {@link LedgerStore#beginBeside} wants them
     * @param question for one number, that the work is told
     * @param work whether it was done; if not, it has written nothing
     * @return false where it has to be done by {@link #write}, because it was not done, or because older nodes work here, too
     */
    boolean writeBeside(List<String> names, String question, BiPredicate<Handle, Long> work) {
        SenderLease lease = fence.get();
        List<String> questions = lease == null ? List.of(question) : List.of(question, lease.question());
        boolean done = locked(() -> store.writer().inTransaction(handle -> {
            Optional<List<Long>> answers = store.beginBeside(handle, names, questions);
            if (answers.isEmpty()) {
                return false;
            }
            if (lease != null) {
                lease.check(answers.get().get(1));
            }
            return work.test(handle, answers.get().get(0));
        }));
        commits.incrementAndGet();
        return done;
    }

    private <T> T begun(Handle handle, Function<Handle, T> work) {
        SenderLease lease = fence.get();
        List<Long> answers = store.beginWriting(handle, lease == null ? List.of() : List.of(lease.question()));
        if (lease != null) {
            lease.check(answers.get(0));
        }
        return work.apply(handle);
    }

    /** How many changes this process has made and forced to the disk; grows. */
    long commits() {
        return commits.get();
    }

    /**
     * As {@link #write}, but the commit does not wait for the disk: for what may be undone when the machine loses its power,
     * such as a lease. The end of a process undoes nothing, and the next commit that is forced takes it along.
     */
    public <T> T writeLightly(Function<Handle, T> work) {
        return locked(() -> store.writer().withHandle(handle -> {
            store.waitForDisk(handle, false);
            try {
                return handle.inTransaction(light -> begun(light, work));
            } finally {
                store.waitForDisk(handle, true);
            }
        }));
    }

    private <T> T locked(Supplier<T> work) {
        writerLock.lock(urgent);
        try {
            T result = work.get();
            failure = null;
            return result;
        } catch (org.jdbi.v3.core.JdbiException problem) {
            SenderLease lease = fence.get();
            if (lease != null) {
                lease.doubt(problem);
            }
            LedgerUnavailableException unavailable = new LedgerUnavailableException(problem);
            failure = unavailable.getMessage();
            throw unavailable;
        } finally {
            writerLock.unlock();
        }
    }

    /** What the ledger's rows do not say yet; kept here because whoever claims has to know it. */
    LastTimes lastTimes() {
        return lastTimes;
    }

    /** What lies in segments, and what the sender remembers of it. */
    Segments segments() {
        return segments;
    }

    /** Whether processes of several machines may use it at once. */
    public boolean isShared() {
        return store.isShared();
    }

    /** As {@link LedgerStore#aside}. */
    <T> T aside(LedgerStore.Aside<T> work) {
        try {
            return store.aside(work);
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    /** As {@link #nextIds}, but at once, and not given back: within {@link #writeBeside} nobody waits for them. */
    long nextIdsAside(String sequence, long count) {
        try {
            return store.nextAside(sequence, count);
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    /** From now on a change needs the lease. */
    void fence(SenderLease lease) {
        fence.set(lease);
    }

    /** Where the ledger lies, for the few who must know. */
    LedgerStore store() {
        return store;
    }

    /**
     * Has the database forget what was deleted and is still in its files.
     *
     * @param whole looks through all of it, not only through what was written last
     * @throws LedgerUnavailableException where it is in other hands
     */
    void compact(boolean whole) {
        try {
            store.compact(whole);
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    /** Overwrites what is deleted from now on. */
    void deleteSecurely() {
        locked(() -> {
            store.writer().useHandle(store::deleteSecurely);
            return null;
        });
    }

    /** How many records ended in which way since this process began. */
    public OutcomeCounts outcomes() {
        return outcomes;
    }

    /** Why the last change was not taken; null where it was. */
    public String failure() {
        return failure;
    }

    /** As {@link #write(Function)}, for work without a result. */
    public void update(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return null;
        });
    }

    /** Runs work on a reader; it sees the last commit. */
    public <T> T read(Function<Handle, T> work) {
        try {
            return store.reader().withHandle(work::apply);
        } catch (org.jdbi.v3.core.JdbiException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    @Override
    public void close() {
        writerLock.lock(false);
        try {
            store.close();
        } finally {
            writerLock.unlock();
        }
        if (statements != null) {
            statements.write();
        }
    }

    /**
     * Takes a block of growing ids.
     *
     * @return the first of {@code count} ids
     */
    static long nextIds(Handle handle, String sequence, long count) {
        long next = handle.createQuery("insert into sequence (name, next) values (:name, 1 + :count) "
                        + "on conflict (name) do update set next = sequence.next + :count returning next")
                .bind("name", sequence)
                .bind("count", count)
                .mapTo(Long.class)
                .one();
        return next - count;
    }
}
