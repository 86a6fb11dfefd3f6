package dev.posbridge.checkout;

import dev.posbridge.delivery.Urgency;
import dev.posbridge.delivery.Work;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.DeskRecord;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Reason;
import jakarta.jms.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A till's request on its way through the desk. One thread at a time works on it; beside that, its time may be over at
 * any moment, and only one of the two answers.
 */
public final class Visit implements Work {
    private final Operation operation;
    private final Destination replyTo;
    private final String correlationId;
    private final BooleanSupplier mayCall;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final List<CustomerStanding> customers = new ArrayList<>();
    private volatile long deadline;
    private volatile Request request;
    private volatile DeskRecord stored;
    private String customerId;
    private Delivery taken;
    private Outcome outcome;
    private Reason note;
    private boolean left;
    private boolean entered;
    private boolean settled;
    private Object answer;

    /**
     * @param replyTo null where nobody waits for a reply
     * @param deadline by {@link System#nanoTime()}
     * @param mayCall false once nothing may be sent any more
     */
    Visit(Operation operation, Destination replyTo, String correlationId, long deadline, BooleanSupplier mayCall) {
        this.operation = operation;
        this.replyTo = replyTo;
        this.correlationId = correlationId;
        this.deadline = deadline;
        this.mayCall = mayCall;
    }

    Operation operation() {
        return operation;
    }

    Destination replyTo() {
        return replyTo;
    }

    String correlationId() {
        return correlationId;
    }

    /** True the first time: whoever gets it answers. */
    boolean mayAnswer() {
        return answered.compareAndSet(false, true);
    }

    /** Whether the till has its reply, or will not get any other. */
    public boolean isAnswered() {
        return answered.get();
    }

    boolean isOverdue(long nanoTime) {
        return nanoTime - deadline >= 0;
    }

    /** A till may ask for less time than it would have. */
    void hurry(long earlier) {
        deadline = earlier - deadline < 0 ? earlier : deadline;
    }

    void asks(Request read) {
        request = read;
        CustomerDetails customer = read.customer();
        customerId = customer == null ? null : customer.id();
    }

    /** Null before it was read, and where it could not be. */
    Request request() {
        return request;
    }

    /** Whose it is; null for nobody's. */
    public String customerId() {
        return customerId;
    }

    /** Whether the customer is to be sent a one-time password, and nothing held yet. */
    public boolean isPasswordOnly() {
        return request instanceof Request.Hold hold && hold.passwordOnly();
    }

    /** Whether the till says who referred the customer. */
    public boolean isReferral() {
        return request instanceof Request.Refer;
    }

    void storedAs(DeskRecord found) {
        stored = found;
        customerId = found.customerId() == null ? customerId : found.customerId();
    }

    /** What the ledger holds of it; null for what is not stored. */
    DeskRecord stored() {
        return stored;
    }

    void takes(Delivery delivery) {
        taken = delivery;
    }

    /** What was taken in hand of the ledger, or null. */
    Delivery taken() {
        return taken;
    }

    /** What is to be written of what was taken in hand; null where nothing was, or where it is written. */
    Outcome ending() {
        if (taken == null || settled) {
            return null;
        }
        if (outcome != null) {
            return outcome;
        }
        return left ? Outcome.unknown(0, "its delivery broke off", true) : Outcome.notSent(0);
    }

    void settled() {
        settled = true;
    }

    void answer(Object reply) {
        answer = reply;
    }

    Object answer() {
        return answer;
    }

    void entered() {
        entered = true;
    }

    /** Whether it passed the gate; true once. */
    boolean leaves() {
        boolean was = entered;
        entered = false;
        return was;
    }

    /** How the delivery ended, or null: it did not. */
    Outcome outcome() {
        return outcome;
    }

    /** What was not quite as the till meant it, or null. */
    Reason noted() {
        return note;
    }

    /** What was learnt of customers since the last call. */
    List<CustomerStanding> learnt() {
        List<CustomerStanding> learnt = List.copyOf(customers);
        customers.clear();
        return learnt;
    }

    @Override
    public Urgency urgency() {
        return Urgency.TILL;
    }

    @Override
    public String customerAtWork() {
        return customerId;
    }

    /** What is stored goes on after its time is over: the till knows that it is accepted. */
    @Override
    public boolean mayGoOn() {
        return mayCall.getAsBoolean() && (taken != null || !isOverdue(System.nanoTime()));
    }

    @Override
    public boolean mustWait(Delivery delivery) {
        return false;
    }

    @Override
    public void leaving() {
        left = true;
    }

    @Override
    public boolean hasLeft() {
        return left;
    }

    @Override
    public void settle(long recordId, Outcome ended) {
        outcome = note == null ? ended : ended.noting(note);
    }

    @Override
    public void note(Reason reason) {
        note = reason;
    }

    @Override
    public void learn(CustomerStanding customer) {
        customers.add(customer);
    }

    /** Whether its customer was created for it. */
    boolean hasCreated() {
        return customers.stream().anyMatch(CustomerStanding::createdByUs);
    }

    @Override
    public boolean knows(String id) {
        return customers.stream().anyMatch(customer -> customer.customerId().equals(id));
    }
}
