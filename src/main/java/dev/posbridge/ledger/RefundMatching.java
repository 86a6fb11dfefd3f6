package dev.posbridge.ledger;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Finds the sales that a refund without a reference takes back, for profiles that ask for it: line by line the
 * customer's most recent earlier sale that holds the product in a quantity not yet returned. A guess, so what it finds
 * is marked {@code matched} and listed apart in reports; a line is never split between sales.
 */
final class RefundMatching {
    private final Handle handle;
    private final LedgerFile file;

    RefundMatching(Handle handle, LedgerFile file) {
        this.handle = handle;
        this.file = file;
    }

    /**
     * A sale's line that may still be returned.
     *
     * @param sold null where the sale has no row
     */
    private record Returnable(long id, long record, Sold sold, BigDecimal quantity) {}

    private record Sold(String key, String orderId) {}

    /**
     * One refund for each sale that was found, and one more, dead or parked, for what is left.
     *
     * @param candidate a refund with a customer and without an original
     */
    List<NewRecord> match(NewRecord candidate) {
        Refund refund = (Refund) candidate.entry().posRecord();
        Map<Sold, List<LineItem>> found = new LinkedHashMap<>();
        List<LineItem> left = new ArrayList<>();
        for (LineItem line : refund.lines()) {
            Sold sold = take(refund, line, found);
            if (sold == null) {
                left.add(line);
            } else {
                found.computeIfAbsent(sold, key -> new ArrayList<>()).add(line);
            }
        }
        List<NewRecord> parts = new ArrayList<>();
        found.forEach((sold, lines) -> parts.add(candidate.part(part(refund, parts.size(), sold, lines))));
        if (!left.isEmpty() || parts.isEmpty()) {
            Refund rest = parts.isEmpty() ? refund : part(refund, parts.size(), new Sold(null, null), left);
            parts.add(unmatched(candidate.part(rest), rest));
        }
        return parts.size() == 1 ? parts : parts.stream().map(NewRecord::asPart).toList();
    }

    private Sold take(Refund refund, LineItem line, Map<Sold, List<LineItem>> found) {
        for (Returnable returnable : returnables(refund, line)) {
            // One after the other: of a customer who bought it sixty times mostly the first one has enough left.
            Sold sold = returnable.sold() == null ? inSegment(returnable.record()) : returnable.sold();
            if (sold != null
                    && returnable.quantity().subtract(returned(returnable.id())).compareTo(line.quantity()) >= 0) {
                int index = List.copyOf(found.keySet()).indexOf(sold);
                handle.execute(
                        "insert into returned (file_id, refund_key, returnable_id, quantity) values (?,?,?,?)",
                        file.id(),
                        refund.key() + suffix(index < 0 ? found.size() : index),
                        returnable.id(),
                        line.quantity().toPlainString());
                return sold;
            }
        }
        return null;
    }

    /** The first part keeps the refund's own key. */
    private static String suffix(int index) {
        return index == 0 ? "" : "." + (index + 1);
    }

    /** The most recent sale first. */
    private List<Returnable> returnables(Refund refund, LineItem line) {
        if (refund.customer() == null || line.productId() == null) {
            return List.of();
        }
        return handle.createQuery("select l.id, l.record_id, l.quantity, s.key, s.order_id from returnable l "
                        + "left join record s on s.id = l.record_id where (s.id is null or s.revision = 0 and s.state in (0, 1, 4)) "
                        + "and l.identity_id = :identity and l.customer_id = :customer and l.product_id = :product "
                        + "and l.happened_at <= :returned order by l.happened_at desc, l.id desc")
                .bind("identity", file.identityId())
                .bind("customer", refund.customer().id())
                .bind("product", line.productId())
                .bind("returned", refund.returnedAt().toEpochMilli())
                .map((row, context) -> new Returnable(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(4) == null ? null : new Sold(row.getString(4), row.getString(5)),
                        new BigDecimal(row.getString(3))))
                .list();
    }

    /** Of a sale of which nothing else is to be said than what its segment says: it waits, is on its way or arrived. */
    private Sold inSegment(long record) {
        Segments.Place place = Segments.of(handle).place(handle, record);
        if (place == null) {
            return null;
        }
        String key = place.segment().key(place.position());
        return new Sold(key, Segments.of(handle).identity(handle, file.identityId()) + '-' + key);
    }

    private BigDecimal returned(long returnable) {
        return handle
                .select("select quantity from returned where returnable_id = ?", returnable)
                .mapTo(BigDecimal.class)
                .list()
                .stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Refund part(Refund whole, int index, Sold sold, List<LineItem> lines) {
        String suffix = suffix(index);
        BigDecimal total = lines.stream().map(LineItem::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        int digits = Math.max(0, whole.amount().currency().getDefaultFractionDigits());
        return new Refund(
                whole.position(),
                whole.key() + suffix,
                whole.refundId() + suffix,
                sold.key(),
                sold.orderId(),
                whole.customer(),
                whole.returnedAt(),
                whole.businessDate(),
                new Money(
                        total.setScale(digits, RoundingMode.HALF_UP),
                        whole.amount().currency()),
                false,
                lines,
                whole.store());
    }

    private NewRecord unmatched(NewRecord rest, Refund refund) {
        if (file.parksUnmatched()) {
            return rest.parked(Reason.ORIGINAL_NOT_FOUND);
        }
        String problem = refund.position() + ": refund \"" + refund.key() + "\": no earlier sale of customer \""
                + refund.customer().id() + "\" holds " + products(refund) + " not yet returned; " + refund.amount()
                + " is left. " + Reason.ORIGINAL_NOT_FOUND.remedy();
        return rest.dead(Reason.ORIGINAL_NOT_FOUND, problem);
    }

    private static String products(Refund refund) {
        List<String> products = refund.lines().stream()
                .map(line -> line.quantity().stripTrailingZeros().toPlainString() + " of \"" + line.productId() + '"')
                .toList();
        return products.isEmpty() ? "its products" : String.join(", ", products);
    }
}
