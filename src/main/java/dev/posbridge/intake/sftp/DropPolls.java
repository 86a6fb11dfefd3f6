package dev.posbridge.intake.sftp;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy;

/** Follows the polls of one source: puts today's secrets into each, and says how it ended. */
public final class DropPolls extends RemoteFilePollingConsumerPollStrategy {
    private final SftpDoor door;
    private final DropHealth health;
    private final DropWatch watch;
    private final Lot lot;

    public DropPolls(SftpDoor door, DropHealth health, DropWatch watch, Lot lot) {
        this.door = door;
        this.health = health;
        this.watch = watch;
        this.lot = lot;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        try {
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
        health.pollFailed(problem);
        return super.rollback(consumer, endpoint, retryCounter, problem);
    }
}
