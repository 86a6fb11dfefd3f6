package dev.posbridge.ledger.segment;

import java.util.Arrays;

/**
 * By what the sales of a segment may be looked for: customers, how their ids end, and their e-mail addresses. One that it does
 * not have is in none of them; one that it has is not there once in a hundred times. Immutable.
 */
public final class SegmentFilter {
    /** Of the e-mail address in what a record says, as it and one of the customer's attributes may be spelt. */
    private static final String[] EMAILS = {"mail\":\"", "MAIL\":\""};

    private final KeyFilter filter;

    /** @param bits as {@link SegmentBuilder#filter} or {@link #of} made them */
    public SegmentFilter(byte[] bits) {
        this.filter = KeyFilter.read(bits);
    }

    /** That of a segment which is there. */
    public static byte[] of(KeyHash hashes, Segment columns, SegmentBodies bodies) {
        Builder filter = new Builder(hashes, columns.count());
        for (int position = 0; position < columns.count(); position++) {
            if (columns.customerHash(position) != 0) {
                filter.add(columns.customerHash(position), columns.customerId(position), bodies.canonical(position));
            }
        }
        return filter.bits();
    }

    /** @param hash of a customer, or of how an id ends, by {@link KeyHash} */
    public boolean mayHave(long hash) {
        return filter.mayHave(hash);
    }

    /** Wrongly for one in ten thousand, since what the sales say has to be unpacked then. */
    public boolean mayHaveEmail(long hash) {
        return filter.mayHave(hash) && filter.mayHave(other(hash));
    }

    private static long other(long hash) {
        return Long.reverse(hash);
    }

    /** Gathers the hashes of a segment's sales. */
    static final class Builder {
        private final KeyHash hashes;
        private long[] gathered;
        private int count;

        Builder(KeyHash hashes, int records) {
            this.hashes = hashes;
            this.gathered = new long[3 * records];
        }

        /** @param canonical what the sale says */
        void add(long customer, String customerId, String canonical) {
            add(customer);
            add(hashes.ofEnding(customerId));
            for (String key : EMAILS) {
                for (int at = canonical.indexOf(key); at >= 0; at = canonical.indexOf(key, at + 1)) {
                    int begin = at + key.length();
                    long email = hashes.ofEmail(canonical.substring(begin, canonical.indexOf('"', begin)));
                    add(email);
                    add(other(email));
                }
            }
        }

        private void add(long hash) {
            if (count == gathered.length) {
                gathered = Arrays.copyOf(gathered, 2 * count);
            }
            gathered[count++] = hash;
        }

        byte[] bits() {
            KeyFilter filter = KeyFilter.of(count, KeyFilter.SMALL);
            for (int i = 0; i < count; i++) {
                filter.add(gathered[i]);
            }
            return filter.bytes();
        }
    }
}
