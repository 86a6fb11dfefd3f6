package dev.posbridge.vendor;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.rule.CustomerRule;
import dev.posbridge.vendor.rule.EventRule;
import dev.posbridge.vendor.rule.ExchangeRule;
import dev.posbridge.vendor.rule.Heading;
import dev.posbridge.vendor.rule.IgnoreRule;
import dev.posbridge.vendor.rule.LinesPlan;
import dev.posbridge.vendor.rule.Receipts;
import dev.posbridge.vendor.rule.RefundRule;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.SaleRule;
import dev.posbridge.vendor.rule.Sum;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.DayEnd;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.List;
import java.util.Map;

/** Reads the rules under {@code records}. */
final class RuleReader {
    private static final List<String> KINDS = List.of("sale", "refund", "exchange", "customer", "event", "ignore");
    private static final Map<String, Source> IDENTITY = Map.of("identity", Source.Made.IDENTITY);

    private static final List<Reason> IGNORED = List.of(
            Reason.TRAINING,
            Reason.SUSPENDED,
            Reason.NO_SALE,
            Reason.VOIDED,
            Reason.UNPAID,
            Reason.EMPLOYEE_SALE,
            Reason.BY_PROFILE);

    private final ValueReader values;
    private final SumReader sums;
    private final CustomerReader customers;
    private final Vocabulary vocabulary;
    private final Shared shared;
    private Matching matching;
    private boolean refundsByDay;

    /**
     * What rules have from the profile.
     *
     * @param key template where a rule has no key of its own, or null
     * @param receipts everything but the amount and the lines
     */
    record Shared(Template key, Template channel, Receipts receipts) {
        Shared withDays(DayEnd dayEnds, Moments earnFrom) {
            return new Shared(key, channel, receipts.withDays(dayEnds, earnFrom));
        }
    }

    RuleReader(ValueReader values, Shared shared) {
        this.values = values;
        this.customers = new CustomerReader(values);
        this.vocabulary = values.vocabulary();
        this.shared = shared;
        this.sums = new SumReader(values, shared.receipts().currency());
    }

    /** How refunds find their sale, or null where they name it. */
    Matching matching() {
        return matching;
    }

    /** Whether one of the patterns by which refunds are dated says the day alone. */
    boolean refundsByDay() {
        return refundsByDay;
    }

    /** The rule, or null after its problems were reported. */
    Rule read(Section section) {
        section.requireKey("kind");
        Rule rule =
                switch (section.choice("kind", KINDS, "")) {
                    case "sale" -> sale(section, false);
                    case "refund" -> refund(section);
                    case "exchange" -> exchange(section);
                    case "ignore" -> ignore(section);
                    case "customer" -> customer(section);
                    case "event" -> event(section);
                    default -> null;
                };
        if (rule != null) {
            section.refuseUnknown();
        }
        return rule;
    }

    private SaleRule sale(Section section, boolean exchange) {
        Heading heading = heading(section, "sold-at", true);
        Sum[] totals = {
            sums.read(section, "total-price"),
            sums.read(section, "total-discount"),
            sums.read(section, "total-tax"),
            sums.read(section, "total-shipping")
        };
        Template[] redemption = new Template[3];
        Section redeemed = section.section("redemption");
        if (redeemed != null) {
            redemption[0] = vocabulary.text(redeemed.word("points-hold"));
            redemption[1] = vocabulary.text(redeemed.word("coupons-lock"));
            redemption[2] = vocabulary.text(redeemed.word("coupon-codes"));
            redeemed.refuseUnknown();
        }
        Receipts receipts = receipts(section, "total-paid");
        for (Sum total : totals) {
            if (total != null && total.usesLines() && receipts.lines() == null) {
                section.problem("\"" + total.what() + "\" is made of lines, but \"lines\" is missing.");
            }
        }
        Sum refunded = exchange ? null : sums.readBlankAsNothing(section, "refunded-so-far");
        if (refunded != null && refunded.usesLines()) {
            section.problem("\"refunded-so-far\" is what the till gave back, expected a column or a sum of columns.");
        }
        Moments refundedAt = exchange ? null : values.moments(section, "refunded-at");
        if (refundedAt != null && refunded == null) {
            section.problem("\"refunded-at\" says when, but \"refunded-so-far\" is missing.");
        }
        refundsByDay |= refundedAt != null && refundedAt.mayLackTime();
        return new SaleRule(
                heading,
                receipts,
                totals,
                refunded,
                refundedAt,
                shared.channel(),
                redemption,
                customers.texts(section, "extra"));
    }

    private RefundRule refund(Section section) {
        Heading heading = heading(section, "sold-at", true).later();
        boolean matched = matched(section);
        List<Template> originals = originals(section);
        boolean whole = isWord(section, "amount", "whole");
        boolean soFar = section.has("amount-so-far");
        if (soFar && (section.has("amount") || section.has("lines") || matched)) {
            section.problem("\"amount-so-far\" is all that was given back of the sale that \"original\" names; "
                    + "it goes without \"amount\", \"lines\" and \"match\".");
        }
        Receipts receipts = whole ? lineReceipts(section) : receipts(section, soFar ? "amount-so-far" : "amount");
        if (matched && (whole || receipts.lines() == null)) {
            section.problem("\"match\" by product needs \"lines\", and an amount that is not \"whole\".");
        }
        refundsByDay |= heading.at() != null && heading.at().mayLackTime();
        return new RefundRule(heading, receipts, originals, whole, soFar);
    }

