package dev.posbridge.gameball;

/**
 * What Gameball counts calls by: as many in a second, and as many in 30 seconds. It does not say whether the windows
 * slide.
 */
public enum Resource {
    CUSTOMERS_GET_AND_EVENTS(100, 1_200),
    CUSTOMERS_POST(30, 360),
    ORDERS(30, 360),
    TRANSACTIONS_GET(30, 360),
    TRANSACTIONS_POST(30, 360),
    /** Batch calls and their status, and everything else. */
    OTHER(30, 360);

    private final int perSecond;
    private final int perThirtySeconds;

    Resource(int perSecond, int perThirtySeconds) {
        this.perSecond = perSecond;
        this.perThirtySeconds = perThirtySeconds;
    }

    public int perSecond() {
        return perSecond;
    }

    public int perThirtySeconds() {
        return perThirtySeconds;
    }

    /**
     * {@code GET orders/{id}/transactions} counts as orders. Should Gameball count it as transactions, that limit holds
     * as well: it is the same, and we make no other such call.
     *
     * @param method in capitals
     * @param path what follows {@code /api/v4.0/integrations/}
     */
    public static Resource of(String method, String path) {
        boolean get = "GET".equals(method);
        return switch (path.split("[/?]", 2)[0]) {
            case "customers" -> get ? CUSTOMERS_GET_AND_EVENTS : CUSTOMERS_POST;
            case "events" -> CUSTOMERS_GET_AND_EVENTS;
            case "orders" -> ORDERS;
            case "transactions" -> get ? TRANSACTIONS_GET : TRANSACTIONS_POST;
            default -> OTHER;
        };
    }
}
