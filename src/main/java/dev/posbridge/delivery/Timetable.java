package dev.posbridge.delivery;

import dev.posbridge.settings.OpeningHours;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the gate and our share of the quotas to the opening hours; asked every moment. Used by one thread at a time. */
public final class Timetable {
    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

    private final OpeningHours hours;
    private final double shareOfAccount;
    private final Gate gate;
    private final Quotas quotas;
    private final InstantSource clock;
    private boolean open = true;
    private double share;

    /** @param shareOfAccount of Gameball's quotas, where the hours name none */
    public Timetable(OpeningHours hours, double shareOfAccount, Gate gate, Quotas quotas) {
        this(hours, shareOfAccount, gate, quotas, InstantSource.system());
    }

    Timetable(OpeningHours hours, double shareOfAccount, Gate gate, Quotas quotas, InstantSource clock) {
        this.hours = hours;
        this.shareOfAccount = shareOfAccount;
        this.gate = gate;
        this.quotas = quotas;
        this.clock = clock;
        this.share = shareOfAccount;
    }

    /** Opens or closes delivery where it is time to, and takes the share of the hours that began. */
    public void keep() {
        Instant now = clock.instant();
        boolean shallBeOpen = hours.areOpen(now);
        double itsShare = hours.share(now).orElse(shareOfAccount);
        if (itsShare != share) {
            share = itsShare;
            quotas.share(share);
        }
        if (shallBeOpen != open) {
            open = shallBeOpen;
            gate.hours(open);
            LOG.info(open ? "Delivery opens" : "Delivery closes, it {}", opening());
        }
    }

    /** When delivery opens next, as the end of a sentence; null while it is open. */
    public String closed() {
        return open ? null : opening();
    }

    private String opening() {
        return hours.nextOpeningInWords(clock.instant())
                .map(opening -> "opens at " + opening)
                .orElse("does not open within a year");
    }
}
