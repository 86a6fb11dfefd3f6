package dev.posbridge.checkout;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ProfileException;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.ReceiptNaming;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads sales and refunds that tills ask for. They are called as the vendor's files call them, so that the file of the
 * night that holds them too sends nothing. Thread-safe.
 */
final class ReceiptReader {
    private static final List<String> CHANNELS = List.of("mobile", "pos", "web", "callcenter");
    private static final int LONGEST_ID = 100;
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final Profiles profiles;
    private final Currency currency;
    private final Clock clock;

    /** @param currency of the account */
    ReceiptReader(Profiles profiles, Currency currency, Clock clock) {
        this.profiles = profiles;
        this.currency = currency;
        this.clock = clock;
    }

    static Position position(Operation operation) {
        return Position.ofFile(operation.queue());
    }

    /** An order that is not placed needs no key. */
    Request.Preview preview(RequestFields fields) {
        Sale sale = sale(fields, Operation.PREVIEW, "preview", "preview", currency, clock.instant(), null);
        return sale == null ? null : new Request.Preview(sale);
    }

    Request.Receipt order(RequestFields fields) {
        Profile profile = profile(fields);
        ReceiptNaming naming = naming(profile, RecordKind.SALE);
        String key = key(fields, naming, "key", "keyParts");
        Instant soldAt = moment(fields, "soldAt");
        LocalDate day = fields.date("businessDate");
        Sale sale = sale(
                fields,
                Operation.ORDER,
                key,
                orderId(fields, naming, key),
                profile.currency(),
                soldAt,
                day == null ? day(fields, soldAt, naming) : day);
        return sale == null ? null : new Request.Receipt(sale, profile);
    }

    Request.Receipt refund(RequestFields fields) {
        Profile profile = profile(fields);
        ReceiptNaming naming = naming(profile, RecordKind.REFUND);
        ReceiptNaming sales = naming(profile, RecordKind.SALE);
        String key = key(fields, naming, "key", "keyParts");
        String original = key(fields, sales, "original", "originalParts");
        Instant at = moment(fields, "refundedAt");
        LocalDate day = fields.date("businessDate");
        boolean whole = fields.flag("whole");
        BigDecimal amount = fields.amount("amount");
        if (whole == (amount != null) || amount != null && amount.signum() == 0) {
            fields.problem("amount", "an amount of more than zero, or \"whole\": true");
        }
        var customer = new CustomerReader(fields).optional();
        List<LineItem> lines = lines(fields);
        Store store = store(fields);
        String refundId = orderId(fields, naming, key);
        LocalDate businessDate = day == null ? day(fields, at, naming) : day;
        fields.check();
        return new Request.Receipt(
                new Refund(
                        position(Operation.REFUND),
                        key,
                        refundId,
                        original,
                        sales.orderId(original),
                        customer,
                        at,
                        businessDate,
                        whole ? null : new Money(amount, profile.currency()),
                        whole,
                        lines,
                        store),
                profile);
    }

    /** The day where the tills are; where each store's clock is its own, the till must say it. */
    private static LocalDate day(RequestFields fields, Instant at, ReceiptNaming naming) {
        if (naming.zone() == null) {
            fields.problem("businessDate", "the store's day such as 2026-01-31: the profile has a time zone by store");
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }
        return LocalDate.ofInstant(at, naming.zone());
    }

    /** The order by its own id, or by the vendor and key of its sale. */
    Request.Details details(RequestFields fields) {
        if (fields.has("orderId")) {
            return new Request.Details(fields.requiredId("orderId"));
        }
        ReceiptNaming naming = naming(profile(fields), RecordKind.SALE);
        return new Request.Details(orderId(fields, naming, key(fields, naming, "key", "keyParts")));
    }

