package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.KeyHash;
import java.util.Collection;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/**
 * Customers whom Gameball surely knows, sixteen bytes each: asked for every sale of a batch, the ledger would cost more than
 * all else. Read at the first question; from then on whoever learns tells. Thread-safe.
 */
final class KnownCustomers {
    private final Segments segments;
    private LongSet known;

    KnownCustomers(Segments segments) {
        this.segments = segments;
    }

    /** @param customer the hash of an id, 0 for none */
    synchronized boolean contains(Handle handle, long customer) {
        if (known == null) {
            KeyHash hash = segments.hash(handle);
            LongSet read = new LongSet();
            handle.createQuery("select id from customer where standing > 0")
                    .setFetchSize(1000)
                    .mapTo(String.class)
                    .forEach(id -> read.add(hash.ofCustomer(id)));
            known = read;
        }
        return customer != 0 && known.contains(customer);
    }

    synchronized void add(Handle handle, Collection<CustomerStanding> customers) {
        KeyHash hash = segments.hash(handle);
        long[] hashes = customers.stream()
                .mapToLong(customer -> hash.ofCustomer(customer.customerId()))
                .toArray();
        if (known != null) {
            LongStream.of(hashes).forEach(known::add);
        }
        segments.window().learnt(hashes);
    }
}
