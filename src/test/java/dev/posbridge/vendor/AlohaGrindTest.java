package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.pos.Sale;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A real day of a restaurant, counted beforehand with another program. */
class AlohaGrindTest {
    private static final Path DAY = Path.of("../shared/data/ncr-aloha-grind/GNDITEM.dbf");

    @Test
    void addsUpARealDayToTheCent() throws IOException {
        Path file = Stream.of(DAY, Path.of("..").resolve(DAY))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        assumeTrue(file != null, "the data set is not on this machine");
        List<Sale> sales = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (Document document =
                Profiles.in(Path.of("config/vendors")).named("ncr-aloha-grind").open(file)) {
            while (document.hasNext()) {
                Translation translation = document.translate(document.next());
                translation.records().forEach(record -> sales.add((Sale) record));
                if (translation.problem() != null) {
                    problems.add(translation.problem().getMessage());
                }
            }
            document.finish();
            assertThat(document.rows()).isEqualTo(2_228);
        }
        assertThat(problems).isEmpty();
        assertThat(sales).hasSize(390);
        assertThat(sales.stream().map(sale -> sale.totalPaid().amount()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("4465.49");
    }
}
