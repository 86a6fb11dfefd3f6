package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.CsvFormat;
import dev.posbridge.vendor.format.CsvSettings;
import dev.posbridge.vendor.rule.Receipts;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Numbers;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import dev.posbridge.vendor.yaml.Problems;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import dev.posbridge.vendor.yaml.YamlFile;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Reads one profile, strictly: what it does not know is a problem, and all problems are found at once. */
final class ProfileReader {
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");
    private static final Pattern VENDOR = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final List<String> CHANNELS = List.of("mobile", "pos", "web", "callcenter");

    private final Problems problems;

    ProfileReader(Problems problems) {
        this.problems = problems;
    }

    /** The profile, or null after its problems were reported. */
    Profile.Parts read(String fileVendor, byte[] bytes) {
        Section root = YamlFile.parse(bytes, problems);
        if (root == null) {
            return null;
        }
        Facts.Names names = names(root, fileVendor);
        Word description = root.word("description");
        root.requireKey("format");
        Section format = root.section("format");
        CsvSettings settings = format == null ? null : FormatReader.read(format);
        FileNames fileNames = fileNames(root);
        Vocabulary vocabulary = new Vocabulary(settings == null ? List.of() : settings.columns());
        for (int index = 0; index < fileNames.captures().size(); index++) {
            String name = fileNames.captures().get(index);
            vocabulary.add(name, new Source.Capture(name, index));
        }
        addValues(root, vocabulary);
        Currency currency = currency(root);
        ZoneId zone = ValueReader.zone(root.requiredWord("time-zone"));
        Numbers numbers = numbers(root, currency);
        ValueReader values = new ValueReader(vocabulary, numbers, zone);
        List<Source> key = receiptKey(root, vocabulary);
        RuleReader rules = new RuleReader(values, shared(root, vocabulary, currency, key));
        List<Rule> records = records(root, rules);
        List<Condition> skip = skip(root, vocabulary);
        Trailer trailer = trailer(root, values, numbers, zone);
        List<String> drop = FormatReader.texts(root.words("drop"));
        RejectAbove rejectAbove = rejectAbove(root);
        boolean byChunk =
                root.choice("release", List.of("file", "chunk"), "file").equals("chunk");
        if (byChunk && trailer != null) {
            root.problem("\"release\" is \"chunk\", but there is a trailer: records would leave before it is read.");
        }
        root.refuseUnknown();
        if (!problems.none()) {
            return null;
        }
        return new Profile.Parts(
                names,
                description == null ? "" : description.text().strip(),
                sha256(bytes),
                currency,
                rejectAbove,
                byChunk,
                rules.matching(),
                fileNames,
                new CsvFormat(settings, vocabulary.columns(), drop),
                new Rules(currency, key, skip, records, trailer));
    }

    private Facts.Names names(Section root, String fileVendor) {
        Word vendor = root.requiredWord("vendor");
        if (vendor != null && !vendor.text().equals(fileVendor)) {
            vendor.problem("\"vendor\" is \"" + vendor.text() + "\", but the file is called " + fileVendor
                    + ".yaml. Make them the same.");
        } else if (vendor != null && !VENDOR.matcher(vendor.text()).matches()) {
            vendor.problem("\"vendor\" is \"" + vendor.text() + "\", expected small letters, digits and hyphens.");
        }
        Word identity = root.word("identity");
        return new Facts.Names(fileVendor, identity == null ? fileVendor : identity.text(), problems.file());
    }

    /** A pattern, or {@code {matches, business-date}}. */
    private static FileNames fileNames(Section root) {
        Section own = root.hasSection("file-name") ? root.section("file-name") : null;
        Word word = own == null ? root.word("file-name") : own.requiredWord("matches");
        var dates = ValueReader.dates(own, "business-date");
        if (own != null) {
            own.refuseUnknown();
        }
        Pattern pattern = pattern(word);
        Set<String> captures = new LinkedHashSet<>();
        if (pattern != null) {
            Matcher groups = GROUP.matcher(pattern.pattern());
            while (groups.find()) {
                captures.add(groups.group(1));
            }
        }
        return new FileNames(pattern, List.copyOf(captures), dates);
    }

    private static Pattern pattern(Word word) {
        try {
            return word == null ? null : Pattern.compile(word.text());
        } catch (PatternSyntaxException problem) {
            String message = problem.getDescription();
            word.problemAt(Math.max(0, problem.getIndex()), "not a regular expression: " + message + ".");
            return null;
        }
    }

