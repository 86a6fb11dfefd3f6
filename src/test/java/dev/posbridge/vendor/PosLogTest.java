package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Sale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A public POSLog of NCR's; skipped where it does not lie beside the project. */
class PosLogTest {
    private static final Path FILE = Path.of("../shared/data/ncr-acs-poslog/SMALL.scrubbed.xml");

    @Test
    void readsOneSaleOfOneDollarAndSevenCentsAndTheMemberWhoPaidIt() throws IOException {
        assumeTrue(Files.exists(FILE));
        List<PosRecord> records = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Profile profile = Profiles.in(Path.of("config/vendors")).named("arts-poslog");
        try (Document document = profile.open(FILE)) {
            while (document.hasNext()) {
                Translation made = document.translate(document.next());
                records.addAll(made.records());
                if (made.records().isEmpty()) {
                    others.add(
                            made.skipped() == null
                                    ? made.problem().getMessage()
                                    : made.skipped().code());
                }
            }
            document.finish();
        }
        assertThat(others).containsExactly("no-sale");
        assertThat(records).singleElement().isInstanceOfSatisfying(Sale.class, sale -> {
            assertThat(sale.totalPaid()).hasToString("1.07 USD");
            assertThat(sale.totalDiscount()).hasToString("0.19 USD");
            assertThat(sale.customer().id()).isEqualTo("40001063352");
            assertThat(sale.key()).isEqualTo("9-34-161-2017-09-30");
            assertThat(sale.businessDate()).hasToString("2017-09-30");
            assertThat(sale.soldAt()).hasToString("2017-10-01T06:02:54Z");
            assertThat(sale.lines()).hasSize(1);
            assertThat(sale.position().column()).isGreaterThan(1_000);
        });
    }
}
