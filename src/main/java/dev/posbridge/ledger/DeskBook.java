package dev.posbridge.ledger;

import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What tills ask for at the checkout desk. It is stored before anything is sent, beside the records of files and under
 * the same keys, and reserved for the desk: lanes pass over it until it is given back, or until its time is over, which
 * is how a desk that died is noticed. Thread-safe.
 */
public final class DeskBook {
    private static final String CONTENT = "checkout:";

    /** No lane's epoch comes near it; so a lane sees that nobody of its own has the record in hand. */
    private static final long EPOCH = 1L << 62;

    /** Longer than a call, and all that may go before it, can take. */
    private static final Duration RESERVED = Duration.ofMinutes(5);

    private final LedgerDatabase database;
    private final ChunkWriter chunks;
    private final LaneRules rules;

    public DeskBook(LedgerDatabase database, ChunkWriter chunks, LaneRules rules) {
        this.database = database;
        this.chunks = chunks;
        this.rules = rules;
    }

    /** What stands for the content of all that the vendor's tills ask for on a day; no file's content has such a hash. */
    public static String contentOf(String vendor, LocalDate day) {
        return CONTENT + vendor + ':' + day;
    }

    /** Frees what a process reserved that died on this data folder; only its new holder may call this. */
    public void freeAll() {
        database.update(handle ->
                handle.execute("update record set due_at = 0 where due_at > 0 and " + RecordState.open("record")
                        + " and file_id in (select id from file where state = 1 and content_hash like 'checkout:%')"));
    }

    /**
     * Stores what a till asks for; what the ledger has already is only looked up. What waits to be sent is reserved.
     *
     * @param day under which all that tills asked for that day stands, its content as {@link #contentOf} says
     * @param entry with a sale or a refund
     */
    public DeskRecord store(FileOffer day, Entry entry) {
        return database.write(handle -> {
            LedgerFile file = FileBook.live(handle, day);
            NewRecord asked = new NewRecord(entry);
            Segments.of(handle).find(handle, file.identityId(), asked.key()).ifPresent(place -> new SegmentSales(handle)
                    .toRow(place.record()));
            long before = newest(handle, file, asked);
            chunks.storeLive(handle, file, List.of(entry));
            long stored = newest(handle, file, asked);
            boolean known = stored == before;
            DeskRecord found = read(handle, known ? current(handle, file, asked) : stored, known);
            if (found.state() == RecordState.PENDING && (!known || isOfDesk(handle, found.id()))) {
                reserve(handle, found.id());
            }
            handle.execute(
                    "update file set rows_read = rows_read + 1, receipts_stored = receipts_stored + 1, state = 1 "
                            + "where id = ?",
                    file.id());
            return found;
        });
    }

    /** Keeps what a till asked for and could not be stored as a receipt, where nobody waits to hear why: a dead letter. */
    public void bury(FileOffer day, Entry dead) {
        database.update(handle -> {
            LedgerFile file = FileBook.live(handle, day);
            chunks.storeLive(handle, file, List.of(dead));
            handle.execute(
                    "update file set rows_read = rows_read + 1, receipts_stored = receipts_stored + 1, state = 1 "
                            + "where id = ?",
                    file.id());
        });
    }

    /**
     * Takes a stored record in hand; the attempt is committed before anybody sees it.
     *
     * @return empty where it came in a file, whose order counts; where it must wait: paused, after an earlier one of its customer at the desk, or a refund whose sale
     *     is not delivered; or where somebody else has it
     */
    public Optional<Delivery> take(long record) {
        return database.write(handle -> {
            if (!isOfDesk(handle, record) || waitsForEarlier(handle, record)) {
                return Optional.empty();
            }
            handle.execute("update record set due_at = 0 where id = ? and state = 0", record);
            Optional<Delivery> taken = Claiming.claimOne(handle, record, EPOCH, rules, database.lastTimes());
            taken.ifPresent(delivery -> reserve(handle, record));
            return taken;
        });
    }

    /** Gives a record to the lanes, unless somebody took it: it is due now. */
    public void give(long record) {
        database.update(handle -> {
            if (isOfDesk(handle, record)) {
                handle.execute("update record set due_at = 0 where id = ? and state = 0", record);
            }
        });
    }

    /**
     * Writes how a record that was taken ended, and what was learnt of customers.
     *
     * @return what is known of it now; where its time was over meanwhile, what the lanes made of it
     */
    public DeskRecord settle(Delivery taken, Outcome outcome, Collection<CustomerStanding> customers) {
        return database.write(handle -> {
            Customers.learn(handle, customers);
            boolean ours = handle.execute(
                            "update record set due_at = 0 where id = ? and state = 1 and epoch = ? and attempts = ?",
                            taken.recordId(),
                            EPOCH,
                            taken.attempt())
                    == 1;
            if (ours) {
                Settling.settle(handle, taken.recordId(), outcome);
                Claiming.settleFileOf(handle, taken.recordId());
            }
            return read(handle, taken.recordId(), false);
        });
    }