    private Sale sale(
            RequestFields fields,
            Operation operation,
            String key,
            String orderId,
            Currency itsCurrency,
            Instant soldAt,
            LocalDate day) {
        CustomerReader customers = new CustomerReader(fields);
        var customer = operation == Operation.PREVIEW ? customers.optional() : customers.detailed();
        BigDecimal totalPaid = fields.requiredAmount("totalPaid");
        Money[] totals = {
            money(fields, "totalPrice", itsCurrency),
            money(fields, "totalDiscount", itsCurrency),
            money(fields, "totalTax", itsCurrency),
            money(fields, "totalShipping", itsCurrency)
        };
        List<LineItem> lines = lines(fields);
        Store store = store(fields);
        String channel = fields.id("channel");
        if (channel != null && !CHANNELS.contains(channel)) {
            fields.problem("channel", "one of " + String.join(", ", CHANNELS));
        }
        Redemption redemption = operation == Operation.PREVIEW ? null : redemption(fields);
        Map<String, String> extra = fields.pairs("extra");
        fields.check();
        return new Sale(
                position(operation),
                key,
                orderId,
                customer,
                soldAt,
                day == null ? LocalDate.EPOCH : day,
                new Money(totalPaid, itsCurrency),
                totals[0],
                totals[1],
                totals[2],
                totals[3],
                lines,
                store,
                channel,
                redemption,
                extra);
    }

    private static Redemption redemption(RequestFields fields) {
        String hold = fields.id("holdReference");
        String lock = fields.id("couponsLockReference");
        List<String> codes = fields.texts("couponCodes");
        return hold == null && lock == null && codes.isEmpty() ? null : new Redemption(hold, lock, codes);
    }

    private static Money money(RequestFields fields, String name, Currency currency) {
        BigDecimal amount = fields.amount(name);
        return amount == null ? null : new Money(amount, currency);
    }

    private static List<LineItem> lines(RequestFields fields) {
        List<LineItem> lines = new ArrayList<>();
        for (RequestFields line : fields.objects("lines")) {
            BigDecimal quantity = line.amount("quantity");
            lines.add(new LineItem(
                    line.id("productId"),
                    line.id("sku"),
                    line.text("title"),
                    quantity == null ? BigDecimal.ONE : quantity,
                    Optional.ofNullable(line.requiredAmount("price")).orElse(BigDecimal.ZERO),
                    line.amount("taxes"),
                    line.amount("discount"),
                    line.text("category"),
                    line.text("brand")));
        }
        return lines;
    }

    private static Store store(RequestFields fields) {
        RequestFields store = fields.object("store");
        return store == null
                ? null
                : new Store(
                        store.id("merchantId"),
                        store.text("merchantName"),
                        store.id("branchId"),
                        store.text("branchName"));
    }

    private Instant moment(RequestFields fields, String name) {
        Instant now = clock.instant();
        Instant at = fields.time(name);
        if (at != null && at.isAfter(now.plus(CLOCKS_DIFFER))) {
            fields.problem(name, "a time that is not in the future");
        }
        return at == null ? now : at;
    }

    private Profile profile(RequestFields fields) {
        String vendor = fields.requiredId("vendor");
        try {
            if (vendor != null) {
                return profiles.named(vendor);
            }
        } catch (ConfigurationException | ProfileException unknown) {
            throw new CheckoutException(CheckoutError.INVALID_REQUEST, unknown.getMessage(), null, unknown);
        }
        throw new CheckoutException(
                CheckoutError.INVALID_REQUEST,
                "\"vendor\": found nothing, expected the name of a profile: " + String.join(", ", profiles.names())
                        + ".");
    }

    private static ReceiptNaming naming(Profile profile, RecordKind kind) {
        return profile.naming(kind)
                .orElseThrow(() -> new CheckoutException(
                        CheckoutError.INVALID_REQUEST,
                        "vendor \"" + profile.vendor() + "\": its profile has no rule for a " + kind.word()
                                + ", so nobody knows its key. Add one to the profile."));
    }

    /** @return never null: where there is none, a problem is noted */
    private static String key(RequestFields fields, ReceiptNaming naming, String name, String partsName) {
        String key = fields.id(name);
        Map<String, String> parts = fields.pairs(partsName);
        if ((key == null) == parts.isEmpty()) {
            fields.problem(
                    name,
                    "the key that the vendor's profile makes, or, in " + partsName + ", its parts "
                            + String.join(", ", naming.keyParts()));
            return "?";
        }
        if (key != null) {
            return key;
        }
        Optional<String> made = naming.key(parts);
        if (made.isEmpty() || made.get().length() > LONGEST_ID) {
            fields.problem(partsName, "the parts " + String.join(", ", naming.keyParts()));
        }
        return made.orElse("?");
    }

    private static String orderId(RequestFields fields, ReceiptNaming naming, String key) {
        String made = naming.orderId(key);
        if (made.length() > LONGEST_ID) {
            fields.problem("key", "one that makes an order id of at most " + LONGEST_ID + " characters");
        }
        return made;
    }
}
