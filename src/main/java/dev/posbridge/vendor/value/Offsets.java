package dev.posbridge.vendor.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * From a till's clock to UTC. A zone's offset is looked up once a day; on the two days a year when it changes, for each
 * time: one that was skipped moves forward by the gap, one that happened twice is the first, or the second for who asks. Threads share it: the cached
 * day is one immutable object.
 */
final class Offsets {
    private record Day(long epochDay, int offset) {}

    private static final int CHANGES = Integer.MIN_VALUE;

    private final ZoneId zone;
    private final ZoneRules rules;
    private Day cached = new Day(Long.MIN_VALUE, CHANGES);

    Offsets(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    ZoneId zone() {
        return zone;
    }

    Instant toInstant(ParsedDate local) {
        return toInstant(local, false);
    }

    /** @param later whether a time that happened twice is the second */
    Instant toInstant(ParsedDate local, boolean later) {
        long epochDay = local.epochDay();
        Day day = cached;
        if (day.epochDay() != epochDay) {
            day = new Day(epochDay, offsetAllDay(LocalDate.ofEpochDay(epochDay)));
            cached = day;
        }
        int offset = day.offset() == CHANGES ? offsetAt(local, later) : day.offset();
        return Instant.ofEpochSecond(epochDay * 86_400 + local.secondOfDay() - offset, local.nano());
    }

    private int offsetAllDay(LocalDate day) {
        ZoneOffset before = rules.getOffset(day.atStartOfDay());
        Instant start = day.atStartOfDay().toInstant(before);
        ZoneOffsetTransition next = rules.nextTransition(start.minusSeconds(86_400));
        boolean changes = next != null && next.getInstant().isBefore(start.plusSeconds(2 * 86_400));
        return changes ? CHANGES : before.getTotalSeconds();
    }

    /** In a gap the offset before it is right, too: it is what moves the time forward. */
    private int offsetAt(ParsedDate local, boolean later) {
        LocalDateTime time = local.date().atTime(0, 0).plusSeconds(local.secondOfDay());
        ZoneOffsetTransition transition = rules.getTransition(time);
        if (transition == null) {
            return rules.getOffset(time).getTotalSeconds();
        }
        boolean second = later && transition.isOverlap();
        return (second ? transition.getOffsetAfter() : transition.getOffsetBefore()).getTotalSeconds();
    }
}
