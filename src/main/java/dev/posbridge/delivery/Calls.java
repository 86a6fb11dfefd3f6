package dev.posbridge.delivery;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Answer;
import dev.posbridge.gameball.Answers;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.Credentials;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;

/** What every call to Gameball has in common: quota, address, keys, and how its answer is judged. Thread-safe. */
public final class Calls {
    private static final Duration SHORTEST_BLOCK = Duration.ofSeconds(1);
    private static final Duration QUOTA_WINDOW = Duration.ofSeconds(30);

    private final String apiVersion;
    private final Credentials credentials;
    private final Quotas quotas;
    private final Gate gate;
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
     * Waits until nobody else calls for the customer and the quota allows the call, and sets its headers; all others
     * were removed before.
     *
     * @param call which call it is
     * @param id what its path names, or null
     * @param query what follows the question mark, encoded, or null
     * @param work on whose behalf; told when a call with the record's own effect leaves
     */
    public void prepare(
            @ExchangeProperty("call") Call call,
            @ExchangeProperty("callId") String id,
            @ExchangeProperty("callQuery") String query,
            @ExchangeProperty("lane") Work work,
            @Headers Map<String, Object> headers)
            throws InterruptedException {
        if (!takeTurn(call, work) || !gate.mayCall()) {
            throw new DeliveryStoppedException("the gate is closed");
        }
        headers.put(Exchange.HTTP_METHOD, call.method());
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
        if (work != null && (call == Call.ORDER || call == Call.REFUND || call == Call.EVENT)) {
            work.leaving();
        }
    }

    private boolean takeTurn(Call call, Work work) throws InterruptedException {
        String customer = work == null ? null : work.customerAtWork();
        if (customer == null) {
            Urgency urgency = work == null ? Urgency.FILE : work.urgency();
            return quotas.acquire(call.resource(), urgency, gate::mayCall);
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

    /** What an answer means; blocks the resource after a 429 and tells the gate that Gameball is there. */
    public <T extends Answer> Verdict<T> judge(Call call, int status, String body, String retryAfter, Class<T> type) {
        Verdict<T> verdict = answers.judge(status, body, retryAfter, type);
        if (verdict.meaning() == Meaning.QUOTA_SPENT) {
            Duration asked = verdict.retryAfter() == null ? QUOTA_WINDOW : verdict.retryAfter();
            quotas.block(call.resource(), asked.compareTo(SHORTEST_BLOCK) < 0 ? SHORTEST_BLOCK : asked);
        }
        if (verdict.meaning() == Meaning.DONE || !verdict.meaning().isRetried()) {
            gate.succeeded();
        }
        return verdict;
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
