package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.posbridge.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema by which editors complete and check profiles says what the readers do. */
class ProfileSchemaTest {
    private static final Path BUILT_IN = Path.of("config/vendors");
    private static final Path SCHEMA = BUILT_IN.resolve("profile.schema.json");
    private static final String LINK = "# yaml-language-server: $schema=%sprofile.schema.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A key that nobody knows: where a profile has it, the refusal lists the keys that are known there. */
    private static final String STRANGER = "zzzzzzzzzzzz";

    private static final Pattern KNOWN = Pattern.compile("unknown key \"" + STRANGER + "\".* Known here: (.*)\\.$");

    private static final String GOOD =
            """
            vendor: shop
            format: { type: csv, header: false, columns: [No, Date, Total] }
            time-zone: Europe/London
            currency: GBP
            records: [{ kind: sale, key: "{No}", sold-at: { from: Date, patterns: [yyyy-MM-dd] }, total-paid: Total }]
            """;
    private static final String SALE =
            "key: '{No}', sold-at: { from: Date, patterns: [yyyy-MM-dd] }, total-paid: Total";
    private static final String REFUND = "kind: refund, key: '{No}', sold-at: { from: Date, patterns: [yyyy-MM-dd] }";

    @TempDir
    private Path folder;

    /**
     * @param place of the section in the schema
     * @param profiles top-level lines of profiles that have the stranger there, each of which lets readers ask for keys
     */
    record Place(String place, List<String> profiles) {
        @Override
        public String toString() {
            return place;
        }
    }

    private static Place at(String place, String... profiles) {
        return new Place(
                place,
                Stream.of(profiles)
                        .map(text -> text.replace("ZZ", STRANGER + ": 1"))
                        .toList());
    }

    private static Place ofFiles(String place, String rest) {
        return at(place, "files: { on: [No, Date, Total], parts: { " + rest + " }");
    }

    private static Place ofRule(String place, String... rules) {
        return at(
                place,
                Stream.of(rules).map(rule -> "records: [{ " + rule + " }]").toArray(String[]::new));
    }

    private static Place ofSale(String place, String... keys) {
        return ofRule(
                place,
                Stream.of(keys).map(key -> "kind: sale, " + SALE + ", " + key).toArray(String[]::new));
    }

