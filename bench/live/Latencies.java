import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times that something took, in milliseconds. */
final class Latencies {
    private final List<Double> millis = new ArrayList<>();

    void add(Duration taken) {
        millis.add(taken.toNanos() / 1e6);
    }

    int size() {
        return millis.size();
    }

    double p50() {
        return percentile(0.50);
    }

    double p99() {
        return percentile(0.99);
    }

    double longest() {
        return percentile(1);
    }

    /** The smallest time that so large a part did not exceed; 0 of none. */
    private double percentile(double part) {
        Collections.sort(millis);
        return millis.isEmpty() ? 0 : millis.get((int) Math.ceil(part * millis.size()) - 1);
    }
}
