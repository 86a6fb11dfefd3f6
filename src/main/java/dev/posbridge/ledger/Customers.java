package dev.posbridge.ledger;

import org.jdbi.v3.core.Handle;

/** What the ledger remembers of customers, within somebody's transaction. */
final class Customers {
    private Customers() {}

    /** A customer once created by us stays so. */
    static void learn(Handle handle, CustomerStanding customer) {
        handle.execute(
                "insert into customer (id, standing) values (?, ?) on conflict (id) do update set "
                        + "standing = case when customer.standing = 2 then 2 else excluded.standing end",
                customer.customerId(),
                customer.code());
    }

    /** The latest time told to Gameball of the customer of a delivered record; the next equal one must differ. */
    static void tell(Handle handle, long record) {
        handle.createUpdate(
                        "insert into customer (id, standing, last_time) select customer_id, 1, sent_time from record "
                                + "where id = :id and customer_id is not null on conflict (id) do update set "
                                + "last_time = max(coalesce(customer.last_time, 0), excluded.last_time)")
                .bind("id", record)
                .execute();
    }
}
