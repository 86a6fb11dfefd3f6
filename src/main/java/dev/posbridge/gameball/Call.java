package dev.posbridge.gameball;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The calls that Posbridge makes. */
public enum Call {
    BALANCE("GET", "customers/{}/balance"),
    CUSTOMER_DETAILS("GET", "customers/{}/details"),
    CUSTOMER("POST", "customers"),
    CUSTOMER_DELETION("DELETE", "customers/{}"),
    ORDER("POST", "orders"),
    ORDER_TRANSACTIONS("GET", "orders/{}/transactions"),
    REFUND("POST", "transactions/refund"),
    EVENT("POST", "events"),
    HOLD("POST", "transactions/hold"),
    HOLD_RELEASE("DELETE", "transactions/hold/{}"),
    ONE_TIME_PASSWORD("POST", "transactions/otp"),
    ORDER_PREVIEW("POST", "orders/reward-preview"),
    ACTIVITIES("GET", "customers/{}/activities"),
    CUSTOMERS("POST", "batch/customers"),
    ORDERS("POST", "batch/orders"),
    EVENTS("POST", "batch/events"),
    BALANCES("POST", "batch/balance-inquiry"),
    ORDERS_TRANSACTIONS("POST", "batch/orders/transactions"),
    JOB_STATUS("GET", "batches/{}/status"),
    JOB_STOP("POST", "batches/{}/stop");

    private final String method;
    private final String path;
    private final Resource resource;

    Call(String method, String path) {
        this.method = method;
        this.path = path;
        this.resource = Resource.of(method, path);
    }

    public String method() {
        return method;
    }

    /** As the reference calls it: {@code POST orders}. */
    public String words() {
        return method + ' ' + path;
    }

    /** What follows {@code /api/v4.0/integrations/}, for a call that names nothing. */
    public String path() {
        if (path.contains("{}")) {
            throw new IllegalStateException(this + " needs an id");
        }
        return path;
    }

    /** As above, with the id encoded as one path segment. */
    public String path(String id) {
        String segment = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        // A segment of dots is resolved away before it is sent, encoded or not in most clients.
        if (segment.equals(".") || segment.equals("..")) {
            segment = segment.replace(".", "%2E");
        }
        return path.replace("{}", segment);
    }

    public Resource resource() {
        return resource;
    }
}
