package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ProfileException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
    private static final String GOOD =
            """
            vendor: shop
            format: { type: csv, header: false, columns: [No, Date, Total] }
            time-zone: Europe/London
            currency: GBP
            records:
              - kind: sale
                key: "{No}"
                sold-at: { from: Date, patterns: [yyyy-MM-dd] }
                total-paid: Total
            """;

    @TempDir
    private Path folder;

    @Test
    void refusesAProfileThatIsNestedWithoutEndOrFoldedIntoItself() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), "vendor: " + "[".repeat(500_000));
        assertThatThrownBy(() -> Profiles.in(folder).all())
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("shop.yaml:1:1: nested too deeply to be a profile");

        StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
        for (int depth = 1; depth < 100; depth++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(depth, depth, depth - 1, depth - 1));
        }
        Files.writeString(folder.resolve("shop.yaml"), laughs);
        assertThatThrownBy(() -> Profiles.in(folder).all()).isInstanceOf(ProfileException.class);
    }

    @Test
    void refusesAProfileLargerThanAMegabyte() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), GOOD + "description: \"" + "x ".repeat(1 << 19) + "\"\n");

        assertThatThrownBy(() -> Profiles.in(folder).all())
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("shop.yaml");
    }

    @Test
    void refusesAConditionWithoutEnd() throws IOException {
        Files.writeString(
                folder.resolve("shop.yaml"),
                GOOD.replace(
                        "    key:",
                        "    when: \"size(row.No) < 1" + " || size(row.No) < 1".repeat(300) + "\"\n    key:"));

        assertThatThrownBy(() -> Profiles.in(folder).all())
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(
                        "the condition has 6016 characters, expected at most 4000. Divide it among several"
                                + " rules.");
    }

    @Test
    void readsTheBuiltInProfiles() {
        Profiles profiles = Profiles.in(Path.of("config/vendors"));
        assertThat(profiles.names()).contains("acme", "arts-poslog", "generic-csv", "uci-online-retail");
        assertThat(profiles.all()).extracting(Profile::vendor).isEqualTo(profiles.names());
        assertThat(profiles.named("uci-online-retail").matchesByProduct()).isTrue();
        assertThat(profiles.named("uci-online-retail").parksUnmatched()).isFalse();
        assertThat(profiles.named("acme").matchesByProduct()).isFalse();
    }

    @Test
    void fillsInWhatIsNotSaid() {
        Profile shop = shop(GOOD);
        assertThat(shop.identity()).isEqualTo("shop");
        assertThat(shop.description()).isEmpty();
        assertThat(shop.currency()).isEqualTo(Currency.getInstance("GBP"));
        assertThat(shop.rejectAbove()).isEqualTo(new RejectAbove(new BigDecimal("0.02"), 5));
        assertThat(shop.hash())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(shop(GOOD + "\n").hash());
    }

    @Test
    void knowsHowManyBadReceiptsAreTooMany() {
        RejectAbove limit = new RejectAbove(new BigDecimal("0.02"), 5);
        assertThat(limit.exceededBy(4, 4)).isFalse();
        assertThat(limit.exceededBy(5, 250)).isFalse();
        assertThat(limit.exceededBy(5, 249)).isTrue();
        assertThat(limit.exceededBy(0, 0)).isFalse();
    }

    @Test
    void namesTheVendorsThereAreWhereOneIsUnknown() {
        assertThatThrownBy(() -> Profiles.in(Path.of("config/vendors")).named("acne"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("vendor \"acne\": no such profile in config/vendors. Did you mean \"acme\"?"
                        + " Known here: acme, ")
                .hasMessageEndingWith(", uci-online-retail.");
        assertThatThrownBy(() -> Profiles.in(Path.of("config/vendors")).named("../acme"))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void readsOnlyTheProfileThatIsAskedFor() throws IOException {
        Files.writeString(folder.resolve("broken.yaml"), "vendor: [");
        assertThat(shop(GOOD).vendor()).isEqualTo("shop");
        assertThatThrownBy(() -> Profiles.in(folder).all()).isInstanceOf(ProfileException.class);
    }

    @Test
    void findsUnverifiedProfilesInAFolderOfTheirOwnAndMeansTheirPathsFromTheFolderAbove() throws IOException {
        Files.createDirectory(folder.resolve("unverified"));
        Files.writeString(folder.resolve("bank.asc"), "a key");
        Files.writeString(
                folder.resolve("unverified/corner.yaml"),
                GOOD.replace("vendor: shop", "vendor: corner") + "unwrap: { steps: [pgp], pgp-key-file: bank.asc }\n");
        Profile shop = shop(GOOD);
        Profiles profiles = Profiles.in(folder);

        assertThat(profiles.names()).containsExactly("corner", "shop");
        assertThat(profiles.unverified("corner")).isTrue();
        assertThat(profiles.unverified("shop")).isFalse();
        assertThat(profiles.named("corner").vendor()).isEqualTo("corner");
        assertThat(shop.vendor()).isEqualTo("shop");
    }

    @Test
    void refusesOneNameForTwoProfilesAndOnlyThatName() throws IOException {
        Files.createDirectory(folder.resolve("unverified"));
        Path below = folder.resolve("unverified/shop.yaml");
        Files.writeString(below, GOOD);
        Files.writeString(folder.resolve("corner.yaml"), GOOD.replace("vendor: shop", "vendor: corner"));

        assertThatThrownBy(() -> shop(GOOD))
                .isInstanceOf(ProfileException.class)
                .hasMessage(below + ":1:1: there is another profile of this name, " + folder.resolve("shop.yaml")
                        + ", expected one. Remove this one if the other is what you verified, or rename one of them.");
        assertThat(Profiles.in(folder).names()).containsExactly("corner", "shop");
        assertThat(Profiles.in(folder).named("corner").vendor()).isEqualTo("corner");
    }

    @Test
    void reportsEveryProblemOfAProfileAtOnce() {
        assertProblems(
                """
                vendor: store
                format: { type: cvs, colums: [No], delimiter: "ab", encoding: latin-99, max-row: 1GB }
                time-zone: Europe/Londom
                currency: GBX
                file-name: "EOD_(\\\\d+"
                records:
                  - kind: sale
                    when: "row.Type = 'S'"
                    key: fixed
                    sold-at: { from: Date, patterns: ["dd.MM.yyyy", "bb"] }
                    total-paid: { from: Total, decimal: comma }
                    customer: { id: "{mobile}" }
                  - kind: refund
                    key: "{No"
                    sold-at: { from: Date, patterns: dd.MM.yyyy }
                """,
                "1:9: \"vendor\" is \"store\", but the file is called shop.yaml. Make them the same.",
                "2:17: \"type\" is \"cvs\", expected one of: csv, fixed-width, dbf,"
                        + " xlsx, xml, json, json-lines. Did you mean \"csv\"?",
                "2:22: unknown key \"colums\". Did you mean \"columns\"? Known here: aliases, columns, delimiter,"
                        + " encoding, final-newline, footer, header, max-columns, max-row, optional, preamble,"
                        + " quote, record-type, trim, type.",
                "2:47: \"delimiter\" is \"ab\", expected one character or a few, or tab.",
                "2:63: unknown encoding \"latin-99\", expected one such as utf-8, windows-1252, iso-8859-1,"
                        + " windows-1256.",
                "2:82: \"max-row\" is \"1GB\", expected a size up to 16MiB, such as 64KiB.",
                "3:12: unknown time zone \"Europe/Londom\". Did you mean \"Europe/London\"? Expected a name such as"
                        + " Europe/London.",
                "4:11: unknown currency \"GBX\", expected three capital letters such as GBP or SAR.",
                "5:21: not a regular expression: Unclosed group.",
                "8:21: condition: found \"=\", which is none of its signs. Did you mean \"==\"?",
                "9:10: \"key\" is \"fixed\" for every row. Put columns in braces: \"{fixed}\".",
                "10:53: date pattern \"bb\" is not valid: Unknown pattern letter: b.",
                "11:41: \"decimal\" is \"comma\", expected one character such as \",\".",
                "12:21: \"id\" uses {mobile}, but \"mobile\" is missing.",
                "13:5: \"amount\" is missing.",
                "13:5: a refund needs either \"original\" (the template of its sale's key) or \"match\".",
                "14:11: template \"{No\": { is never closed.");
    }

    @Test
    void namesTheColumnsThereAreWhereTheProfileListsThem() {
        assertProblems(
                GOOD.replace("Total\n", "Totl\n").replace("{No}", "S-{Nr}"),
                "7:14: unknown column \"Nr\". Did you mean \"No\"? Known here: No, Date, Total.",
                "9:17: unknown column \"Totl\". Did you mean \"Total\"? Known here: No, Date, Total.");
    }

    @Test
    void refusesAConditionOverAColumnThatIsNotThere() {
        assertProblems(
                GOOD.replace("    key", "    when: \"row.Kind == 'S'\"\n    key"),
                "7:16: unknown column \"Kind\". Known here: No, Date, Total.");
    }

    @Test
    void refusesKeysThatStandTwice() {
        assertProblems(GOOD + "currency: EUR\n", "10:1: key \"currency\" stands here twice. Remove one.");
    }

    @Test
    void refusesWrongTypes() {
        assertProblems(
                GOOD.replace("currency: GBP", "currency: [GBP]").replace("total-paid: Total", "total-paid:"),
                "4:11: \"currency\" must be a single value.",
                "9:16: \"total-paid\" has no value. Give one, or remove the key.");
    }

    @Test
    void listsWhatIsMissing() {
        assertProblems(
                "vendor: shop\n",
                "1:1: \"currency\" is missing.",
                "1:1: \"format\" is missing.",
                "1:1: \"records\" is missing.",
                "1:1: \"time-zone\" is missing.");
    }

    @Test
    void saysWhereAFileIsNotYaml() {
        assertThatThrownBy(() -> shop("vendor: shop\nformat: { type: csv\ncurrency: GBP\n"))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith(folder.resolve("shop.yaml") + ":3:")
                .hasMessageContaining(": not YAML: ");
        assertProblems("- vendor\n", "1:1: expected a mapping of keys and values, such as \"vendor: acme\".");
    }

    @Test
    void isNotTakenInByANestOfAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 40; level++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
        }
        assertThatThrownBy(() -> shop(bomb + "drop: *a39\n" + GOOD))
                .isInstanceOf(ProfileException.class)
                .hasMessage(folder.resolve("shop.yaml")
                        + ":1:1: not YAML: Number of aliases for non-scalar nodes exceeds the" + " specified max=50.");
    }

    @Test
    void releasesWholeFilesOnly() {
        assertProblems(
                GOOD + "release: chunk\ntrailer: { when: \"row.No == 'T'\" }\n",
                "10:10: \"release\" is \"chunk\", expected file: records leave once the whole file is read, so that a file"
                        + " that is cut off sends nothing. Remove the key.",
                "11:10: a trailer needs \"count\", \"total\" or both.");
    }

    @Test
    void keepsColumnsOutOfTheOrderId() {
        assertProblems(
                GOOD + "order-id: \"{key}-{Date}\"\n",
                "10:19: \"order-id\" may use {identity} and {key} only: a refund knows no more of its sale.");
    }

    private Profile shop(String yaml) {
        try {
            Files.writeString(folder.resolve("shop.yaml"), yaml);
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
        return Profiles.in(folder).named("shop");
    }

    private void assertProblems(String yaml, String... problems) {
        String file = folder.resolve("shop.yaml").toString();
        assertThatThrownBy(() -> shop(yaml))
                .isInstanceOf(ProfileException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage().split(System.lineSeparator()))
                        .containsExactlyInAnyOrder(Arrays.stream(problems)
                                .map(problem -> file + ":" + problem)
                                .toArray(String[]::new)));
    }
}
