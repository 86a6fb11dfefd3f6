package dev.posbridge.ledger;

import dev.posbridge.LedgerUnavailableException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the ledger remembers of customers, within somebody's transaction. */
final class Customers {
    /** Gameball's times are to the second; within one, equal times move on by milliseconds. */
    private static final long SECOND_MILLIS = 1_000;

    /** What follows an insert of an id, a standing and a time: of two times the later one stays. */
    static final String LATER_TIME_STAYS =
            " on conflict (id) do update set last_time = case when customer.last_time > excluded.last_time then "
                    + "customer.last_time else excluded.last_time end";

    /** Customers of whom something is being sent by a call of its own, or was when its sender died; few. */
    static final String SERVED =
            "select customer_id from record where state = 1 and job is null and customer_id is not null";

    private Customers() {}

    /**
     * The time that Gameball is told of an effect on a customer. It refuses a second transaction at the same time, so equal
     * ones move on; what was told once is told again, so that a second attempt is the same transaction.
     *
     * @param happenedAt by the till, as the other times in milliseconds since 1970
     * @param told null where it was told nothing of this effect yet
     * @param last the latest time told of the customer, or null
     */
    static long sentTime(long happenedAt, Long told, Long last) {
        if (told != null) {
            return told;
        }
        boolean taken = last != null && last >= happenedAt && last < happenedAt + SECOND_MILLIS;
        return taken ? last + 1 : happenedAt;
    }

    /** A customer once created by us stays so. */
    static void learn(Handle handle, Collection<CustomerStanding> customers) {
        String sql = "insert into customer (id, standing) values (?, ?) on conflict (id) do update set "
                + "standing = case when customer.standing = 2 then 2 else excluded.standing end";
        try (PreparedStatement row = handle.getConnection().prepareStatement(sql)) {
            for (CustomerStanding customer : customers) {
                row.setString(1, customer.customerId());
                row.setInt(2, customer.code());
                row.addBatch();
            }
            row.executeBatch();
            Segments.of(handle).known().add(handle, customers);
        } catch (SQLException problem) {
            throw new LedgerUnavailableException(problem);
        }
    }

    /** The latest time told to Gameball of the customers of delivered records; the next equal one must differ. */
    static void tell(Handle handle, List<Long> records) {
        handle.execute(
                "insert into customer (id, standing, last_time) select customer_id, 1, max(sent_time) from record where "
                        + "id in (select cast(value as bigint) from json_each(?)) and customer_id is not null group by customer_id"
                        + LATER_TIME_STAYS,
                records.toString());
    }
}
