package dev.posbridge.delivery;

import dev.posbridge.gameball.Call;
import dev.posbridge.ledger.Carried;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.ledger.Job;
import java.util.List;

/** A list on its way to Gameball: its job is in the ledger before it leaves. Used by one thread at a time. */
public final class Batch {
    private final Job job;
    private final byte[] body;
    private final List<Carried> carried;
    private final List<DueSale> customers;
    private boolean left;
    private volatile boolean over;

    private Batch(Job job, byte[] body, List<Carried> carried, List<DueSale> customers) {
        this.job = job;
        this.body = body;
        this.carried = carried;
        this.customers = customers;
    }

    /** Orders, or a question about them. */
    static Batch of(Job job, byte[] body, List<Carried> carried) {
        return new Batch(job, body, carried, List.of());
    }

    /** @param customers the sales through which we know them, in the order of the body */
    static Batch ofCustomers(Job job, byte[] body, List<DueSale> customers) {
        return new Batch(job, body, List.of(), customers);
    }

    Job job() {
        return job;
    }

    /** The records in the hands of its job, in order. */
    List<Carried> carried() {
        return carried;
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

    /** Notes that Gameball took it, or that it is in the ledger what became of it. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
