package dev.posbridge.delivery;

import dev.posbridge.ledger.Parking;
import dev.posbridge.ledger.QuotaLog;
import java.time.Instant;

/** What has to be looked after every moment: keys that changed, parked records whose time is over, the quota's log. */
public final class Housekeeping {
    private final Calls calls;
    private final Parking parking;
    private final Quotas quotas;
    private final QuotaLog quotaLog;

    public Housekeeping(Calls calls, Parking parking, Quotas quotas, QuotaLog quotaLog) {
        this.calls = calls;
        this.parking = parking;
        this.quotas = quotas;
        this.quotaLog = quotaLog;
    }

    public void tidy() {
        calls.refreshKeys();
        parking.buryOverdue();
        parking.askAgain();
        keepQuotaLog();
    }

    /** Keeps when calls were made, for the next start. */
    public void keepQuotaLog() {
        quotaLog.keep(quotas.log(Instant.now()).stream()
                .map(sent -> new QuotaLog.Call(sent.resource().name(), sent.at()))
                .toList());
    }
}
