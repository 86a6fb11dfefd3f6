package dev.posbridge.delivery;

import dev.posbridge.Answered;
import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Answer;
import dev.posbridge.gameball.Answers;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.Credentials;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.Resource;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.Outcome;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperties;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;
import org.apache.camel.component.http.HttpMethods;

/** What every call to Gameball has in common: quota, address, keys, and how its answer is judged. Thread-safe. */
public final class Calls {
    private static final String UNDER_WAY = "underWay";

    private final String apiVersion;
    private final Credentials credentials;
    private final Quotas quotas;
    private final Gate gate;
    private final QuotaPauses pauses =
            new QuotaPauses(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    private final YoungCalls young = new YoungCalls();
    private final CustomersAtWork customersAtWork;
    private final Answers answers = new Answers();

    public Calls(
            String apiVersion, Credentials credentials, Quotas quotas, Gate gate, CustomersAtWork customersAtWork) {
        this.apiVersion = apiVersion;
        this.credentials = credentials;
        this.quotas = quotas;
        this.gate = gate;
        this.customersAtWork = customersAtWork;
    }

    /**
     * Waits until nobody else calls for the customer, the quota allows the call and few enough are on their way, and sets
     * its headers; all others were removed before.
     *
     * @param name which call it is, one of {@link Call}; a text, because Camel would look through all its converters for
     *     an enum each time
     * @param id what its path names, or null
     * @param query what follows the question mark, encoded, or null
     * @param work on whose behalf; told when a call with the record's own effect leaves
     * @param batch the list at work, or null; told when it leaves
     */
    public void prepare(
            @ExchangeProperty("call") String name,
            @ExchangeProperty("callId") String id,
            @ExchangeProperty("callQuery") String query,
            @ExchangeProperty("lane") Work work,
            @ExchangeProperty("batch") Batch batch,
            @ExchangeProperties Map<String, Object> properties,
            @Headers Map<String, Object> headers)
            throws InterruptedException {
        Call call = Call.valueOf(name);
        BooleanSupplier goOn = work == null ? gate::mayCall : work::mayGoOn;
        if (!takeTurn(call, work, goOn)) {
            throw new DeliveryStoppedException("the gate is closed");
        }
        properties.put(UNDER_WAY, call.resource());
        begin(goOn);
        setHeaders(call, id, query, headers);
        if (work != null && (call == Call.ORDER || call == Call.REFUND || call == Call.EVENT)) {
            work.leaving();
        }
        if (batch != null) {
            batch.leaving();
        }
        Failpoint.before(call);
    }

    private void begin(BooleanSupplier goOn) throws InterruptedException {
        boolean begun = young.begin(goOn);
        if (!begun || !gate.leaving()) {
            if (begun) {
                young.end();
            }
            throw new DeliveryStoppedException("the gate is closed");
        }
    }

    private void setHeaders(Call call, String id, String query, Map<String, Object> headers) {
        headers.put(Exchange.HTTP_METHOD, HttpMethods.valueOf(call.method()));
        headers.put(
                Exchange.HTTP_PATH,
                "/api/" + apiVersion + "/integrations/" + (id == null ? call.path() : call.path(id)));
        if (query != null) {
            headers.put(Exchange.HTTP_QUERY, query);
        }
        headers.put("APIKey", credentials.apiKey());
        headers.put("SecretKey", credentials.secretKey());
        headers.put(Exchange.CONTENT_TYPE, "application/json");
        headers.put("Accept", "application/json");
    }

    /** Whether somebody may begin with something that will end in such a call: the quota has room, the gate lets in. */
    boolean mayBegin(Call call) {
        return quotas.delay(call.resource(), Urgency.FILE).isZero() && gate.enter();
    }

    /** Whoever began ended without a call. */
    void leave() {
        gate.leave();
    }

    private boolean takeTurn(Call call, Work work, BooleanSupplier mayGoOn) throws InterruptedException {
        String customer = work == null ? null : work.customerAtWork();
        if (customer == null) {
            Urgency urgency = work == null ? Urgency.FILE : work.urgency();
            return quotas.acquire(call.resource(), urgency, mayGoOn);
        }
        boolean yields = work.urgency() != Urgency.TILL;
        while (customersAtWork.enter(work, customer, work.urgency(), work::mayGoOn)) {
            BooleanSupplier goOn = () -> work.mayGoOn() && !(yields && customersAtWork.isWanted(customer));
            if (quotas.acquire(call.resource(), work.urgency(), goOn)) {
                return true;
            }
            customersAtWork.leave(work, customer);
            if (!work.mayGoOn()) {
                return false;
            }
        }
        return false;
    }

    /** The call that was prepared, if it was, has its answer or will get none: from now on its quota comes free. */
    public void ended(@ExchangeProperties Map<String, Object> properties) {
        if (properties.remove(UNDER_WAY) instanceof Resource resource) {
            quotas.ended(resource);
        }
    }

    /** What an answer means; blocks the resource after a 429 and tells the gate that Gameball is there. */
    public <T extends Answer> Verdict<T> judge(Call call, int status, String body, String retryAfter, Class<T> type) {
        Failpoint.after(call);
        Verdict<T> verdict = answers.judge(status, body, retryAfter, type);
        if (verdict.meaning() == Meaning.QUOTA_SPENT) {
            quotas.block(call.resource(), pauses.after429(call.resource(), verdict.retryAfter()));
        } else {
            pauses.taken(call.resource());
        }
        if (!verdict.meaning().isRetried() || verdict.meaning() == Meaning.CUSTOMER_BUSY) {
            gate.succeeded();
        }
        if (!verdict.meaning().stopsDelivery()) {
            // One that does keeps its place, so that no other call leaves before the gate is told.
            young.end();
        }
        return verdict;
    }

    /** An outcome that an answer has brought, with what stood in the answer. */
    static Outcome heard(Outcome outcome, Verdict<?> verdict, Call call) {
        Answered answered = new Answered(
                verdict.status(), verdict.error().code(), verdict.error().requestId());
        return outcome.because(outcome.message(), answered).calling(call.words());
    }

    /** Reads the key files again; a changed key is tried at once. */
    public void refreshKeys() {
        if (gate.refusal() == null) {
            return;
        }
        try {
            if (credentials.refresh()) {
                gate.keyChanged();
            }
        } catch (ConfigurationException beingWritten) {
            // The file is just being replaced; the next look sees it whole.
        }
    }
}