    static List<Place> places() {
        return List.of(
                at("", "ZZ"),
                at(
                        "/$defs/csv",
                        "format: { type: csv, ZZ }",
                        "format: { type: csv, record-type: 1, types: { H: [No, Date, Total] }, ZZ }"),
                at(
                        "/$defs/fixed-width",
                        "format: { type: fixed-width, columns: { No: 1-2 }, ZZ }",
                        "format: { type: fixed-width, record-type: 1, types: { H: { No: 1-2 } }, ZZ }"),
                at("/$defs/fixed-field", "format: { type: fixed-width, columns: { No: { at: 1-2, ZZ } } }"),
                at("/$defs/dbf", "format: { type: dbf, encoding: utf-8, ZZ }"),
                at("/$defs/xlsx", "format: { type: xlsx, ZZ }"),
                at(
                        "/$defs/tree",
                        "format: { type: xml, columns: { No: no }, ZZ }",
                        "format: { type: json, columns: { No: no }, ZZ }"),
                at("/$defs/json-lines", "format: { type: json-lines, columns: { No: no }, ZZ }"),
                at("/$defs/tree-row", "format: { type: xml, rows: { Item: { at: Item, ZZ } } }"),
                ofFiles("/properties/files", "a: { file: a, leads: true }, b: { file: b } }, ZZ"),
                ofFiles("/$defs/part", "a: { file: a, leads: true, ZZ }, b: { file: b } }"),
                ofFiles(
                        "/$defs/part/properties/takes-away",
                        "a: { file: a, leads: true }, b: { file: b, takes-away: { from: a, by: No, ZZ } } }"),
                at("/properties/file-name/anyOf/1", "file-name: { matches: a, ZZ }"),
                at(
                        "/$defs/unwrap",
                        "unwrap: { steps: [pgp, command], pgp-key-file: none, command: [a], command-ending: .a, ZZ }"),
                at("/$defs/receipt", "receipt: { key: No, ZZ }"),
                at(
                        "/$defs/receipt/properties/sequence",
                        "receipt: { key: No, sequence: { number: No, register: No, ZZ } }"),
                at("/properties/currency/anyOf/1", "currency: { code: GBP, from: No, ZZ }"),
                at("/properties/numbers", "numbers: { ZZ }"),
                at("/properties/plausible", "plausible: { ZZ }"),
                at(
                        "/$defs/value",
                        "values: { a: { from: No, width: 8, ZZ } }",
                        "values: { a: { text: '{No}', ZZ } }",
                        "values: { a: { from: Date, patterns: [yyyy-MM-dd], as: yyyyMMdd, ZZ } }",
                        "values: { a: { from: No, lookup: b, column: No, ZZ } }"),
                at(
                        "/$defs/lookup",
                        "lookups: { a: { file: a.csv, key: No, ZZ } }",
                        "lookups: { a: { file: a.dbf, key: No, type: dbf, encoding: utf-8, ZZ } }",
                        "lookups: { a: { file: a.xlsx, key: No, type: xlsx, ZZ } }",
                        "lookups: { a: { file: a.txt, key: No, type: fixed-width, columns: { No: 1-2 }, ZZ } }",
                        "lookups: { a: { file: a.xml, key: No, type: xml, columns: { No: no }, ZZ } }",
                        "lookups: { a: { file: a.csv, key: No, record-type: 1, types: { H: [No] }, ZZ } }"),
                at(
                        "/$defs/lookup/properties/expected",
                        "lookups: { a: { file: a.csv, key: No, expected: { by: At, ZZ } } }"),
                at("/properties/merchant", "merchant: { ZZ }"),
                at("/properties/branch", "branch: { ZZ }"),
                at("/$defs/skip", "skip: [{ when: \"row.No == '1'\", ZZ }]"),
                at("/properties/reject-above", "reject-above: { ZZ }"),
                at("/properties/again", "again: { ZZ }"),
                at("/properties/refunds", "refunds: { ZZ }"),
                at("/$defs/trailer", "trailer: { when: \"row.No == 'T'\", count: No, ZZ }"),
                ofSale("/$defs/sale", "ZZ"),
                ofSale("/$defs/sale/properties/redemption", "redemption: { ZZ }"),
                ofRule(
                        "/$defs/refund",
                        REFUND + ", original: '{No}', amount: Total, ZZ",
                        REFUND + ", original: '{No}', amount-so-far: Total, ZZ"),
                ofRule("/$defs/refund/properties/match", REFUND + ", match: { ZZ }, amount: Total"),
                ofRule("/$defs/exchange/properties/match", "kind: exchange, as: net, match: { ZZ }, " + SALE),
                ofRule(
                        "/$defs/exchange",
                        "kind: exchange, as: net, original: '{No}', lines: { price: Total }, ZZ, " + SALE),
                ofRule(
                        "/$defs/exchange/properties/redemption",
                        "kind: exchange, as: net, original: '{No}', lines: { price: Total }, redemption: { ZZ }, "
                                + SALE),
                ofRule("/$defs/customer-record", "kind: customer, customer: { id: '{No}' }, ZZ"),
                ofRule(
                        "/$defs/event",
                        "kind: event, key: '{No}', customer: { id: '{No}' }, name: a, ZZ,"
                                + " at: { from: Date, patterns: [yyyy-MM-dd] }"),
                ofRule("/$defs/ignore", "kind: ignore, reason: training, ZZ"),
                ofSale("/$defs/customer", "customer: { id: '{No}', ZZ }"),
                ofSale("/$defs/phone", "customer: { id: '{No}', mobile: { from: No, ZZ } }"),
                ofSale("/$defs/time", "business-date: { from: Date, patterns: [yyyy-MM-dd], ZZ }"),
                at("/$defs/night/anyOf/1", "day-ends: { from: No, ZZ }"),
                at("/$defs/zone/anyOf/1", "time-zone: { from: No, ZZ }"),
                ofSale("/$defs/lines", "lines: { price: Total, ZZ }"),
                ofSale("/$defs/amount-of", "lines: { price: { from: Total, ZZ } }"),
                ofSale(
                        "/$defs/sign-column",
                        "lines: { price: { from: Total, sign: { from: No, negative: ['-'], ZZ } } }"),
                ofSale(
                        "/$defs/sum-of",
                        "total-tax: { from: Total, ZZ }",
                        "total-tax: { sum: Total, ZZ }",
                        "total-tax: { add: Total, ZZ }"),
                ofSale(
                        "/$defs/term",
                        "total-tax: { add: { from: Total, ZZ } }",
                        "total-tax: { add: { sum: Total, ZZ } }"),
                ofSale("/$defs/balance", "balance: { add: Total, tolerance: 0, ZZ }"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void theSchemaKnowsTheKeysThatTheReadersAskFor(Place place) throws IOException {
        Set<String> asked = new TreeSet<>();
        for (String profile : place.profiles()) {
            asked.addAll(known(with(profile)));
        }
        Set<String> written = new TreeSet<>();
        tree().at(place.place()).at("/properties").fieldNames().forEachRemaining(written::add);

        Set<String> missing = new TreeSet<>(asked);
        missing.removeAll(written);
        assertThat(missing)
                .as("keys that the reader takes, but %s at %s does not have: add each with a sentence", SCHEMA, place)
                .isEmpty();
        Set<String> gone = new TreeSet<>(written);
        gone.removeAll(asked);
        assertThat(gone)
                .as(
                        "keys in %s at %s that no reader asks for: remove them, or add a profile to places()",
                        SCHEMA, place)
                .isEmpty();
    }

    @Test
    void everySectionOfTheSchemaIsComparedWithItsReaderAndRefusesOtherKeys() throws IOException {
        Map<String, JsonNode> sections = new LinkedHashMap<>();
        collect("", tree(), sections);
        sections.keySet().removeAll(Set.of("/$defs/format", "/$defs/record"));
        assertThat(sections.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        places().stream().map(Place::place).toList());
        assertThat(sections).allSatisfy((place, section) -> {
            assertThat(section.path("additionalProperties").isBoolean()).isTrue();
            assertThat(section.path("additionalProperties").asBoolean()).isFalse();
        });
    }

    @Test
    void everyKeyIsDescribed() throws IOException {
        Map<String, JsonNode> sections = new LinkedHashMap<>();
        collect("", tree(), sections);
        sections.forEach(
                (place, section) -> section.at("/properties").properties().forEach(key -> assertThat(
                                key.getValue().path("description").asText())
                        .as(place + " " + key.getKey())
                        .endsWith(".")));
    }

    static List<Path> profiles() throws IOException {
        List<Path> profiles = new ArrayList<>(builtIn());
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/vendors"))) {
            files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(profiles::add);
        }
        return profiles;
    }

    private static List<Path> builtIn() throws IOException {
        try (Stream<Path> files = Files.walk(BUILT_IN)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void goodProfilesFollowTheSchema(Path profile) throws IOException {
        assertThat(problems(Files.readString(profile))).isEmpty();
    }

    /** Examples are parts of profiles, so what they leave out is no fault; what they say must be known. */
    @Test
    void examplesInTheDocumentSayOnlyWhatTheSchemaKnows() throws IOException {
        Matcher example =
                Pattern.compile("(?ms)^```yaml\n(.*?)^```$").matcher(Files.readString(Path.of("docs/profiles.md")));
        int examples = 0;
        for (; example.find(); examples++) {
            assertThat(problems(example.group(1)))
                    .as(example.group(1))
                    .filteredOn(problem -> problem.getType().equals("additionalProperties"))
                    .isEmpty();
        }
        assertThat(examples).isGreaterThan(3);
    }

    @Test
    void builtInProfilesNameTheSchemaThatLiesBesideThem() throws IOException {
        for (Path profile : builtIn()) {
            Path beside = profile.getParent().relativize(BUILT_IN);
            String up = beside.toString().isEmpty() ? "" : beside + "/";
            assertThat(Files.readAllLines(profile).get(0))
                    .as(profile.toString())
                    .isEqualTo(LINK.formatted(up));
        }
        assertThat(Profiles.in(BUILT_IN).names()).doesNotContain("profile.schema", "profile.schema.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colums: 1",
                "vendor: Shop",
                "currency: pounds",
                "channel: fax",
                "release: row",
                "day-ends: 4",
                "records: []",
                "records: [{ kind: sail }]",
                "records: [{ kind: sale }]",
                "records: [{ kind: ignore, reason: because }]",
                "records: [{ kind: customer }]",
                "format: { type: pdf }",
                "format: { type: dbf }",
                "format: { type: csv, sheet: Sales }",
                "format: { type: csv, header: maybe }",
                "format: { type: fixed-width, columns: { No: one } }",
                "format: { type: xml, columns: { No: no }, final-newline: required }",
                "receipt: { rows: scattered }",
                "files: { on: No }",
                "files: { on: No, parts: { a: { file: a, leads: true } } }",
                "files: { on: No, parts: { a: { file: a, leads: yes }, b: { file: b } } }",
                "files: { on: No, late-after: soon, parts: { a: { file: a, leads: true }, b: { file: b } } }",
                "files: { on: No, parts: { a: { file: a, leads: true, missing: allowed }, b: { file: b, missing: never } } }",
                "files: { on: No, parts: { a: { file: a, leads: true }, b: { file: b, through: {} } } }",
                "receipt: { key: No, rows: together }",
                "receipt: { key: No, max-rows: 0 }",
                "numbers: { decimal: dot }",
                "plausible: { days: many }",
                "values: { card: { width: 8 } }",
                "skip: [{ leaves-out: row }]",
                "reject-above: { share: few }",
                "refunds: { void-of-nothing: die }",
                "trailer: { count: No }"
            })
    void wrongProfilesDoNotFollowTheSchemaAndAreNotRead(String line) throws IOException {
        String profile = with(line);
        assertThat(problems(profile)).as(profile).isNotEmpty();
        assertThat(refusal(profile)).as(profile).isNotEmpty();
    }

    @Test
    void aProfileOfAFewLinesFollowsTheSchemaAndIsRead() throws IOException {
        assertThat(problems(GOOD)).isEmpty();
        Files.writeString(folder.resolve("shop.yaml"), GOOD);
        assertThat(Profiles.in(folder).named("shop").vendor()).isEqualTo("shop");
    }

    /** The good profile with one top-level line in place of its own, or besides. */
    private static String with(String line) {
        String key = line.substring(0, line.indexOf(':') + 1);
        String others = GOOD.lines().filter(own -> !own.startsWith(key)).reduce("", (above, own) -> above + own + "\n");
        return others + line + "\n";
    }

    private List<String> known(String profile) throws IOException {
        List<String> lines = refusal(profile);
        return lines.stream()
                .map(KNOWN::matcher)
                .filter(Matcher::find)
                .map(found -> List.of(found.group(1).split(", ")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no list of known keys in " + lines + " of\n" + profile));
    }

    private List<String> refusal(String profile) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), profile);
        ProfileException refused = catchThrowableOfType(
                ProfileException.class, () -> Profiles.in(folder).named("shop"));
        return refused == null ? List.of() : refused.getMessage().lines().toList();
    }

    private static Set<ValidationMessage> problems(String profile) throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(tree());
        Object read = new Load(LoadSettings.builder().build()).loadFromString(profile);
        return schema.validate(JSON.valueToTree(read));
    }

    private static JsonNode tree() throws IOException {
        return JSON.readTree(Files.readString(SCHEMA));
    }

    /** Everything that has properties, by its place. */
    private static void collect(String place, JsonNode node, Map<String, JsonNode> sections) {
        if (node.has("properties") && !place.contains("/if")) {
            sections.put(place, node);
        }
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(place + "/" + entry.getKey(), entry.getValue(), sections));
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            collect(place + "/" + index, node.get(index), sections);
        }
    }
}
