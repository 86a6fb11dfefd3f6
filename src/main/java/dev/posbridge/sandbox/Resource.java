package dev.posbridge.sandbox;

/** What shares one quota, with the documented limits. */
enum Resource {
    CUSTOMERS_READ("customers GET", 100, 1_200),
    CUSTOMERS_WRITE("customers POST", 30, 360),
    EVENTS("events", 100, 1_200),
    ORDERS("orders", 30, 360),
    TRANSACTIONS_READ("transactions GET", 30, 360),
    TRANSACTIONS_WRITE("transactions POST", 30, 360),
    OTHER("batches and everything else", 30, 360);

    final String title;
    final int perSecond;
    final int perHalfMinute;

    Resource(String title, int perSecond, int perHalfMinute) {
        this.title = title;
        this.perSecond = perSecond;
        this.perHalfMinute = perHalfMinute;
    }
}
