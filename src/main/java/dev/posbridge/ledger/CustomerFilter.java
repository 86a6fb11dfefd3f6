package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import java.util.Arrays;

/** Which customers a segment may have: sixteen bits of each one's hash, sorted. Wrongly says yes for one in sixty. */
final class CustomerFilter {
    static final CustomerFilter NONE = new CustomerFilter();

    private final short[] prints;

    private CustomerFilter(short... prints) {
        this.prints = prints;
    }

    static CustomerFilter of(Segment segment) {
        short[] prints = new short[segment.count()];
        for (int position = 0; position < prints.length; position++) {
            prints[position] = print(segment.customerHash(position));
        }
        Arrays.sort(prints);
        return new CustomerFilter(prints);
    }

    boolean mayHave(long customer) {
        return Arrays.binarySearch(prints, print(customer)) >= 0;
    }

    private static short print(long hash) {
        return (short) (hash >>> 48);
    }
}
