package dev.posbridge.engine;

import dev.posbridge.DataFolderInUseException;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.SenderLease;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of the nodes that share a ledger sends from it. */
final class SenderRole {
    private static final Logger LOG = LoggerFactory.getLogger(SenderRole.class);
    private static final long LOOK_MILLIS = 500;
    /** Longer than a lease lasts that a dead process left. */
    private static final long PATIENCE_MILLIS = 8_000;

    private SenderRole() {}

    /**
     * Takes the lease if nobody has it.
     *
     * @param needed whether nothing can be done without it: then it is waited for, as long as a dead process may have it
     * @return null where somebody else has it, and it is not needed
     * @throws DataFolderInUseException where somebody else has it, and it is
     */
    static SenderLease seek(LedgerDatabase database, boolean needed) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        Optional<SenderLease> lease = SenderLease.take(database, node());
        while (needed && lease.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new DataFolderInUseException("The ledger's records are sent by "
                        + SenderLease.owner(database).orElse("another node")
                        + ", one node at a time. Give the files to "
                        + "the service there, stop it, or only store them here: posbridge run --intake-only.");
            }
            pause();
            lease = SenderLease.take(database, node());
        }
        return lease.orElse(null);
    }

    /**
     * @param action run once, when nobody sends any more
     * @return to be interrupted when nobody wants to know any more
     */
    static Thread awaitFree(LedgerDatabase database, Runnable action) {
        Thread looking = new Thread(() -> look(database, action), "sender-role");
        looking.setDaemon(true);
        looking.start();
        return looking;
    }

    private static void look(LedgerDatabase database, Runnable action) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (SenderLease.isFree(database)) {
                    action.run();
                    return;
                }
            } catch (LedgerUnavailableException unreachable) {
                LOG.debug("Nobody can say who sends", unreachable);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** As people find it again: the machine and the process. */
    static String node() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "a machine without a name";
        }
        return host + ", process " + ProcessHandle.current().pid();
    }
}
