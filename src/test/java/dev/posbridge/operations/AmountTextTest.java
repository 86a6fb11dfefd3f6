package dev.posbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTextTest {
    @ParameterizedTest
    @CsvSource({"6.2140, 6.214", "1.8750, 1.875", "0, 0.00", "12.5, 12.50", "1E+3, '1,000.00'", "-3.00, -3.00"})
    void writesMoneyWithAllTheDecimalsThatItHas(BigDecimal amount, String text) {
        assertThat(AmountText.shown(amount)).isEqualTo(text);
    }
}
