package dev.posbridge.engine;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.Posbridge;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.TurnBook;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process among those that share its ledger; where the ledger is a file it is alone. Thread-safe. */
final class Nodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

    private final LedgerDatabase database;
    private final NodeBook book;
    private final TurnBook turns;
    private final HealthBook health;
    private final SenderRole role;
    private final Set<String> told = new HashSet<>();
    private volatile List<NodeBook.Node> all = List.of();

    Nodes(LedgerDatabase database, Path data, HealthBook health, SenderRole role) {
        this.database = database;
        this.book = new NodeBook(database, data, Posbridge.VERSION);
        this.turns = new TurnBook(database);
        this.health = health;
        this.role = role;
    }

    /** What one of them does at a time. */
    TurnBook turns() {
        return turns;
    }

    /** All of them, as they were a moment ago. */
    List<NodeBook.Node> all() {
        return all;
    }

    /** Says that this one is there; the one that sends tells health how the others are. Asked every moment. */
    synchronized void look() {
        try {
            if (!database.isShared() || !book.say(role.word(), health)) {
                return;
            }
            all = NodeBook.all(database);
            if (!role.standsBy()) {
                List<HealthBook.Concern> found = book.concerns(all);
                found.forEach(concern -> health.reportCommon(concern.name(), concern.state(), concern.message()));
                Set<String> now = found.stream().map(HealthBook.Concern::name).collect(Collectors.toSet());
                told.stream().filter(concern -> !now.contains(concern)).forEach(health::forget);
                told.clear();
                told.addAll(now);
            }
        } catch (LedgerUnavailableException unreachable) {
            LOG.debug("Nobody hears of this node", unreachable);
        }
    }

    @Override
    public void close() {
        turns.close();
        try {
            book.leave();
        } catch (LedgerUnavailableException unreachable) {
            LOG.debug("This node is missed for a while", unreachable);
        }
    }
}
