package dev.posbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadsheetCellTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "=1+1, '=1+1",
                "+447700900123, '+447700900123",
                "-2+3, '-2+3",
                "@sum(a1), '@sum(a1)",
                "'tis, ''tis",
                "-12.50, -12.50",
                "-1, -1",
                "12:30, 12:30",
                "\"\", \"\""
            })
    void hidesFormulasAndGivesEveryValueBack(String value, String shown) {
        assertThat(SpreadsheetCell.shown(value)).isEqualTo(shown);
        assertThat(SpreadsheetCell.read(shown)).isEqualTo(value);
    }
}
