package dev.posbridge.vendor;

import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.pos.FileLimits;
import dev.posbridge.vendor.format.Blank;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.rule.Agreement;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.Skip;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.unwrap.Unwrapping;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Numbers;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Zones;
import dev.posbridge.vendor.yaml.Problems;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import dev.posbridge.vendor.yaml.YamlFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one profile, strictly: what it does not know is a problem, and all problems are found at once. */
final class ProfileReader {
    private static final Pattern VENDOR = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Problems problems;
    private final Path folder;

    /** @param folder from which the profile means its paths */
    ProfileReader(Problems problems, Path folder) {
        this.problems = problems;
        this.folder = folder;
    }

    /** The profile, or null after its problems were reported. */
    Profile.Parts read(String fileVendor, byte[] bytes) {
        Section root = YamlFile.parse(bytes, problems);
        if (root == null) {
            return null;
        }
        Facts.Names names = names(root, fileVendor);
        Word description = root.word("description");
        FilesReader files = FilesReader.read(root);
        FormatType.Plan plan = files == null ? plan(root) : files.plan();
        Unwrapping unwrapping = UnwrapReader.read(root, folder);
        FileNames fileNames = files == null ? FileNameReader.read(root) : files.fileNames();
        Vocabulary vocabulary = new Vocabulary(plan == null ? List.of() : plan.columns(), placeholders(root));
        if (files != null) {
            vocabulary.ofParts(files.names(), files.on());
        }
        for (int index = 0; index < fileNames.captures().size(); index++) {
            String name = fileNames.captures().get(index);
            vocabulary.add(name, new Source.Capture(name, index));
        }
        DayEndReader dayEnds = new DayEndReader(root, vocabulary);
        Lookups lookups = Lookups.read(root, folder);
        Optional<ExpectedStores> stores = lookups.expectedStores();
        NamedValueReader.addTo(vocabulary, root.section("values"), lookups, dayEnds);
        refuseKeysOfTables(root, files == null ? root.section("format") : null);
        Currency currency = SharedReader.currency(root);
        ValueReader values = values(root, vocabulary, currency).withDayEnds(dayEnds.read());
        Assembly assembly = ReceiptReader.read(root, files == null ? null : files.on(), vocabulary)
                .withFillDown(fillDown(root, vocabulary));
        Joining joining = files == null ? null : files.joining(vocabulary);
        RuleReader rules = new RuleReader(
                values,
                SharedReader.read(root, vocabulary, currency, assembly.key())
                        .withDays(dayEnds.read(), values.day(root, "earn-from")));
        List<Rule> records = records(root, rules);
        List<Skip> skip = skip(root, vocabulary);
        Agreement agreement = new Agreement(
                records,
                skip,
                vocabulary.named(),
                assembly.varies(),
                recordType(plan, vocabulary),
                assembly.timeSpread());
        Trailer trailer = ControlReader.trailer(root, values, currency);
        NameAgreement ofName = NameAgreementReader.read(
                root, fileNames, plan == null ? List.of() : plan.columns(), vocabulary, values, records);
        List<String> drop = FormatKeys.texts(root.words("drop"));
        AgainPolicy again = AgainReader.read(root, rules.refundsByDay(), values.zone());
        RejectAbove rejectAbove = ControlReader.rejectAbove(root);
        FileLimits limits = LimitsReader.read(root);
        requireWholeFiles(root);
        root.refuseUnknown();
        if (!problems.none()) {
            return null;
        }
        return new Profile.Parts(
                names,
                description == null ? "" : description.text().strip(),
                sha256(bytes, lookups),
                sha256(bytes),
                currency,
                limits,
                rejectAbove,
                rules.matching(),
                again,
                unwrapping,
                fileNames,
                files == null ? null : files.set(),
                stores,
                plan.maker().make(vocabulary.columns(), drop),
                new Rules(currency, assembly, joining, skip, records, agreement, ofName, trailer));
    }