    /** Templates of the sale's key, of which the first that the ledger knows is taken. */
    private List<Template> originals(Section section) {
        return section.words("original").stream()
                .map(word -> vocabulary.idTemplate("original", word, IDENTITY))
                .toList();
    }

    private boolean matched(Section section) {
        boolean matched = section.hasSection("match");
        if (matched) {
            Section match = section.section("match");
            match.choice("by", List.of("product"), "product");
            matching = new Matching(
                    match.choice("unmatched", List.of("dead", "park"), "dead").equals("dead"));
            match.refuseUnknown();
        }
        if (matched == section.has("original")) {
            section.problem("a refund needs either \"original\" (the template of its sale's key) or \"match\".");
        }
        return matched;
    }

    private Rule exchange(Section section) {
        section.requireKey("as");
        section.requireKey("lines");
        boolean split = section.choice("as", List.of("split", "net"), "split").equals("split");
        matched(section);
        List<Template> originals = originals(section);
        SaleRule sale = sale(section, true);
        refundsByDay |= sale.heading().at() != null && sale.heading().at().mayLackTime();
        Sum total = sale.receipts().total();
        if (split && total != null && total.terms().stream().anyMatch(term -> term.amount() != null)) {
            section.problem("an exchange that is split has its amounts from its lines: \"total-paid\" must be lines."
                    + " Compare them with the till's total in \"balance\".");
        }
        return new ExchangeRule(sale, new RefundRule(sale.heading(), sale.receipts(), originals, false, false), split);
    }

    private Rule ignore(Section section) {
        section.requireKey("reason");
        List<String> known = IGNORED.stream().map(Reason::code).toList();
        String reason = section.choice("reason", known, Reason.BY_PROFILE.code());
        return new IgnoreRule(vocabulary.condition(section.word("when")), Reason.ofCode(reason));
    }

    private Rule customer(Section section) {
        return new CustomerRule(heading(section, "at", false));
    }

    private Rule event(Section section) {
        Heading heading = heading(section, "at", true);
        return new EventRule(
                heading, vocabulary.template(section.requiredWord("name")), customers.texts(section, "metadata"));
    }

    /** @param timeKey what the rule calls its time */
    private Heading heading(Section section, String timeKey, boolean timeRequired) {
        boolean named = timeKey.equals("at");
        if (timeRequired) {
            section.requireKey(timeKey);
        }
        if (named) {
            section.requireKey("customer");
        }
        Word key = section.word("key");
        if (key == null && shared.key() == null && timeRequired && !section.has("key")) {
            section.problem("\"key\" is missing; it may stand here or, as columns, in receipt.key.");
        }
        Template keyTemplate = key == null ? shared.key() : vocabulary.idTemplate("key", key, IDENTITY);
        return new Heading(
                vocabulary.condition(section.word("when")),
                keyTemplate,
                customers.read(section.section("customer")),
                values.moments(section, timeKey));
    }

    private Receipts receipts(Section section, String amountKey) {
        section.requireKey(amountKey);
        Receipts made = lineReceipts(section);
        Sum total = sums.read(section, amountKey);
        if (total != null && total.usesLines() && made.lines() == null) {
            section.problem("\"" + amountKey + "\" is made of lines, but \"lines\" is missing.");
        }
        boolean excludes = made.lines() != null && made.lines().excluded() != null;
        if (total != null && excludes && !total.uses(Sum.Made.LINES) && !total.uses(Sum.Made.EXCLUDED_LINES)) {
            section.problem("\"lines\" excludes some, but \"" + amountKey + "\" does not say whether they are in it."
                    + " Subtract them ({ add: [...], subtract: [excluded-lines] }), or leave such rows out with"
                    + " lines.when where it does not hold them.");
        }
        return made.withTotal(total).withBalance(sums.balance(section, total));
    }

    private Receipts lineReceipts(Section section) {
        return shared.receipts().withLines(linesPlan(section.section("lines")), values.day(section, "business-date"));
    }

    private static boolean isWord(Section section, String key, String word) {
        if (!section.has(key) || section.hasSection(key)) {
            return false;
        }
        Word found = section.word(key);
        return found != null && found.text().equals(word);
    }

    /** A till may have rounded it more finely than money is. */
    private Amount lineAmount(Section section) {
        return values.amountAs(section, "amount", "amount of the line");
    }

    private LinesPlan linesPlan(Section section) {
        if (section == null) {
            return null;
        }
        if (section.has("price") == section.has("amount")) {
            section.problem("\"lines\" needs either \"price\" (of one piece) or \"amount\" (of all of a line).");
        }
        int digits = Math.max(0, shared.receipts().currency().getDefaultFractionDigits());
        LinesPlan plan = new LinesPlan(
                vocabulary.condition(section.word("when")),
                vocabulary.condition(section.word("exclude")),
                vocabulary.condition(section.word("returned")),
                vocabulary.text(section.word("product-id")),
                vocabulary.text(section.word("sku")),
                vocabulary.text(section.word("title")),
                values.amount(section, "quantity"),
                values.amount(section, "price"),
                lineAmount(section),
                values.amount(section, "taxes"),
                values.amount(section, "discount"),
                vocabulary.text(section.word("category")),
                vocabulary.text(section.word("vendor")),
                section.choice("rounding", List.of("line", "total"), "line").equals("line"),
                digits);
        section.refuseUnknown();
        return plan;
    }
}
