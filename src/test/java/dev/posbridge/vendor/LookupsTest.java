package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ProfileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupsTest {
    private static final String GOOD =
            """
            vendor: shop
            format: { type: csv }
            time-zone: Europe/London
            currency: GBP
            lookups: { cards: { file: cards.csv, key: Card } }
            values: { customer: { from: Card, lookup: cards, column: Id } }
            records:
              - kind: sale
                key: "{No}"
                customer: { id: "{customer}" }
                sold-at: { from: Date, patterns: [yyyy-MM-dd] }
                total-paid: Total
            """;

    @TempDir
    private Path folder;

    @Test
    void aChangedFileIsAChangedProfile() throws IOException {
        String before = shop(GOOD, "Card,Id\n17,C-1\n").hash();
        assertThat(shop(GOOD, "Card,Id\n17,C-1\n").hash()).isEqualTo(before);
        assertThat(shop(GOOD, "Card,Id\n17,C-2\n").hash()).isNotEqualTo(before);
    }

    @Test
    void readsFilesOfEveryFormatAndRefusesColumnsThatTheyDoNotHave() throws IOException {
        String type = "cards.csv, key: Card, type: ";
        String fixed = GOOD.replace("cards.csv, key: Card", type + "fixed-width, columns: { Card: 1-4, Id: 5-9 }");
        assertThat(shop(fixed, "17  C-1\n18  C-2\n").hash()).isNotEmpty();
        String lines = GOOD.replace("cards.csv, key: Card", type + "json-lines, columns: { Card: no, Id: who/id }");
        assertThat(shop(lines, "{\"no\":\"17\",\"who\":{\"id\":\"C-1\"}}\n").hash())
                .isNotEmpty();
        assertThatThrownBy(() -> shop(lines, "{\"no\":\"17\",\"who\":[{\"id\":\"C-1\"},{\"id\":\"C-2\"}]}\n"))
                .hasMessageContaining("look-up file cards.csv:1:1: ");
        String xml =
                GOOD.replace("cards.csv, key: Card", type + "xml, receipt: Card, columns: { Card: '@no', Ids: Id }");
        assertThatThrownBy(() -> shop(xml, "<A><Card no='17'><Id>C-1</Id></Card></A>"))
                .hasMessageContaining("look-up \"cards\" has no column \"Id\". Did you mean \"Ids\"?");
        assertThat(shop(xml.replace("Ids: Id", "Id: Id"), "<A><Card no='17'><Id>C-1</Id></Card></A>")
                        .hash())
                .isNotEmpty();
    }

    @Test
    void refusesAFileThatSaysTwoThingsOfOneKey() {
        refuses(
                "Card,Id\n17,C-1\n18,C-2\n'17,C-3\n",
                "5:27: look-up file cards.csv:4: Card is \"17\" as in line 2, expected each once. Remove one of the"
                        + " rows.");
    }

    @Test
    void refusesKeysThatAreNone() {
        refuses(
                "Card,Id\n2.9E+12,C-1\n",
                "5:27: look-up file cards.csv:2: Card is \"2.9E+12\", which is a number that a spreadsheet rounded, so"
                        + " that many ids became one. Have the file written with such columns as text.");
        refuses(
                "Card,Id\n17,C-1\n,C-2\n",
                "5:27: look-up file cards.csv:3: Card is blank, expected what is looked up. Fill it in, or remove the"
                        + " row.");
        refuses("Card,Id\n17\n", "5:27: look-up file cards.csv:2: the row has 1 fields, expected 2. Correct it.");
    }

    @Test
    void refusesAFileOfOtherColumnsOrAnotherDelimiter() {
        refuses(
                "Card,Ids\n17,C-1\n",
                "6:58: look-up file cards.csv:1: the header has no column \"Id\". Is it \"Ids\"? Found: Card, Ids;"
                        + " expected: Card, Id. Correct the header, or the columns that the profile names.");
        refuses(
                "Card;Id\n17;C-1\n",
                "6:58: look-up file cards.csv:1: the header's delimiter is \";\", expected \",\". Set"
                        + " lookups.cards.delimiter: \";\" in the profile.");
    }

    @Test
    void refusesAFileThatIsNotThereOrTooLarge() {
        refuses(
                null,
                "5:27: look-up file \"" + folder.toAbsolutePath().resolve("cards.csv")
                        + "\" cannot be read, expected a file that is there.");
        refuses(
                "Card,Id\n" + "17,C-1\n".repeat(3 << 20),
                "5:27: look-up file \"cards.csv\" is larger than 16 MiB, which is the most that is held in memory. Leave"
                        + " out rows or columns that are not needed.");
    }

    @Test
    void namesTheNearestLookUpAndKey() {
        refusesProfile(
                GOOD.replace("lookup: cards", "lookup: card"),
                "6:43: unknown look-up \"card\". Did you mean \"cards\"? Known here: cards.");
        refusesProfile(
                GOOD.replace("key: Card }", "key: Card, missing: drop }"),
                "5:58: \"missing\" is \"drop\", expected one of: dead, blank, keep.");
        refusesProfile(
                GOOD.replace("column: Id", "colum: Id"),
                "6:21: \"column\" is missing.",
                "6:50: unknown key \"colum\". Did you mean \"column\"? Known here: column, from, lookup.");
    }

    @Test
    void refusesAStoresFileThatDoesNotSayByWhen() {
        String profile = GOOD.replace("key: Card }", "key: Card, expected: { by: Ready, zone: Zone } }")
                .replace("column: Id", "column: Ready");
        refusesBoth(
                profile,
                "Card,Ready,Zone\n7,03:00,\n8,,Europe/London\n9,never,\n10,3 am,\n",
                "5:27: look-up file cards.csv:5: \"3 am\", expected a time such as 03:00, blank or never, and a time zone such"
                        + " as Europe/London or blank. Correct it.");
        refusesBoth(
                profile,
                "Card,Ready,Zone\n7,03:00,Europe/Lodnon\n",
                "5:27: look-up file cards.csv:2: \"03:00\" with \"Europe/Lodnon\", expected a time such as 03:00, blank or"
                        + " never, and a time zone such as Europe/London or blank. Correct it.");
        refusesProfile(
                GOOD.replace("key: Card }", "key: Card, expected: { at: Ready } }"),
                "5:59: \"by\" is missing.",
                "5:61: unknown key \"at\". Known here: by, zone.");
    }

    private void refuses(String cards, String problem) {
        refusesBoth(GOOD, cards, problem);
    }

    private void refusesProfile(String profile, String... problems) {
        refusesBoth(profile, "Card,Id\n17,C-1\n", problems);
    }

    private void refusesBoth(String profile, String cards, String... problems) {
        String file = folder.resolve("shop.yaml") + ":";
        assertThatThrownBy(() -> shop(profile, cards))
                .isInstanceOf(ProfileException.class)
                .hasMessage(Stream.of(problems).map(file::concat).collect(Collectors.joining("\n")));
    }

    private Profile shop(String profile, String cards) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), profile);
        Files.deleteIfExists(folder.resolve("cards.csv"));
        if (cards != null) {
            Files.write(folder.resolve("cards.csv"), cards.getBytes(StandardCharsets.UTF_8));
        }
        return Profiles.in(folder).named("shop");
    }
}
