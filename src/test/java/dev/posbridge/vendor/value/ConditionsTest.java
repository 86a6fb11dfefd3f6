package dev.posbridge.vendor.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.yaml.Problems;
import dev.posbridge.vendor.yaml.Word;
import dev.posbridge.vendor.yaml.YamlFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    private static final List<String> VALUES =
            List.of("S", "s", "", "R", "C536", "536", "53a6", "536\n", "x536", "-1", "0.0", "it's");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row.A == 'S'",
                "row.A != \"S\"",
                "row[\"A\"] == \"it's\"",
                "row['A'] == ''",
                "row.A in ['S', \"R\"]",
                "row.A.startsWith('C')",
                "!row.A.startsWith('C')",
                "row.A.endsWith('6') && row.B == 'b'",
                "row.A.contains('53') || row.A == 'S'",
                "row.A == 'S' && row.B == 'x' || row.A == 'R'",
                "row.A == 'R' || row.A == 'S' && row.B == 'x'",
                "row.A.matches('^[0-9]+$')",
                "row.A.matches('[0-9]+')",
                "!row.A.matches('^C[0-9]+')",
                "row.A.matches('36$')",
            })
    void readsPlainConditionsAsCelDoes(String written) {
        Columns columns = new Columns();
        Condition plain = PlainCondition.of(written, columns);
        Condition cel = CelCondition.of(word(written), columns, java.util.Map.of());
        assertThat(plain).isNotNull();
        assertThat(cel).isNotNull();
        for (String value : VALUES) {
            Row row = row(columns, value);
            assertThat(plain.holds(row)).as(value).isEqualTo(cel.holds(row));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double(row.A) > 1.0",
                "row.A == row.B",
                "(row.A == 'S')",
                "size(row.A) == 1",
                "row.A.matches('(a+)+$')",
                "row.A == 'S' ? true : false",
                "!row.A == 'S'",
                "row.A == 'S' &&",
            })
    void leavesEverythingElseToCel(String written) {
        assertThat(PlainCondition.of(written, new Columns())).isNull();
    }

    @Test
    void computesWhatCelCan() {
        Columns columns = new Columns();
        Condition condition = Conditions.of(word("size(row.A) > 2 && !has(row.Z) && row.A.matches('(ab)+')"), columns);
        assertThat(condition.holds(row(columns, "abab"))).isFalse();
        assertThat(Conditions.of(word("size(row.A) > 2"), columns).holds(row(columns, "abab")))
                .isTrue();
    }

    @Test
    void saysWhichValueCannotBeComputed() {
        Columns columns = new Columns();
        Condition condition = Conditions.of(word("double(row.A) > 1.0"), columns);
        assertThat(condition.holds(row(columns, "2.5"))).isTrue();
        assertThatThrownBy(() -> condition.holds(row(columns, "abc")))
                .isInstanceOf(Condition.Incomputable.class)
                .hasMessageStartingWith("condition double(row.A) > 1.0 cannot be computed: ")
                .hasMessageContaining("abc");
    }

    @Test
    void computesDecimalsExactly() {
        Columns columns = new Columns();
        Condition exact = Conditions.of(word("row.A.plus('0.2').compare('0.3') == 0"), columns);
        assertThat(exact.holds(row(columns, "0.1"))).isTrue();
        assertThat(exact.holds(row(columns, "0.10"))).isTrue();
        assertThat(exact.holds(row(columns, "0.11"))).isFalse();
        assertThat(Conditions.of(word("row.A.minus('1').times('2').compare('-1.5') > 0"), columns)
                        .holds(row(columns, "0.26")))
                .isTrue();
        assertThatThrownBy(() -> exact.holds(row(columns, "1,5")))
                .isInstanceOf(Condition.Incomputable.class)
                .hasMessageContaining("\"1,5\" is not a decimal such as -12.50");
    }

    @Test
    void refusesToComputeWithDoubles() {
        Word word = word("double(row.A) - double(row.B) > 0.0");
        Conditions.of(word, new Columns());
        assertThat(word.problems().lines())
                .containsExactly("test.yaml:1:7: condition: it computes with doubles, which are not exact: 0.1 + 0.2 is"
                        + " not 0.3. Compute with decimals: row.Total.minus(row.Tip).compare('0') > 0.");
    }

    private static Word word(String written) {
        Problems problems = new Problems("test.yaml");
        String yaml = "when: \"" + written.replace("\"", "\\\"") + "\"";
        return YamlFile.parse(yaml.getBytes(StandardCharsets.UTF_8), problems).word("when");
    }

    private static Row row(Columns columns, String value) {
        List<String> names = List.of("A", "B", "Z");
        return new Row(KeptRows.layout("f", names, columns, List.of(), false), 1, new String[] {value, "b", "z"});
    }
}
