package dev.posbridge.ledger;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

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
     * @param returned how much of the quantity was
     */
    private record Returnable(
            long id, long record, String product, Sold sold, BigDecimal quantity, BigDecimal returned) {
        /** @param other of the same line, with another return */
        Returnable alsoReturned(Returnable other) {
            return new Returnable(id, record, product, sold, quantity, returned.add(other.returned));
        }

        BigDecimal left() {
            return quantity.subtract(returned);
        }
    }

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
        List<Returnable> returnables = returnables(refund);
        Map<Long, BigDecimal> taken = new HashMap<>();
        try (PreparedBatch returned = handle.prepareBatch(
                "insert into returned (file_id, refund_key, returnable_id, quantity) values (?,?,?,?)")) {
            for (LineItem line : refund.lines()) {
                Sold sold = take(refund, line, returnables, taken, found, returned);
                if (sold == null) {
                    left.add(line);
                } else {
                    found.computeIfAbsent(sold, key -> new ArrayList<>()).add(line);
                }
            }
            if (returned.size() > 0) {
                returned.execute();
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

    private Sold take(
            Refund refund,
            LineItem line,
            List<Returnable> returnables,
            Map<Long, BigDecimal> taken,
            Map<Sold, List<LineItem>> found,
            PreparedBatch returned) {
        for (Returnable returnable : returnables) {
            BigDecimal left = returnable.left().subtract(taken.getOrDefault(returnable.id(), BigDecimal.ZERO));
            Sold sold = returnable.product().equals(line.productId()) && left.compareTo(line.quantity()) >= 0
                    ? sold(returnable)
                    : null;
            if (sold != null) {
                int index = List.copyOf(found.keySet()).indexOf(sold);
                returned.add(
                        file.id(),
                        refund.key() + suffix(index < 0 ? found.size() : index),
                        returnable.id(),
                        line.quantity().toPlainString());
                taken.merge(returnable.id(), line.quantity(), BigDecimal::add);
                return sold;
            }
        }
        return null;
    }

    /** The first part keeps the refund's own key. */
    private static String suffix(int index) {
        return index == 0 ? "" : "." + (index + 1);
    }

    /** What of these products the customer bought and did not return yet, the most recent sale first. */
    private List<Returnable> returnables(Refund refund) {
        Set<String> products = refund.lines().stream()
                .map(LineItem::productId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (refund.customer() == null || products.isEmpty()) {
            return List.of();
        }
        Map<Long, Returnable> found = new LinkedHashMap<>();
        handle.createQuery(
                        "select l.id, l.record_id, l.product_id, l.quantity, s.key, s.order_id, t.quantity from returnable l "
                                + "left join record s on s.id = l.record_id left join returned t on t.returnable_id = l.id "
                                + "where (s.id is null or s.revision = 0 and s.state in (0, 1, 4)) "
                                + "and l.identity_id = :identity and l.customer_id = :customer "
                                + "and l.product_id in (select value from json_each(:products)) "
                                + "and l.happened_at <= :returned order by l.happened_at desc, l.id desc")
                .bind("identity", file.identityId())
                .bind("customer", refund.customer().id())
                .bind("products", CanonicalJson.list(products))
                .bind("returned", refund.returnedAt().toEpochMilli())
                .map((row, context) -> {
                    String back = row.getString(7);
                    return new Returnable(
                            row.getLong(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getString(5) == null ? null : new Sold(row.getString(5), row.getString(6)),
                            new BigDecimal(row.getString(4)),
                            back == null ? BigDecimal.ZERO : new BigDecimal(back));
                })
                .forEach(one -> found.merge(one.id(), one, Returnable::alsoReturned));
        return List.copyOf(found.values());
    }

    /** Of a sale in a segment nothing else is to be said: it waits, is on its way or arrived. */
    private Sold sold(Returnable returnable) {
        if (returnable.sold() != null) {
            return returnable.sold();
        }
        Segments segments = Segments.of(handle);
        return segments.key(handle, returnable.record())
                .map(key -> new Sold(key, segments.identity(handle, file.identityId()) + '-' + key))
                .orElse(null);
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
