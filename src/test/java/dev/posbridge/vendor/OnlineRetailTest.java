package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Five real days, counted by hand beforehand. */
class OnlineRetailTest {
    private static final Path DAYS = Path.of("../shared/data/uci-online-retail");
    private static final List<PosRecord> RECORDS = new ArrayList<>();
    private static long rows;
    private static long problems;

    @BeforeAll
    static void readFiveDays() throws IOException {
        Path days = Stream.of(DAYS, Path.of("..").resolve(DAYS))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        assumeTrue(days != null, "the data set is not on this machine");
        Profile profile = Profiles.in(Path.of("config/vendors")).named("uci-online-retail");
        try (Stream<Path> files = Files.list(days)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                read(profile, file);
            }
        }
    }

    private static void read(Profile profile, Path file) throws IOException {
        try (Document document = profile.open(file.getFileName().toString(), Files.newInputStream(file))) {
            while (document.hasNext()) {
                Translation translation = document.translate(document.next());
                RECORDS.addAll(translation.records());
                problems += translation.problem() == null ? 0 : 1;
            }
            document.finish();
            rows += document.rows();
        }
    }

    @Test
    void readsEveryRowAndInvoiceWithoutAProblem() {
        assertThat(rows).isEqualTo(14_022);
        assertThat(RECORDS).hasSize(646);
        assertThat(problems).isZero();
    }

    @Test
    void addsUpTheSalesOfKnownCustomersToThePenny() {
        List<Sale> sales =
                of(Sale.class).filter(sale -> sale.customer() != null).toList();
        assertThat(sales).hasSize(496);
        assertThat(sales.stream().map(sale -> sale.customer().id()).distinct()).hasSize(373);
        assertThat(sales.stream().map(sale -> sale.totalPaid().amount()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("180601.97");
        assertThat(of(Sale.class).filter(sale -> sale.customer() == null)).hasSize(89);
    }

    @Test
    void makesCreditNotesRefundsWithPositiveAmounts() {
        assertThat(of(Refund.class)).hasSize(61).allSatisfy(refund -> {
            assertThat(refund.original()).isNull();
            assertThat(refund.amount().isNegative()).isFalse();
            assertThat(refund.lines()).isNotEmpty();
        });
        assertThat(of(Refund.class).filter(refund -> refund.customer() != null)).hasSize(60);
    }

    @Test
    void takesCustomerAndDayAsTheyAreMeant() {
        Sale first = of(Sale.class).findFirst().orElseThrow();
        assertThat(first.customer().id()).isEqualTo("17850");
        assertThat(first.orderId()).isEqualTo("uci-online-retail-536365");
        assertThat(first.at()).isEqualTo("2010-12-01T08:26:00Z");
        assertThat(first.businessDate()).isEqualTo(LocalDate.of(2010, 12, 1));
        assertThat(first.totalPaid()).hasToString("139.12 GBP");
    }

    private static <T extends PosRecord> Stream<T> of(Class<T> kind) {
        return RECORDS.stream().filter(kind::isInstance).map(kind::cast);
    }
}
