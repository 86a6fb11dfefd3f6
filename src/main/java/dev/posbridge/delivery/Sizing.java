package dev.posbridge.delivery;

import dev.posbridge.gameball.Resource;
import java.time.Duration;

/** How much a lane claims at once: at most its part of a second of quota, so that a stop or a crash leaves little open. */
public final class Sizing {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST = 200;

    private final Quotas quotas;
    private final int concurrency;

    public Sizing(Quotas quotas, int concurrency) {
        this.quotas = quotas;
        this.concurrency = concurrency;
    }

    int claim() {
        int aSecond = Math.max(
                quotas.available(Resource.ORDERS, SECOND), quotas.available(Resource.TRANSACTIONS_POST, SECOND));
        return Math.max(1, Math.min(MOST, aSecond / concurrency));
    }
}
