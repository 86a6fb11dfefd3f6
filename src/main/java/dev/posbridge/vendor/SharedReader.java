package dev.posbridge.vendor;

import dev.posbridge.vendor.rule.Receipts;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what all sales and refunds of a profile share. */
final class SharedReader {
    private static final List<String> CHANNELS = List.of("mobile", "pos", "web", "callcenter");

    private SharedReader() {}

    static Currency currency(Section root) {
        root.requireKey("currency");
        Section own = root.hasSection("currency") ? root.section("currency") : null;
        Word code = own == null ? root.word("currency") : own.requiredWord("code");
        try {
            return code == null ? Currency.getInstance("USD") : Currency.getInstance(code.text());
        } catch (IllegalArgumentException unknown) {
            code.problem(
                    "unknown currency \"" + code.text() + "\", expected three capital letters such as GBP or SAR.");
            return Currency.getInstance("USD");
        }
    }

    static RuleReader.Shared read(Section root, Vocabulary vocabulary, Currency currency, List<Source> key) {
        Section own = root.hasSection("currency") ? root.section("currency") : null;
        Source currencyFrom = null;
        if (own != null) {
            Word from = own.requiredWord("from");
            own.has("code");
            own.refuseUnknown();
            currencyFrom = from == null ? null : vocabulary.source(from);
        }
        Template[] store = new Template[4];
        party(root.section("merchant"), vocabulary, store, 0);
        party(root.section("branch"), vocabulary, store, 2);
        Word channel = root.word("channel");
        if (channel != null && channel.text().indexOf('{') < 0 && !CHANNELS.contains(channel.text())) {
            channel.problem(
                    "\"channel\" is \"" + channel.text() + "\", expected one of: " + String.join(", ", CHANNELS) + ".");
        }
        Receipts receipts =
                new Receipts(currency, currencyFrom, orderId(root), null, null, null, null, null, null, store);
        return new RuleReader.Shared(keyTemplate(key), vocabulary.template(channel), receipts);
    }

    private static void party(Section section, Vocabulary vocabulary, Template[] store, int at) {
        if (section != null) {
            store[at] = vocabulary.template(section.word("id"));
            store[at + 1] = vocabulary.template(section.word("name"));
            section.refuseUnknown();
        }
    }

    /** Refunds make the order id of their sale from its key alone, so nothing else may be in it. */
    private static Template orderId(Section root) {
        Map<String, Source> allowed = Map.of("identity", Source.Made.IDENTITY, "key", Source.Made.KEY);
        Word word = root.word("order-id");
        if (word == null) {
            Template.Part dash = new Template.Part("-", null);
            return new Template(
                    "{identity}-{key}",
                    List.of(
                            new Template.Part(null, Source.Made.IDENTITY),
                            dash,
                            new Template.Part(null, Source.Made.KEY)));
        }
        if (!word.text().contains("{key}")) {
            word.problem("\"order-id\" is \"" + word.text() + "\", expected a template with {key}.");
        }
        Matcher names = Pattern.compile("\\{([^}]*)\\}").matcher(word.text());
        while (names.find()) {
            if (!allowed.containsKey(names.group(1))) {
                word.problemAt(
                        names.start(1),
                        "\"order-id\" may use {identity} and {key} only: a refund knows no more of its sale.");
                return null;
            }
        }
        return new Vocabulary(List.of()).template(word, allowed);
    }

    private static Template keyTemplate(List<Source> key) {
        if (key.isEmpty()) {
            return null;
        }
        List<Template.Part> parts = new ArrayList<>();
        for (Source source : key) {
            if (!parts.isEmpty()) {
                parts.add(new Template.Part("-", null));
            }
            parts.add(new Template.Part(null, source));
        }
        String written = key.stream().map(source -> "{" + source.name() + "}").collect(Collectors.joining("-"));
        return new Template(written, parts);
    }
}
