package dev.posbridge.gameball;

import dev.posbridge.ConfigurationException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.gameball.OrderRequest.CashbackConfigurations;
import dev.posbridge.gameball.OrderRequest.RedemptionReference;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says canonical records in Gameball's words, by the rules of one account. Thread-safe. Every method throws
 * {@link RecordRejectedException} where the record lacks what the account demands.
 */
public final class Payloads {
    private static final int LONGEST_RETURN_WINDOW_DAYS = 7_300;
    private static final String GUEST = "guest-";

    private final Identification identification;
    private final CashbackConfigurations cashback;

    /** As below, with the return window that is set up at Gameball. */
    public Payloads(Merging merging) {
        this(merging, null);
    }

    /**
     * @param returnWindowDays days the points stay pending, 0 to 7300; null leaves it to Gameball
     */
    public Payloads(Merging merging, Integer returnWindowDays) {
        if (returnWindowDays != null && (returnWindowDays < 0 || returnWindowDays > LONGEST_RETURN_WINDOW_DAYS)) {
            throw new ConfigurationException("posbridge.account.return-window-days: found \"" + returnWindowDays
                    + "\", expected 0 to " + LONGEST_RETURN_WINDOW_DAYS + ". Correct it, or leave it out.");
        }
        this.identification = new Identification(merging);
        this.cashback = returnWindowDays == null ? null : new CashbackConfigurations(returnWindowDays);
    }

    /** The same sale to a guest of its own: anonymous receipts must not add up to one customer. */
    public static Sale toGuest(Sale anonymous) {
        return anonymous.to(CustomerDetails.ofId(guestId(anonymous)));
    }

    /** Whether the order itself brings its customer along, as a guest. */
    public static boolean isGuest(Sale sale) {
        return sale.customer() != null && isGuest(sale.customer().id(), sale.orderId());
    }

    /** As above, for who knows no more of the sale. */
    public static boolean isGuest(String customerId, String orderId) {
        return customerId.startsWith(GUEST)
                && customerId.substring(GUEST.length()).equals(orderId);
    }

    private static String guestId(Sale sale) {
        return GUEST + sale.orderId();
    }

    /** @param position where the customer was found, for the message of a refusal */
    public CustomerRequest customer(CustomerDetails customer, Position position) {
        return customer(customer, customer, position);
    }

    /** @param told what to tell of the customer; who it is, and by what they are merged, is said all the same */
    public CustomerRequest customer(CustomerDetails customer, CustomerDetails told, Position position) {
        return new CustomerRequest(
                identification.id(customer, position),
                identification.email(customer, position),
                identification.mobile(customer, position),
                customer.referrerCode(),
                attributes(told));
    }

    /** @param orderDate the sale's time, moved by milliseconds where another sale of the customer has the same */
    public OrderRequest order(Sale sale, Instant orderDate) {
        Position position = sale.position();
        Amounts amounts = new Amounts(position);
        CustomerDetails customer = sale.customer();
        return new OrderRequest(
                identification.id(customer, position),
                identification.email(customer, position),
                identification.mobile(customer, position),
                sale.orderId(),
                orderDate,
                amounts.total("totalPaid", sale.totalPaid()),
                amounts.total("totalPrice", sale.totalPrice()),
                amounts.total("totalDiscount", sale.totalDiscount()),
                amounts.total("totalTax", sale.totalTax()),
                amounts.total("totalShipping", sale.totalShipping()),
                amounts.products(sale.lines()),
                RedemptionReference.of(sale.redemption()),
                sorted(sale.extra()),
                Merchant.of(sale.store()),
                isGuest(sale) ? Boolean.TRUE : null,
                sale.channel(),
                cashback);
    }

    /**
     * @param customer of the refund, or of its sale where the refund names none
     * @param reverseTransactionId order id of the sale
     * @param amount what is given back; for a whole sale what is left of it
     * @param at the refund's time, moved as in {@link #order}
     */
    public RefundRequest refund(
            Refund refund, CustomerDetails customer, String reverseTransactionId, BigDecimal amount, Instant at) {
        Position position = refund.position();
        Amounts amounts = new Amounts(position);
        return new RefundRequest(
                identification.id(customer, position),
                identification.email(customer, position),
                identification.mobile(customer, position),
                refund.refundId(),
                reverseTransactionId,
                at,
                amounts.moreThanZero("refundAmount", amount),
                amounts.products(refund.lines()),
                Merchant.of(refund.store()));
    }

    /** What an order would be if it were placed; the one call that needs no customer. */
    public PreviewRequest preview(Sale sale) {
        return sale.customer() == null
                ? new Payloads(Merging.NONE).preview(toGuest(sale)).withoutCustomer()
                : PreviewRequest.of(order(sale, sale.soldAt()));
    }

    /**
     * @param position where the request was found, for the message of a refusal
     * @param measure what to hold
     * @param otp or null; hash or null
     */
    public HoldRequest hold(
            CustomerDetails customer, Position position, Instant at, HoldMeasure measure, String otp, String hash) {
        return new HoldRequest(
                identification.id(customer, position),
                identification.email(customer, position),
                identification.mobile(customer, position),
                at,
                measure.points(),
                measure.amount(),
                measure.ruleId(),
                otp,
                hash);
    }

    /** Has the customer sent a password for such a hold. */
    public OneTimePasswordRequest oneTimePassword(CustomerDetails customer, Position position, HoldMeasure measure) {
        return new OneTimePasswordRequest(
                identification.id(customer, position),
                identification.email(customer, position),
                identification.mobile(customer, position),
                measure.amount(),
                measure.points(),
                measure.ruleId() == null ? null : Long.valueOf(measure.ruleId()));
    }

    public EventRequest event(Event event) {
        return new EventRequest(
                identification.id(event.customer(), event.position()),
                identification.email(event.customer(), event.position()),
                identification.mobile(event.customer(), event.position()),
                Map.of(event.name(), new TreeMap<>(event.metadata())));
    }

    private static CustomerRequest.Attributes attributes(CustomerDetails customer) {
        CustomerRequest.Attributes attributes = new CustomerRequest.Attributes(
                customer.displayName(),
                customer.firstName(),
                customer.lastName(),
                customer.email(),
                customer.gender(),
                customer.mobile(),
                customer.dateOfBirth(),
                customer.joinDate(),
                customer.country(),
                customer.city(),
                customer.zip(),
                customer.preferredLanguage(),
                sorted(customer.custom()));
        return attributes.equals(CustomerRequest.Attributes.NONE) ? null : attributes;
    }

    /** Sorted, so that the same record gives the same bytes in every run. */
    private static Map<String, String> sorted(Map<String, String> values) {
        return values.isEmpty() ? null : new TreeMap<>(values);
    }
}
