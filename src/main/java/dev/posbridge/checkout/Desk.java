package dev.posbridge.checkout;

import dev.posbridge.broker.TillRequest;
import dev.posbridge.delivery.CustomersAtWork;
import dev.posbridge.delivery.FailurePolicy;
import dev.posbridge.delivery.Gate;
import dev.posbridge.gameball.Masking;
import dev.posbridge.ledger.DeskBook;
import dev.posbridge.ledger.Outcome;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;
import org.apache.camel.component.jms.JmsConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees every request in, keeps an eye on its time, and sees it out with one answer. Thread-safe. */
public final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final RequestReader reader;
    private final Gate gate;
    private final CustomersAtWork customers;
    private final FailurePolicy failures;
    private final DeskBook book;
    private final Duration longest;
    private final Set<Visit> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong withoutReply = new AtomicLong();

    /** @param longest time for a reply; a till may ask for less */
    Desk(
            RequestReader reader,
            Gate gate,
            CustomersAtWork customers,
            FailurePolicy failures,
            DeskBook book,
            Duration longest) {
        this.reader = reader;
        this.gate = gate;
        this.customers = customers;
        this.failures = failures;
        this.book = book;
        this.longest = longest;
    }

    /** Begins a visit; from now on its time runs. Of the message nothing is kept but what the visit holds. */
    public Visit open(@Body TillRequest message, @ExchangeProperty("operation") String operation) throws JMSException {
        long now = System.nanoTime();
        Destination replyTo = IncomingMessage.replyTo(message);
        Visit visit = new Visit(
                Operation.ofWord(operation), replyTo, message.correlationId(), now + longest.toNanos(), gate::mayCall);
        if (message.expiration() > 0) {
            long left = Math.max(0, message.expiration() - System.currentTimeMillis());
            // Whoever waits longer than the desk has to be told as soon as anybody; a till says any number.
            visit.hurry(
                    now + Duration.ofMillis(Math.min(left, longest.toMillis())).toNanos());
        }
        open.add(visit);
        return visit;
    }

    /**
     * Reads the request.
     *
     * @throws CheckoutException where it is no valid one, or nobody waits for its answer
     */
    public void read(@Body TillRequest message, @ExchangeProperty("visit") Visit visit) {
        Request.Read read = reader.read(visit.operation(), IncomingMessage.text(message.message()));
        visit.asks(read.request());
        if (read.deadline() != null) {
            Duration own = read.deadline().compareTo(longest) < 0 ? read.deadline() : longest;
            visit.hurry(System.nanoTime() + own.toNanos());
        }
        if (visit.replyTo() == null && !visit.operation().isStored()) {
            throw new CheckoutException(
                    CheckoutError.INVALID_REQUEST,
                    "The request names no temporary queue to reply to, so it was not done. Set JMSReplyTo to one.");
        }
    }

    /** Lets the visit through the gate. */
    public void enter(@ExchangeProperty("visit") Visit visit) {
        if (!visit.operation().isStored() && visit.isAnswered()) {
            throw new CheckoutException(CheckoutError.TIMEOUT, "Its turn did not come in time. Ask again.");
        }
        if (!gate.enterAtAnyHour()) {
            String refusal = gate.refusal();
            throw refusal == null
                    ? new CheckoutException(CheckoutError.UNAVAILABLE, "Gameball does not answer. Ask again later.")
                    : new CheckoutException(CheckoutError.ACCOUNT_REFUSED, refusal);
        }
        visit.entered();
    }

    /** Explains what stopped the visit; what is stored is told to be accepted instead. */
    public void explain(
            @ExchangeProperty("visit") Visit visit, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        Throwable cause = FailurePolicy.rootOf(failure);
        CheckoutException told = Explanations.of(cause);
        if (told.error() == CheckoutError.INTERNAL && cause != told) {
            LOG.error(
                    "A request for {} failed inside Posbridge",
                    visit.operation().queue(),
                    failure);
        } else if (cause != told) {
            failures.heard(cause);
        }
        if (visit.stored() == null) {
            visit.answer(Replies.Failed.of(told.error(), told.getMessage(), told.refusal()));
        }
    }

    /** Frees the customer and the gate; keeps what was learnt; what is stored and was not sent is the lanes' now. */
    public void leave(@ExchangeProperty("visit") Visit visit) {
        if (visit.customerId() != null) {
            customers.leave(visit, visit.customerId());
        }
        if (visit.leaves()) {
            gate.leave();
        }
        var learnt = visit.learnt();
        if (!learnt.isEmpty()) {
            book.learn(learnt);
        }
        Outcome unwritten = visit.ending();
        if (unwritten != null) {
            book.settle(visit.taken(), unwritten, List.of());
        } else if (visit.stored() != null && visit.taken() == null) {
            book.give(visit.stored().id());
        }
    }

    /** Visits whose time is over; each is told once. */
    public List<Visit> overdue() {
        long now = System.nanoTime();
        return open.stream()
                .filter(visit -> visit.isOverdue(now) && !visit.isAnswered())
                .toList();
    }

    /**
     * Ends the visit.
     *
     * @return the reply, or null where none is sent: it was, or nobody waits for it
     */
    public Object reply(@ExchangeProperty("visit") Visit visit) {
        open.remove(visit);
        if (!visit.mayAnswer()) {
            return null;
        }
        Object reply = visit.answer() == null ? unanswered(visit) : visit.answer();
        if (visit.replyTo() == null) {
            long count = withoutReply.incrementAndGet();
            LOG.warn(
                    "A request on {} has no temporary queue to reply to ({} so far since the start){}",
                    visit.operation().queue(),
                    count,
                    reply instanceof Replies.Failed failed ? ": " + Masking.mask(failed.message()) : "");
            return null;
        }
        return reply;
    }

    /** Where the reply goes, and to which request it belongs. */
    public void address(@ExchangeProperty("visit") Visit visit, @Headers Map<String, Object> headers) {
        headers.put(JmsConstants.JMS_DESTINATION, visit.replyTo());
        headers.put(JmsConstants.JMS_HEADER_CORRELATION_ID, visit.correlationId());
    }

    /** The till went away; its reply is nobody's. */
    public void unreachable(
            @ExchangeProperty("visit") Visit visit, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        LOG.debug(
                "The reply to a request on {} could not be sent",
                visit.operation().queue(),
                failure);
    }

    private static Object unanswered(Visit visit) {
        return visit.stored() == null
                ? Replies.Failed.of(
                        CheckoutError.TIMEOUT, "No answer in time; whether it was done is not known. Ask again.", null)
                : ReceiptAnswers.accepted(visit.stored());
    }
}
