package dev.posbridge.broker;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A queue to take messages from; what can be set is what the routes name. */
public final class QueueEndpoint extends DefaultEndpoint {
    private final QueueAccess access;
    private final String queue;
    private int most = 500;
    private long mostBytes;
    private String oversized;
    private String filter;
    private boolean givenUp;
    private String tillsInHand;
    private long recoveryMillis = 2_000;
    private QueueObserver observer = QueueObserver.NOBODY;

    QueueEndpoint(String uri, QueueComponent component, QueueAccess access, String queue) {
        super(uri, component);
        this.access = access;
        this.queue = queue;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        QueueConsumer consumer = new QueueConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("queue: only takes messages, send with jms:");
    }

    QueueAccess access() {
        return access;
    }

    String queue() {
        return queue;
    }

    MessageReader reader() {
        return new MessageReader(queue, mostBytes, oversized == null ? null : Path.of(oversized), givenUp);
    }

    /** Messages taken at once, at most. */
    public int getMost() {
        return most;
    }

    public void setMost(int most) {
        this.most = most;
    }

    /** Largest body that is read into memory. */
    public long getMostBytes() {
        return mostBytes;
    }

    public void setMostBytes(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Folder for larger ones; null: they are not kept. */
    public String getOversized() {
        return oversized;
    }

    public void setOversized(String oversized) {
        this.oversized = oversized;
    }

    /** Whether the broker puts here what it gives up. */
    public boolean isGivenUp() {
        return givenUp;
    }

    public void setGivenUp(boolean givenUp) {
        this.givenUp = givenUp;
    }

    /** Which messages, in the broker's words; null for all. */
    public String getFilter() {
        return filter;
    }

    public void setFilter(String filter) {
        this.filter = filter;
    }

    /**
     * Folder of notes of what is in hand, where tills ask: then each message is handed over alone, as a {@link TillRequest},
     * and one that ended two processes is not read again. Null for other queues.
     */
    public String getTillsInHand() {
        return tillsInHand;
    }

    public void setTillsInHand(String tillsInHand) {
        this.tillsInHand = tillsInHand;
    }

    boolean isAsked() {
        return tillsInHand != null;
    }

    /** How long to wait before a lost connection is opened again. */
    public long getRecoveryMillis() {
        return recoveryMillis;
    }

    public void setRecoveryMillis(long recoveryMillis) {
        this.recoveryMillis = recoveryMillis;
    }

    Duration recovery() {
        return Duration.ofMillis(recoveryMillis);
    }

    /** Who is told how it goes. */
    public QueueObserver getObserver() {
        return observer;
    }

    public void setObserver(QueueObserver observer) {
        this.observer = observer;
    }
}
