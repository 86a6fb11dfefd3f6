package dev.posbridge.vendor.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    12.50        | 12.50
                    0            | 0
                    .50          | 0.50
                    007          | 7
                    -7.00        | -7.00
                    7.00-        | -7.00
                    +7           | 7
                    (33.62)      | -33.62
                    $7.00        | 7.00
                    -$7.00       | -7.00
                    ($33.62)     | -33.62
                    £ 7.00       | 7.00
                    7.00 €       | 7.00
                    USD 7.00     | 7.00
                    7.00USD      | 7.00
                    1.99000000   | 1.99000000
                    123456789012345678 | 123456789012345678
                    """)
    void readsPointNumbers(String text, String value) {
        assertValue(new Numbers('.', Numbers.NONE, "USD"), text, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1.234,50     | 1234.50
                    1.234.567,89 | 1234567.89
                    12.34.567,00 | 1234567.00
                    12,50        | 12.50
                    12.50        |
                    1.2345,00    |
                    1,234.50     |
                    1.234        | 1234
                    """)
    void readsCommaNumbersWithPointsBetweenGroups(String text, String value) {
        assertValue(new Numbers(',', '.', "EUR"), text, value);
    }

    @ParameterizedTest
    @CsvSource({
        "'1 234,50', 1234.50",
        "'1\u00A0234,50', 1234.50",
        "'1\u202F234,50', 1234.50",
        "'1 23,50',",
    })
    void readsGroupsPartedByAnyBlank(String text, String value) {
        assertValue(new Numbers(',', ' ', "EUR"), text, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e5",
                "0x1F",
                "12,50",
                "12.",
                "1.2.3",
                "--5",
                "-5-",
                "NaN",
                "5O",
                "1234567890123456789",
                "-",
                "$",
                "()",
                "١٢x",
                "12.50 EUR",
                "12.50CR",
                "1 234.00",
                "1'23.00",
                "(-5)",
                "-(5)",
                "12,-",
                "5 %",
                "12 50"
            })
    void refusesWhatOnlyLooksLikeANumber(String text) {
        assertThat(new Numbers('.', Numbers.NONE, "USD").parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    \u221212.50      | -12.50
                    12.50\u2212      | -12.50
                    \u201312.50      | -12.50
                    - 12.50          | -12.50
                    1\u2019234.50    | 1234.50
                    1\u2019234\u2019567 | 1234567
                    1\u00A0234.50    | 1234.50
                    1\u00A0234\u2019567 |
                    12\u00A050       |
                    \u0661\u0662\u066B\u0665\u0660 | 12.50
                    \u0661\u066C\u0662\u0663\u0664\u066B\u0665 | 1234.5
                    \u06F1\u06F2.\u06F5 | 12.5
                    \uFF11\uFF12\uFF0E\uFF15 | 12.5
                    \u200F12.50\u200E | 12.50
                    12.50\u3000SAR   | 12.50
                    SR 12.50         | 12.50
                    12.50 \u0631.\u0633 | 12.50
                    \u0631.\u0633.\u200F 12.50 | 12.50
                    12.50 kr         |
                    ="12.50"         | 12.50
                    """)
    void readsWhatOtherScriptsAndSpreadsheetsWrite(String text, String value) {
        assertValue(new Numbers('.', Numbers.NONE, "SAR"), text, value);
    }

    @ParameterizedTest
    @CsvSource({
        "'12,50 kr', 12.50",
        "'kr. 12,50', 12.50",
        "'12,50 SEK', 12.50",
        "'kr -12,50', -12.50",
        "'12,50-kr', -12.50"
    })
    void takesOffWhatACurrencyIsCalled(String text, String value) {
        assertValue(new Numbers(',', ' ', "SEK"), text, value);
    }

    @ParameterizedTest
    @CsvSource({"12.50 CR, -12.50", "12.50DR, 12.50", "-12.50 CR,", "(12.50) CR,"})
    void readsCreditAndDebitWhereTheProfileSaysWhichIsNegative(String text, String value) {
        assertValue(new Numbers('.', Numbers.NONE, "USD", true), text, value);
    }

    private static void assertValue(Numbers numbers, String text, String value) {
        assertThat(String.valueOf(numbers.parse(text))).isEqualTo(String.valueOf(value));
    }
}