    private static FormatType.Plan plan(Section root) {
        root.requireKey("format");
        Section format = root.section("format");
        return format == null ? null : FormatReader.read(format);
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
        return new Facts.Names(
                fileVendor,
                identity == null ? fileVendor : identity.text(),
                problems.file(),
                ControlReader.plausible(root));
    }

    private static Set<String> placeholders(Section root) {
        return root.words("blank").stream()
                .map(word -> Blank.strip(word.text()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ValueReader values(Section root, Vocabulary vocabulary, Currency currency) {
        Zones zones = ValueReader.zones(root, vocabulary);
        Numbers plain = new Numbers('.', Numbers.NONE, currency.getCurrencyCode());
        Section own = root.section("numbers");
        Numbers numbers = own == null ? plain : ValueReader.numbers(own, plain);
        int decimals = ValueReader.moneyDecimals(own, currency);
        if (own != null) {
            own.refuseUnknown();
        }
        return new ValueReader(vocabulary, numbers, decimals, zones);
    }

    private static List<Rule> records(Section root, RuleReader rules) {
        root.requireKey("records");
        List<Section> sections = root.sections("records");
        if (root.has("records") && sections.isEmpty()) {
            root.problem("\"records\" has no rule.");
        }
        return sections.stream().map(rules::read).filter(Objects::nonNull).toList();
    }

    private static Set<Integer> recordType(FormatType.Plan plan, Vocabulary vocabulary) {
        return plan == null
                ? Set.of()
                : plan.telling().stream().map(vocabulary.columns()::slot).collect(Collectors.toUnmodifiableSet());
    }

    private static int[] fillDown(Section root, Vocabulary vocabulary) {
        return root.words("fill-down").stream()
                .mapToInt(vocabulary::column)
                .filter(slot -> slot >= 0)
                .toArray();
    }

    /** Receipts of documents are elements: they begin where these do, and no cell stands above another. */
    private static void refuseKeysOfTables(Section root, Section format) {
        String type =
                format == null || !format.has("type") ? "" : format.word("type").text();
        if (!List.of("xml", "json", "json-lines").contains(type)) {
            return;
        }
        if (!root.words("fill-down").isEmpty()) {
            root.words("fill-down")
                    .get(0)
                    .problem("\"fill-down\" repeats cells of tables, but format.type is " + type
                            + ". A value around a receipt is a path that begins with \"..\". Remove the key.");
        }
        if (root.hasSection("receipt") && root.section("receipt").has("starts")) {
            root.section("receipt")
                    .word("starts")
                    .problem("\"starts\" is for rows of tables, but format.type is " + type
                            + ", where each element of format.receipt is a receipt. Remove the key.");
        }
    }

    /** The only word there is; it may be written, so that a profile says what it relies on. */
    private static void requireWholeFiles(Section root) {
        Word release = root.word("release");
        if (release != null && !release.text().equals("file")) {
            release.problem(
                    "\"release\" is \"" + release.text() + "\", expected file: records leave once the whole file is"
                            + " read, so that a file that is cut off sends nothing. Remove the key.");
        }
    }

    private static List<Skip> skip(Section root, Vocabulary vocabulary) {
        List<Skip> skips = new ArrayList<>();
        for (Section section : root.sections("skip")) {
            Word when = section.requiredWord("when");
            boolean row = section.choice("leaves-out", List.of("receipt", "row"), "receipt")
                    .equals("row");
            section.refuseUnknown();
            if (when != null) {
                skips.add(new Skip(vocabulary.condition(when), row));
            }
        }
        return skips;
    }

    /** Of the profile with all that it looks up: where such a file changes, receipts may mean something else. */
    private static String sha256(byte[] bytes, Lookups lookups) {
        MessageDigest digest = digest(bytes);
        lookups.addTo(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes).digest());
    }

    private static MessageDigest digest(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return digest;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
