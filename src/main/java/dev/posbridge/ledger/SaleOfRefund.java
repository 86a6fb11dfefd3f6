package dev.posbridge.ledger;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The sale that a refund takes back, as far as this ledger knows it; its amount in ten-thousandths.
 *
 * @param due whether its file is released
 * @param earlier whether it goes before the refund: released before it, before it in its file, or a message that came before it
 * @param unclear whether it was once sent without anybody seeing the end
 * @param redemptionLost whether it was delivered without the points that were to pay for it
 */
record SaleOfRefund(
        long id,
        String customerId,
        RecordState state,
        long amount,
        boolean due,
        boolean earlier,
        boolean unclear,
        boolean redemptionLost,
        Instant soldAt) {

    /**
     * @param refund id of the record that takes it back
     * @return null where no such sale was ever taken in
     */
    static SaleOfRefund find(Handle handle, String orderId, long refund) {
        if (orderId == null) {
            return null;
        }
        return handle.createQuery(
                        "select r.id, r.customer_id, r.state, r.amount_e4, f.state in (1, 2), " + earlier("r.id")
                                + ", r.unclear, r.reason, r.happened_at from record r "
                                + "join file f on f.id = r.file_id where r.id in (" + OrderIds.current(":order", "(1)")
                                + ")")
                .bind("refund", refund)
                .bind("order", orderId)
                .map((row, context) -> new SaleOfRefund(
                        row.getLong(1),
                        row.getString(2),
                        RecordState.ofCode(row.getInt(3)),
                        row.getLong(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        Reason.REDEMPTION_LATE.code().equals(row.getString(8)),
                        Instant.ofEpochMilli(row.getLong(9))))
                .findOne()
                .or(() -> Segments.of(handle).ofOrder(handle, orderId).map(place -> ofSegment(handle, place, refund)))
                .orElse(null);
    }

    /**
     * In the order of delivery: files as they were released, and a message before what was released after it came.
     *
     * @param sale its id; f is its file
     */
    private static String earlier(String sale) {
        return "exists (select 1 from record o join file p on p.id = o.file_id where o.id = :refund and case "
                + "when f.live = 1 and p.live = 1 then " + sale + " < o.id "
                + "when f.live = 1 then " + sale + " < p.released_before "
                + "when p.live = 1 then f.released_before <= o.id "
                + "else f.release_order < p.release_order or (f.id = p.id and " + sale + " < o.id) end)";
    }

    private static SaleOfRefund ofSegment(Handle handle, Segments.Place place, long refund) {
        return handle.createQuery("select f.state in (1, 2), " + earlier(":sale") + " from file f where f.id = :file")
                .bind("refund", refund)
                .bind("sale", place.record())
                .bind("file", place.row().file())
                .map((row, context) -> new SaleOfRefund(
                        place.record(),
                        place.segment().customerId(place.position()),
                        place.state(),
                        place.segment().amount(place.position()),
                        row.getBoolean(1),
                        row.getBoolean(2),
                        false,
                        false,
                        Instant.ofEpochMilli(place.segment().happenedAt(place.position()))))
                .one();
    }

    /** Who bought, with whatever the till knew of them then. */
    CustomerDetails buyer(Handle handle) {
        Sale sale = sale(handle);
        return sale == null ? CustomerDetails.ofId(customerId) : sale.customer();
    }

    private Sale sale(Handle handle) {
        return (Sale) StoredRecords.read(handle, id, RecordKind.SALE);
    }

    /**
     * What can be given back of it, in ten-thousandths: what was paid, and where all was paid with points, what they
     * paid for.
     */
    long refundable(Handle handle) {
        if (amount > 0 || redemptionLost) {
            return amount;
        }
        Sale sale = sale(handle);
        if (sale == null || sale.redemption() == null) {
            return amount;
        }
        BigDecimal lines = sale.lines().stream().map(LineItem::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Stream.of(sale.totalPrice(), sale.totalDiscount())
                .filter(Objects::nonNull)
                .map(Money::amount)
                .reduce(BigDecimal::max)
                .or(() -> Optional.of(lines))
                .map(Amounts::stored)
                .get();
    }

    /** Whether whoever bought was forgotten: nothing is given to them, and nothing taken back. */
    boolean isForgotten(Handle handle) {
        return customerId == null
                && handle.select(
                                "select exists (select 1 from record where id = ? and reason = ?)",
                                id,
                                Reason.FORGOTTEN.code())
                        .mapTo(Boolean.class)
                        .one();
    }

    /** Whether it died or waits, and nothing of it ever left us. */
    boolean wasNeverSent() {
        return due && !unclear && (state == RecordState.DEAD || state == RecordState.PARKED);
    }

    /**
     * Whether it will be delivered soon: then its refund waits in its place, and nothing of the customer overtakes. For a
     * sale that comes later the refund is parked instead: in its place it would hold up the sale it waits for.
     */
    boolean isOnItsWay() {
        return due && earlier && (state == RecordState.PENDING || state == RecordState.SENDING);
    }

    /**
     * What was already given back of the order, is being given back, or may have been; in ten-thousandths.
     *
     * @param refund that does not count
     */
    static long refunded(Handle handle, String orderId, long refund) {
        return handle.select(
                        "select coalesce(sum(amount_e4), 0) from record where original = ? and kind = 2 and id <> ? "
                                + "and (state in (1, 4) or (state = 0 and unclear = 1))",
                        orderId,
                        refund)
                .mapTo(Long.class)
                .one();
    }
}
