package dev.posbridge.ledger;

import dev.posbridge.pos.RecordKind;
import java.time.Instant;
import java.util.Map;

/**
 * What waits, as of one instant, in few numbers.
 *
 * @param at the instant
 * @param open records to deliver, by vendor and kind; paused ones too
 * @param parked by vendor; held records likewise
 * @param deadLetters that nobody has closed
 * @param oldest when the oldest record that is still to be delivered came; null where there is none
 * @param reading files that are being read
 * @param heldFiles that wait for somebody to release them
 */
public record Backlog(
        Instant at,
        Map<Kind, Long> open,
        Map<String, Long> parked,
        Map<String, Long> held,
        Map<Dead, Long> deadLetters,
        Instant oldest,
        long reading,
        long heldFiles) {

    /** Records of one kind and vendor. */
    public record Kind(String vendor, RecordKind kind) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            int byVendor = vendor.compareTo(other.vendor);
            return byVendor == 0 ? kind.compareTo(other.kind) : byVendor;
        }
    }

    /**
     * Dead letters of one kind.
     *
     * @param file whether whole files were rejected
     */
    public record Dead(String vendor, boolean file, String reason) implements Comparable<Dead> {
        @Override
        public int compareTo(Dead other) {
            int byVendor = vendor.compareTo(other.vendor);
            int byFile = byVendor == 0 ? Boolean.compare(file, other.file) : byVendor;
            return byFile == 0 ? reason.compareTo(other.reason) : byFile;
        }
    }

    public long openRecords() {
        return open.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @param files rejected files, or the records of others */
    public long dead(boolean files) {
        return deadLetters.entrySet().stream()
                .filter(dead -> dead.getKey().file() == files)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