    public DeskRecord read(long record) {
        return database.read(handle -> read(handle, record, false));
    }

    /** Notes what was learnt of customers, apart from any record. */
    public void learn(Collection<CustomerStanding> customers) {
        database.update(handle -> Customers.learn(handle, customers));
    }

    /** Who is surely known to Gameball, and whether we created them; empty where nobody knows. */
    public Optional<CustomerStanding> standing(String customerId) {
        return database.read(handle -> handle.select("select standing from customer where id = ?", customerId)
                .mapTo(Integer.class)
                .findOne()
                .filter(code -> code > 0)
                .map(code -> new CustomerStanding(customerId, code == 2)));
    }

    /** The state of the order with that id, as a word; empty where this ledger does not know it. */
    public Optional<String> stateOfOrder(String orderId) {
        return database.read(handle -> handle.inTransaction(
                it -> it.createQuery("select state from record where id in (" + OrderIds.current(":order", "(1)") + ")")
                        .bind("order", orderId)
                        .mapTo(Integer.class)
                        .findOne()
                        .map(RecordState::ofCode)
                        .or(() -> Segments.of(it).ofOrder(it, orderId).map(Segments.Place::state))
                        .map(RecordState::word)));
    }

    private static void reserve(Handle handle, long record) {
        handle.execute("update record set due_at = ? where id = ?", LedgerClock.millis() + RESERVED.toMillis(), record);
    }

    private static boolean isOfDesk(Handle handle, long record) {
        return handle.select(
                        "select 1 from record r join file f on f.id = r.file_id where r.id = ? "
                                + "and f.content_hash like 'checkout:%'",
                        record)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** What a customer did at the tills keeps its order. */
    private static boolean waitsForEarlier(Handle handle, long record) {
        return handle.select(
                        "select 1 from record r join record e on e.lane = r.lane and e.customer_id = r.customer_id "
                                + "and e.id < r.id and " + RecordState.open("e")
                                + " where r.id = ? and e.file_id in "
                                + "(select id from file where state = 1 and content_hash like 'checkout:%') limit 1",
                        record)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** 0 where the ledger has none. */
    private static long newest(Handle handle, LedgerFile file, NewRecord asked) {
        return handle.select(
                        "select coalesce(max(id), 0) from record where identity_id = ? and kind = ? and key = ?",
                        file.identityId(),
                        asked.kind(),
                        asked.key())
                .mapTo(Long.class)
                .one();
    }

    private static long current(Handle handle, LedgerFile file, NewRecord asked) {
        return handle.select(
                        "select id from record where identity_id = ? and kind = ? and key = ? and revision = 0",
                        file.identityId(),
                        asked.kind(),
                        asked.key())
                .mapTo(Long.class)
                .one();
    }

    private static DeskRecord read(Handle handle, long record, boolean known) {
        return handle.select(
                        "select r.id, r.key, r.order_id, r.customer_id, r.state, r.reason, r.points, r.redeemed, "
                                + "r.kind, r.original, (select message from dead_letter d where d.record_id = r.id "
                                + "and d.state = 0 order by d.id desc limit 1) as message from record r where r.id = ?",
                        record)
                .map((row, context) -> new DeskRecord(
                        row.getLong("id"),
                        row.getString("key"),
                        row.getString("order_id"),
                        customer(
                                handle,
                                record,
                                row.getInt("kind"),
                                row.getString("customer_id"),
                                row.getString("original")),
                        known,
                        RecordState.ofCode(row.getInt("state")),
                        row.getString("reason") == null ? null : Reason.ofCode(row.getString("reason")),
                        row.getString("message"),
                        points(row.getBigDecimal("points")),
                        points(row.getBigDecimal("redeemed"))))
                .one();
    }

    /** As written, not as stored: 120, not 120.0. */
    private static BigDecimal points(BigDecimal stored) {
        BigDecimal plain = stored == null ? null : stored.stripTrailingZeros();
        return plain == null || plain.scale() >= 0 ? plain : plain.setScale(0);
    }

    /** A refund without a customer is its sale's. */
    private static String customer(Handle handle, long record, int kind, String customerId, String original) {
        if (customerId != null || kind != RecordKind.REFUND.ordinal()) {
            return customerId;
        }
        SaleOfRefund sale = SaleOfRefund.find(handle, original, record);
        return sale == null ? null : sale.customerId();
    }
}
