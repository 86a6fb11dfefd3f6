package dev.posbridge.delivery;

import dev.posbridge.ledger.Parking;
import dev.posbridge.ledger.QuotaLog;
import dev.posbridge.ledger.SumBook;
import java.time.Instant;

/** What has to be looked after every moment: keys that changed, parked records whose time is over, the quota's log, health. */
public final class Housekeeping {
    /** Of what came before there were sums a hundred thousand sales a second are added up. */
    private static final int SUMS_AT_ONCE = 4;

    private final Calls calls;
    private final Lanes lanes;
    private final Parking parking;
    private final SumBook sums;
    private final Quotas quotas;
    private final QuotaLog quotaLog;
    private final Timetable timetable;
    private final Pulse pulse;
    private final RestoredLedger restored;
    private final Runnable alive;
    private final boolean standsBy;

    /**
     * @param alive told each time, so that somebody notices when it goes round no more
     * @param standsBy while another node sends, which looks after all the rest
     */
    public Housekeeping(
            Calls calls,
            Lanes lanes,
            Parking parking,
            SumBook sums,
            Quotas quotas,
            QuotaLog quotaLog,
            Timetable timetable,
            Pulse pulse,
            RestoredLedger restored,
            Runnable alive,
            boolean standsBy) {
        this.calls = calls;
        this.lanes = lanes;
        this.parking = parking;
        this.sums = sums;
        this.quotas = quotas;
        this.quotaLog = quotaLog;
        this.timetable = timetable;
        this.pulse = pulse;
        this.restored = restored;
        this.alive = alive;
        this.standsBy = standsBy;
    }

    public void tidy() {
        alive.run();
        pulse.beat();
        if (standsBy) {
            // Its own health alone: what the ledger says of health is the sender's.
            return;
        }
        try {
            timetable.keep();
            restored.keep();
            calls.refreshKeys();
            parking.buryOverdue();
            parking.askAgain();
            lanes.closeSettledFiles();
            sums.steps(SUMS_AT_ONCE);
            keepQuotaLog();
        } finally {
            pulse.keep();
        }
    }

    /** Keeps when calls were made, for the next start. */
    public void keepQuotaLog() {
        quotaLog.keep(quotas.log(Instant.now()).stream()
                .map(sent -> new QuotaLog.Call(sent.resource().name(), sent.at()))
                .toList());
    }
}
