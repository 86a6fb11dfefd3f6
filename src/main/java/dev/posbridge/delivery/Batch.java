package dev.posbridge.delivery;

import dev.posbridge.gameball.Call;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.ledger.Job;
import java.util.List;

/** A list on its way to Gameball: its job is in the ledger before it leaves. Used by one thread. */
public final class Batch {
    private final Job job;
    private final byte[] body;
    private final List<DueSale> customers;
    private boolean left;

    /**
     * @param body the call's JSON
     * @param customers of a job about customers: the sales through which we know them, in the order of the body
     */
    Batch(Job job, byte[] body, List<DueSale> customers) {
        this.job = job;
        this.body = body;
        this.customers = customers;
    }

    Job job() {
        return job;
    }

    List<DueSale> customers() {
        return customers;
    }

    public byte[] getBody() {
        return body;
    }

    public String getKind() {
        return job.kind().word();
    }

    public Call call() {
        return switch (job.kind()) {
            case ORDERS -> Call.ORDERS;
            case CUSTOMERS -> Call.CUSTOMERS;
            case BALANCES -> Call.BALANCES;
            case VERIFICATION -> Call.ORDERS_TRANSACTIONS;
        };
    }

    /** Notes that the call leaves us now; if its end is not seen, it is unknown. */
    void leaving() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }
}
