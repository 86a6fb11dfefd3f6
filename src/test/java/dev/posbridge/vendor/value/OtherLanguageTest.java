package dev.posbridge.vendor.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtherLanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "row.Kind = 'RETURN' # 9 # = # ==",
                "row.Kind <> 'RETURN' # 9 # <> # !=",
                "row.A == '=' AND row.B == 'x' # 13 # AND # &&",
                "row.A == 'x' or row.B == 'y' # 13 # or # ||",
                "not row.A == 'x' # 0 # not # !",
                "row.A == 'x' & row.B == 'y' # 13 # & # &&",
                "row.A => '1' # 6 # => # >=",
            })
    void findsWhatOtherLanguagesWrite(String condition, int at, String found, String meant) {
        assertThat(OtherLanguage.in(condition)).contains(new OtherLanguage(at, found, meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row.A == 'a = b and c' && row.B != \"<> or\"",
                "row.and == '' || !row.Order.startsWith('x') || row.B >= '1'",
                "row[\"not\"] in ['=', 'x']"
            })
    void takesNothingForASlipThatIsNone(String condition) {
        assertThat(OtherLanguage.in(condition)).isEmpty();
    }
}
