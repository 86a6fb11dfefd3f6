package dev.posbridge.vendor.value;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Blank;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** Where clocks are: one zone for all, or the one that a column or value names, such as that of the store. Thread-safe. */
public final class Zones {
    private final Offsets usual;
    private final Source from;
    private final Map<String, Offsets> named = new ConcurrentHashMap<>();

    private Zones(Offsets usual, Source from) {
        this.usual = usual;
        this.from = from;
    }

    /** One zone for all. */
    public static Zones of(ZoneId zone) {
        return new Zones(new Offsets(zone), null);
    }

    /** @param otherwise where the value is blank; null where that is a fault */
    public static Zones from(Source from, ZoneId otherwise) {
        return new Zones(otherwise == null ? null : new Offsets(otherwise), from);
    }

    Offsets offsets(Facts facts) {
        if (from == null) {
            return usual;
        }
        String name = from.of(facts);
        if (Blank.is(name) && usual != null && !from.isLost(facts)) {
            return usual;
        }
        Offsets known = named.get(name);
        return known == null ? find(name, facts) : known;
    }

    /** Only names that there are become known, so that what a file says cannot fill memory. */
    private Offsets find(String name, Facts facts) {
        ZoneId zone = zone(name);
        if (zone == null) {
            throw unknown(name, facts);
        }
        return named.computeIfAbsent(name, any -> new Offsets(zone));
    }

    /** Null where there is none of that name. */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    private RecordRejectedException unknown(String name, Facts facts) {
        boolean blank = Blank.is(name);
        boolean lost = from.isLost(facts);
        String what = lost ? "one that values do not know" : blank ? "blank" : '"' + Shown.text(name) + '"';
        return facts.fault(
                from.column(facts),
                blank && !lost ? Reason.VALUE_MISSING : Reason.DATE_INVALID,
                "the time zone \"" + from.name() + "\" is " + what
                        + ", expected a name such as Europe/London. Correct it and replay, or say "
                        + (blank && !lost ? "otherwise under time-zone in " : "under values what it means in ")
                        + facts.profile() + ".");
    }

    /** The zone of all, or of those that name none; null where each must name its own. */
    public ZoneId usual() {
        return usual == null ? null : usual.zone();
    }

    void columns(IntConsumer each) {
        if (from != null) {
            from.columns(each);
        }
    }
}
