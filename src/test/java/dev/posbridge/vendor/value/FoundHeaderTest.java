package dev.posbridge.vendor.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoundHeaderTest {
    private static final List<String> COLUMNS = List.of("Bon", "Phone", "Total");

    @Test
    void showsNamesAsTheyAre() {
        assertThat(FoundHeader.shown(List.of("Bon", "Telephone", "Total 2026"), COLUMNS))
                .isEqualTo("Bon, Telephone, Total 2026");
    }

    @Test
    void showsNobodyWhereAFirstRowStandsThere() {
        assertThat(FoundHeader.shown(List.of("118", "Ann Example", "07700 900123", "9,00"), COLUMNS))
                .isEqualTo("11***, An***, 07***, 9,***");
        assertThat(FoundHeader.shown(List.of("Bon", "ann@example.org"), COLUMNS))
                .isEqualTo("Bon, an***");
    }

    @Test
    void isNoLongerThanAMessageShouldBe() {
        assertThat(FoundHeader.shown(List.of("x".repeat(60_000)), COLUMNS)).hasSize(1_003);
    }
}
