package dev.posbridge.vendor;

import dev.posbridge.vendor.rule.CustomerRule;
import dev.posbridge.vendor.rule.EventRule;
import dev.posbridge.vendor.rule.Heading;
import dev.posbridge.vendor.rule.LinesPlan;
import dev.posbridge.vendor.rule.Receipts;
import dev.posbridge.vendor.rule.RefundRule;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.SaleRule;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.List;
import java.util.Map;

/** Reads the rules under {@code records}. */
final class RuleReader {
    private static final Map<String, Source> IDENTITY = Map.of("identity", Source.Made.IDENTITY);

    private final ValueReader values;
    private final CustomerReader customers;
    private final Vocabulary vocabulary;
    private final Shared shared;
    private Matching matching;

    /**
     * What rules have from the profile.
     *
     * @param key template where a rule has no key of its own, or null
     * @param receipts everything but the amount and the lines
     */
    record Shared(Template key, Template channel, Receipts receipts) {}

    RuleReader(ValueReader values, Shared shared) {
        this.values = values;
        this.customers = new CustomerReader(values);
        this.vocabulary = values.vocabulary();
        this.shared = shared;
    }

    /** How refunds find their sale, or null where they name it. */
    Matching matching() {
        return matching;
    }

    /** The rule, or null after its problems were reported. */
    Rule read(Section section) {
        section.requireKey("kind");
        Rule rule =
                switch (section.choice("kind", List.of("sale", "refund", "customer", "event"), "")) {
                    case "sale" -> sale(section);
                    case "refund" -> refund(section);
                    case "customer" -> customer(section);
                    case "event" -> event(section);
                    default -> null;
                };
        if (rule != null) {
            section.refuseUnknown();
        }
        return rule;
    }

    private Rule sale(Section section) {
        Heading heading = heading(section, "sold-at", true);
        Amount[] totals = {
            values.amount(section, "total-price"),
            values.amount(section, "total-discount"),
            values.amount(section, "total-tax"),
            values.amount(section, "total-shipping")
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
        return new SaleRule(heading, receipts, totals, shared.channel(), redemption, customers.texts(section, "extra"));
    }

    private Rule refund(Section section) {
        Heading heading = heading(section, "sold-at", true);
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
        Template original = vocabulary.idTemplate("original", section.word("original"), IDENTITY);
        boolean whole = isWord(section, "amount", "whole");
        Receipts receipts = whole ? lineReceipts(section) : receipts(section, "amount");
        if (matched && (whole || receipts.lines() == null)) {
            section.problem("\"match\" by product needs \"lines\", and an amount that is not \"whole\".");
        }
        return new RefundRule(heading, receipts, original, whole);
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
        if (isWord(section, amountKey, "lines")) {
            if (made.lines() == null) {
                section.problem("\"" + amountKey + "\" is \"lines\", but \"lines\" is missing.");
            }
            return made;
        }
        return made.withTotal(values.amount(section, amountKey));
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

    private LinesPlan linesPlan(Section section) {
        if (section == null) {
            return null;
        }
        section.requireKey("price");
        LinesPlan plan = new LinesPlan(
                vocabulary.condition(section.word("when")),
                vocabulary.text(section.word("product-id")),
                vocabulary.text(section.word("sku")),
                vocabulary.text(section.word("title")),
                values.amount(section, "quantity"),
                values.amount(section, "price"),
                values.amount(section, "taxes"),
                values.amount(section, "discount"),
                vocabulary.text(section.word("category")),
                vocabulary.text(section.word("vendor")));
        section.refuseUnknown();
        return plan;
    }
}
