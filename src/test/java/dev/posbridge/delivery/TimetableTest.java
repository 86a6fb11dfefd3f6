package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.gameball.Resource;
import dev.posbridge.settings.OpeningHours;
import dev.posbridge.settings.OpeningHours.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Delivery by the hours, on clocks moved by hand. */
class TimetableTest {
    private static final Instant EVENING = Instant.parse("2026-01-30T21:00:00Z");

    private long now;
    private final Gate gate = new Gate(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> now);
    private final Quotas quotas = new Quotas(0.5, () -> now);
    private final Timetable timetable = new Timetable(
            new OpeningHours(
                    List.of(nightly(22, 2, OptionalDouble.empty()), nightly(2, 6, OptionalDouble.of(1))), List.of()),
            0.5,
            gate,
            quotas,
            () -> EVENING.plusNanos(now));

    @Test
    void deliversInItsHoursOnlyAndLetsTillsAskAlways() {
        timetable.keep();
        assertThat(gate.enter()).isFalse();
        assertThat(gate.mayDeliver()).isFalse();
        assertThat(gate.mayCall()).as("for a till").isTrue();
        assertThat(gate.enterAtAnyHour()).as("to ask how a job ended").isTrue();
        assertThat(timetable.closed()).isEqualTo("opens at 2026-01-30 22:00 UTC");

        pass(Duration.ofHours(1));
        assertThat(gate.enter()).isTrue();
        assertThat(gate.mayDeliver()).isTrue();
        assertThat(timetable.closed()).isNull();

        pass(Duration.ofHours(8));
        assertThat(gate.enter()).isFalse();
        assertThat(gate.mayDeliver()).as("in the middle of a lane").isFalse();
    }

    @Test
    void takesTheShareOfTheHoursAndForgetsNoCallOverIt() {
        pass(Duration.ofHours(4));
        take(180);
        assertThat(quotas.available(Resource.ORDERS, Duration.ofSeconds(10))).isZero();
        pass(Duration.ofHours(1).minusSeconds(10));
        take(180);
        pass(Duration.ofSeconds(10));
        assertThat(quotas.available(Resource.ORDERS, Duration.ofSeconds(7)))
                .as("at the whole quota, of which half is spent")
                .isEqualTo(180);
        pass(Duration.ofHours(20));
        assertThat(gate.mayDeliver()).isTrue();
        assertThat(quotas.available(Resource.ORDERS, Duration.ofSeconds(20))).isEqualTo(180);
    }

    private void take(int calls) {
        for (int call = 0; call < calls; call++) {
            now += quotas.reserve(Resource.ORDERS).toNanos();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
        timetable.keep();
    }

    private static Window nightly(int from, int to, OptionalDouble share) {
        return new Window(EnumSet.allOf(DayOfWeek.class), from * 60, to * 60, ZoneId.of("UTC"), share);
    }
}
