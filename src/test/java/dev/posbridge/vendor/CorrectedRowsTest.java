package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.FileRejectedException;
import dev.posbridge.vendor.format.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was put aside of any format becomes a table, and comes back from it as it was. */
class CorrectedRowsTest {
    @TempDir
    private Path folder;

    static Stream<Object[]> cases() throws IOException {
        return VendorCasesTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatNobodyCorrectedComesBackAsItWas(String vendor, String name) throws IOException {
        Profile profile = VendorCasesTest.profile(vendor);
        List<Path> inputs = VendorCasesTest.files(
                        VendorCasesTest.CASES.resolve(vendor).resolve(name))
                .filter(file -> !file.endsWith("expected.txt"))
                .toList();
        Path input = profile.set().isPresent()
                ? VendorCasesTest.packed(folder, profile.set().get(), inputs)
                : inputs.get(0);
        String file = profile.nameOf(input);
        try (Document document = profile.open(input)) {
            while (document.hasNext()) {
                String raw = document.next().raw();
                if (raw != null) {
                    comesBack(profile, file, document.header(), raw);
                }
            }
        } catch (FileRejectedException rejected) {
            return; // Of a file that is rejected no row is put aside.
        }
    }

    @ParameterizedTest
    @MethodSource("counterfoils")
    void whatAHeaderRecordSaidComesAlongWithRowsThatArePutAside(String vendor, String file) throws IOException {
        Profile profile = VendorCasesTest.profile(vendor);
        int again = 0;
        try (Document document = profile.open(
                VendorCasesTest.CASES.resolve(vendor).resolve("night").resolve(file))) {
            while (document.hasNext()) {
                Receipt receipt = document.next();
                try (Document aside = profile.reopen(
                        file,
                        document.header(),
                        receipt.raw(),
                        receipt.position().line())) {
                    assertThat(aside.translate(aside.next()).records())
                            .isEqualTo(document.translate(receipt).records());
                    again++;
                }
            }
        }
        assertThat(again).isGreaterThanOrEqualTo(3);
    }

    static Stream<Object[]> counterfoils() {
        return Stream.of(new Object[] {"counterfoil", "CF7_20260124.txt"}, new Object[] {"counterfoil-wide", "t.txt"});
    }

    private static void comesBack(Profile profile, String file, String header, String raw) {
        Table table = profile.table(file, header);
        StringBuilder untouched = new StringBuilder();
        StringBuilder filledUp = new StringBuilder();
        List<List<String>> rows = profile.split(table, file, header, raw);
        for (List<String> cells : rows) {
            untouched.append(table.text(cells)).append('\n');
            filledUp.append(table.text(filled(cells, table.names().size()))).append('\n');
        }
        assertThat(untouched.toString()).isEqualTo(raw);
        assertThat(profile.split(table, file, header, filledUp.toString()).stream()
                        .map(cells -> filled(cells, table.names().size())))
                .as("a spreadsheet fills rows up")
                .isEqualTo(rows.stream()
                        .map(cells -> filled(cells, table.names().size()))
                        .toList());
    }

    private static List<String> filled(List<String> cells, int width) {
        List<String> filled = new ArrayList<>(cells);
        filled.addAll(Collections.nCopies(Math.max(0, width - cells.size()), ""));
        return filled;
    }

    @Test
    void rowsOfRecordTypesStandUnderTheNamesOfTheirColumns() throws IOException {
        Profile typed = profile(
                """
                format: { type: csv, quote: none, delimiter: "|", record-type: 2,
                          types: { D: [No, Rec, Sku, Amt], P: [No, Rec, Paid], H: skip } }
                """);
        Table table = typed.table("x", null);
        assertThat(table.names()).containsExactly("No", "Rec", "Sku", "Amt", "Paid");
        assertThat(typed.split(table, "x", null, "1|D|TEA|2.5O\n1|P|2.50\n1|P|2.50|more\n"))
                .containsExactly(
                        List.of("1", "D", "TEA", "2.5O"),
                        List.of("1", "P", "", "", "2.50"),
                        List.of("1", "P", "", "", "2.50", "more"));
        assertThat(table.text(List.of("1", "D", "TEA", "2.50", ""))).isEqualTo("1|D|TEA|2.50");
        assertThat(table.text(List.of("1", "P", "", "", "2.50"))).isEqualTo("1|P|2.50");

        assertThatThrownBy(() -> table.text(List.of("1", "P", "TEA", "", "2.50")))
                .hasMessage(
                        "\"Sku\" is \"TEA\", but rows of record type \"P\" have no such column: No, Rec, Paid. Clear"
                                + " the cell, or move its value.");
        assertThatThrownBy(() -> table.text(List.of("1", "Q", "", "", "2.50")))
                .hasMessage("the row is of no record type, expected one of: D, P. Put its record type back.");
        assertThatThrownBy(() -> table.text(List.of("1", "D", "TEA|BUN", "2.50")))
                .hasMessage(
                        "\"TEA|BUN\" holds the delimiter or a line end, and files of this vendor have no quotes. Take"
                                + " it out.");
    }

    @Test
    void aLineSaysWhatItIsThoughNoFieldOfTheProfileDoes() throws IOException {
        Profile fixed = profile(
                """
                format: { type: fixed-width, record-type: 1,
                          types: { A: { Amt: 6-9, No: 2-5 }, B: { No: 2-5, Paid: { at: 6-9, pad: "0" } } } }
                """);
        Table table = fixed.table("x", null);
        assertThat(table.names()).containsExactly("record-type", "No", "Amt", "Paid");
        assertThat(fixed.split(table, "x", null, "B00010250\nA00011.00\n"))
                .containsExactly(List.of("B", "0001", "", "250"), List.of("A", "0001", "1.00"));
        assertThat(table.text(List.of("B", "0001", "", "250"))).isEqualTo("B00010250");
        assertThat(table.text(List.of("A", "0001", "1.00", ""))).isEqualTo("A00011.00");

        assertThatThrownBy(() -> table.text(List.of("B", "0001", "", "12500")))
                .hasMessage("\"12500\" has 5 characters, but \"Paid\" takes 4. Shorten it.");
    }

    private Profile profile(String format) throws IOException {
        Files.writeString(
                folder.resolve("v.yaml"),
                "vendor: v\n" + format
                        + "time-zone: UTC\ncurrency: GBP\nrecords:\n  - { kind: ignore, reason: training }\n");
        return Profiles.in(folder, Clock.systemUTC()).named("v");
    }
}
