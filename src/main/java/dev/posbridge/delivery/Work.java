package dev.posbridge.delivery;

import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.Delivery;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.pos.Reason;

/**
 * On whose behalf the steps of a delivery work: a lane with what is due in it, or a till that waits for an answer. The
 * steps tell it what they learnt and how the record ended; it sees to it that the ledger knows. Used by one thread.
 */
public interface Work {
    /** How urgent its calls are. */
    Urgency urgency();

    /** Whose call may be next, so that nobody else calls for them meanwhile; null for nobody's. */
    String customerAtWork();

    /** Whether a further call may be made for it. */
    boolean mayGoOn();

    /** Whether the delivery must wait, because one of its customer before it has to be tried again. */
    boolean mustWait(Delivery delivery);

    /** Notes that a call with the record's own effect leaves us now; if its end is not seen, it is unknown. */
    void leaving();

    /** Whether a call with the current record's own effect has begun. */
    boolean hasLeft();

    /** Notes how a record ended. */
    void settle(long recordId, Outcome outcome);

    /** Notes what was not quite as the till meant it, should the current record be delivered. */
    void note(Reason reason);

    /** Notes that Gameball knows the customer; later records need not ask. */
    void learn(CustomerStanding customer);

    /** Whether Gameball was seen to know the customer. */
    boolean knows(String customerId);
}