    private static void addValues(Section root, Vocabulary vocabulary) {
        Section values = root.section("values");
        if (values == null) {
            return;
        }
        for (String name : values.keys()) {
            Section value = values.section(name);
            if (value != null) {
                Word from = value.requiredWord("from");
                Word extract = value.requiredWord("extract");
                Pattern pattern = pattern(extract);
                if (pattern != null && pattern.matcher("").groupCount() != 1) {
                    extract.problem("\"extract\" needs exactly one group in parentheses.");
                }
                value.refuseUnknown();
                if (from != null) {
                    vocabulary.add(name, new Source.Derived(name, vocabulary.source(from), pattern));
                }
            }
        }
    }

    private static Currency currency(Section root) {
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

    private static Numbers numbers(Section root, Currency currency) {
        Numbers plain = new Numbers('.', Numbers.NONE, currency.getCurrencyCode());
        Section own = root.section("numbers");
        if (own == null) {
            return plain;
        }
        Numbers numbers = ValueReader.numbers(own, plain);
        own.refuseUnknown();
        return numbers;
    }

    private static List<Source> receiptKey(Section root, Vocabulary vocabulary) {
        Section receipt = root.section("receipt");
        if (receipt == null) {
            return List.of();
        }
        receipt.requireKey("key");
        receipt.choice("rows", List.of("adjacent"), "adjacent");
        List<Source> key = receipt.words("key").stream().map(vocabulary::source).toList();
        receipt.refuseUnknown();
        return key;
    }

    private RuleReader.Shared shared(Section root, Vocabulary vocabulary, Currency currency, List<Source> key) {
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
        Receipts receipts = new Receipts(currency, currencyFrom, orderId(root), null, null, null, store);
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
    private Template orderId(Section root) {
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

    private static List<Rule> records(Section root, RuleReader rules) {
        root.requireKey("records");
        List<Section> sections = root.sections("records");
        if (root.has("records") && sections.isEmpty()) {
            root.problem("\"records\" has no rule.");
        }
        return sections.stream().map(rules::read).filter(Objects::nonNull).toList();
    }

    private static List<Condition> skip(Section root, Vocabulary vocabulary) {
        List<Condition> conditions = new ArrayList<>();
        for (Section section : root.sections("skip")) {
            Word when = section.requiredWord("when");
            section.refuseUnknown();
            if (when != null) {
                conditions.add(vocabulary.condition(when));
            }
        }
        return conditions;
    }

    private static Trailer trailer(Section root, ValueReader values, Numbers numbers, ZoneId zone) {
        Section section = root.section("trailer");
        if (section == null) {
            return null;
        }
        List<String> names = FormatReader.texts(section.words("columns"));
        ValueReader own = names.isEmpty() ? values : new ValueReader(new Vocabulary(names), numbers, zone);
        Word when = section.requiredWord("when");
        Word count = section.word("count");
        boolean ofReceipts =
                section.choice("count-of", List.of("rows", "receipts"), "rows").equals("receipts");
        Amount total = values == own ? values.amount(section, "total") : own.amount(section, "total");
        if (count == null && total == null) {
            section.problem("a trailer needs \"count\", \"total\" or both.");
        }
        section.refuseUnknown();
        Columns columns = own.vocabulary().columns();
        Source countSource = count == null ? null : own.vocabulary().source(count);
        Condition condition = own.vocabulary().condition(when);
        return new Trailer(condition, names, columns, countSource, ofReceipts, total);
    }

    private static RejectAbove rejectAbove(Section root) {
        Section section = root.section("reject-above");
        if (section == null) {
            return RejectAbove.DEFAULT;
        }
        Word share = section.word("share");
        int atLeast = FormatReader.count(section, "at-least", RejectAbove.DEFAULT.atLeast());
        section.refuseUnknown();
        if (share == null) {
            return new RejectAbove(RejectAbove.DEFAULT.share(), atLeast);
        }
        if (!share.text().matches("(\\d{1,2}(\\.\\d{1,4})?|100)\\s*%")) {
            share.problem("\"share\" is \"" + share.text() + "\", expected a percentage such as 2%.");
            return RejectAbove.DEFAULT;
        }
        BigDecimal percent = new BigDecimal(share.text().replace("%", "").strip());
        return new RejectAbove(percent.movePointLeft(2), atLeast);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
