package dev.posbridge.watch;

import dev.posbridge.ledger.EndedFile;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** When the last good file came, by vendor, source and store; in bounded number, whatever names the files have. */
public final class LastFiles {
    /** More stores than these are told together: whoever collects the numbers keeps a curve for each. */
    private static final int MOST = 2_000;

    private static final String OTHERS = "others";

    private final BiFunction<String, String, String> storeOf;
    private final Map<Origin, Instant> last = new TreeMap<>();

    /**
     * Where files come from.
     *
     * @param source name of the source, {@code inbox} for an inbox or a command
     * @param store as the file's name says, "" where it does not
     */
    public record Origin(String vendor, String source, String store) implements Comparable<Origin> {
        @Override
        public int compareTo(Origin other) {
            int byVendor = vendor.compareTo(other.vendor);
            int bySource = byVendor == 0 ? source.compareTo(other.source) : byVendor;
            return bySource == 0 ? store.compareTo(other.store) : bySource;
        }
    }

    /** @param storeOf the store that a vendor's file name says, or "" */
    LastFiles(BiFunction<String, String, String> storeOf) {
        this.storeOf = storeOf;
    }

    void came(EndedFile file) {
        Origin origin = new Origin(
                file.vendor(),
                file.source() == null ? "inbox" : file.source(),
                storeOf.apply(file.vendor(), file.name()));
        boolean full = last.size() >= MOST && !last.containsKey(origin);
        last.merge(
                full ? new Origin(origin.vendor(), origin.source(), OTHERS) : origin,
                file.endedAt(),
                (one, other) -> one.isAfter(other) ? one : other);
    }

    Map<Origin, Instant> all() {
        return Map.copyOf(last);
    }
}
