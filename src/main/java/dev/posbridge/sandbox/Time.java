package dev.posbridge.sandbox;

import java.time.Clock;
import java.util.function.LongSupplier;

/** Wall clock for what is shown, monotonic nanoseconds for quotas: a clock that jumps must not open a window. */
record Time(Clock clock, LongSupplier nanos) {
    static Time system() {
        return new Time(Clock.systemUTC(), System::nanoTime);
    }
}
