package dev.posbridge.intake.sftp;

import dev.posbridge.ledger.TurnBook;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy;

/** Follows the polls of one source: puts today's secrets into each, and says how it ended. */
public final class DropPolls extends RemoteFilePollingConsumerPollStrategy {
    private final SftpDoor door;
    private final DropHealth health;
    private final DropWatch watch;
    private final Lot lot;
    private final TurnBook nodes;
    private final String turn;

    /** @param nodes of which one at a time looks at the source; it goes on doing so as long as it reaches the server */
    public DropPolls(SftpDoor door, DropHealth health, DropWatch watch, Lot lot, TurnBook nodes, String source) {
        this.nodes = nodes;
        this.turn = turn(source);
        this.door = door;
        this.health = health;
        this.watch = watch;
        this.lot = lot;
    }

    /** What the nodes call a source. */
    static String turn(String source) {
        return "sftp " + source;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        try {
            if (!nodes.has(turn) && !nodes.take(turn)) {
                health.otherNode();
                return false;
            }
            door.refresh(endpoint);
            watch.waits();
            return super.begin(consumer, endpoint);
        } catch (RuntimeException unreadable) {
            health.pollFailed(unreadable);
            return false;
        }
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        watch.goesOn();
        lot.ends();
        health.end();
        super.commit(consumer, endpoint, polledMessages);
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception problem)
            throws Exception {
        watch.goesOn();
        lot.ends();
        nodes.end(turn);
        health.pollFailed(problem);
        return super.rollback(consumer, endpoint, retryCounter, problem);
    }
}
