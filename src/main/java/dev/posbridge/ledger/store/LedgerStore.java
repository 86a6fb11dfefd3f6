package dev.posbridge.ledger.store;

import dev.posbridge.ConfigurationException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Where a ledger lies, and all in which the two databases differ. The statements of the ledger themselves run on both.
 * Thread-safe, but for {@link #writer}, which is used by one thread at a time.
 */
public interface LedgerStore extends AutoCloseable {
    /** Of the advisory lock that a sender's session holds beside the lease, with the epoch; a server frees it when the session ends. */
    int SENDING = 0x706f_7373;

    /** By the server's clock; a node that was silent for longer has ended, or is cut off. */
    Duration SILENT = Duration.ofSeconds(15);

    /** What follows the columns of a query for the nodes of a server that are there and work with an older layout. */
    static String fromNodesBefore(int layout) {
        return " from node where layout < " + layout + " and seen > clock_timestamp() - interval '" + SILENT.toSeconds()
                + " seconds' ";
    }

    /** Of a table. */
    record Column(String name, boolean isText, boolean isKey) {}

    /**
     * Opens, and creates or migrates if need be.
     *
     * @param address of a file whose folder exists, or of a server
     * @param layout that is expected
     * @throws ConfigurationException where it cannot be opened
     */
    static LedgerStore open(LedgerAddress address, int layout) {
        if (address.isServer()) {
            Moving.requireNothingLeftBehind(address);
            return PostgresStore.open(address, layout);
        }
        return SqliteStore.open(address.file(), layout);
    }

    /**
     * Opens one that is there, to read only; nothing is created, migrated or locked.
     *
     * @throws ConfigurationException where it is none
     */
    static LedgerStore openToRead(LedgerAddress address, int layout) {
        return address.isServer()
                ? PostgresStore.openToRead(address, layout)
                : SqliteStore.openToRead(address.file(), layout);
    }

    /** As above, of one that is on its way from a file to a server, or the file that it left. */
    static LedgerStore openMoving(LedgerAddress address, int layout) {
        return address.isServer() ? PostgresStore.openMoving(address) : SqliteStore.openMoving(address.file(), layout);
    }

    static boolean isThere(LedgerAddress address) {
        return address.isServer() ? PostgresStore.isThere(address) : Files.isRegularFile(address.file());
    }

    /** Its only connection that changes anything. */
    Jdbi writer();

    /** Connections that see the last commit. */
    Jdbi reader();

    /**
     * To be done first in a transaction of the writer: from then on nobody else changes the ledger, in whatever process,
     * until it ends.
     *
     * @param questions each for one number; asked then, and along with it, because a server is far
     * @return the answers
     */
    List<Long> beginWriting(Handle handle, List<String> questions);

    /**
     * As above, but others that begin so under other names go on beside it; whoever begins with {@link #beginWriting} waits for
     * all of them. Only where {@link #isShared}.
     *
     * @param names shorter ones first; the last is this one's alone, the others several may have at once
     * @return empty where a program works on the ledger that has to see whatever is written in its order: nothing may be done
     */
    Optional<List<Long>> beginBeside(Handle handle, List<String> names, List<String> questions);

    /** A statement that changes something. @param values in the order of its question marks */
    record Change(String sql, Object... values) {}

    /** Makes changes one after the other; a server is asked once. */
    void change(Handle handle, List<Change> changes);

    /**
     * Takes a block of growing ids at once, whatever becomes of the transaction that asks. Only after {@link #beginBeside}.
     *
     * @return the first of them
     */
    long nextAside(String sequence, long count) throws SQLException;

    /** Whether a transaction that begins now may end before it is on the disk; what it wrote goes only with the machine. */
    void waitForDisk(Handle handle, boolean wait);

    /** Overwrites what is deleted from now on, where the database can. */
    void deleteSecurely(Handle handle);

    /**
     * Has the database forget what was deleted and is still in its files.
     *
     * @param whole looks through all of it, not only through what was written last
     */
    void compact(boolean whole) throws SQLException;

    /** Whether processes of several machines may use it at once. */
    boolean isShared();

    /**
     * Prolongs, or ends, the lease of the sender, beside whatever the writer does, and holds {@link #SENDING} from then on.
     *
     * @param epoch of the lease
     * @param until an expression of the database's clock
     * @return false where somebody else has it
     */
    boolean renewLease(long epoch, String until) throws SQLException;

    /** What nodes tell each other. */
    interface Aside<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Does something beside whatever the writer does, each statement by itself: for what nodes tell each other, which changes
     * nothing of the ledger's own. Only where {@link #isShared}.
     */
    <T> T aside(Aside<T> work) throws SQLException;

    /** The tables of the ledger. */
    List<String> tables(Handle handle);

    List<Column> columns(Handle handle, String table);

    /** What finds a row of a table that has no key. */
    String rowId();

    @Override
    void close();

    /** From this layout on scripts bring a ledger up to date. */
    int FIRST_MIGRATED = 6;

    /** Refuses a ledger that cannot be brought to the expected layout: half understood, it would lose records. */
    static void requireLayout(String name, int found, int expected) {
        if (found != 0 && (found > expected || found < FIRST_MIGRATED)) {
            throw new ConfigurationException(name + ": found a ledger of layout " + found
                    + (found > expected ? ", which a newer Posbridge wrote" : "") + ", expected layout " + expected
                    + ". Open it with the Posbridge that wrote it, or name another folder with --data-dir.");
        }
    }
}
