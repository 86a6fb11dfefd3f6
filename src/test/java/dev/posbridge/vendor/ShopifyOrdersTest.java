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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A public export of orders; skipped where it does not lie beside the project. */
class ShopifyOrdersTest {
    private static final Path FILE = Path.of("../shared/data/shopify-orders/shopify_orders_sample.csv");

    @Test
    void readsEveryOrderOnceWithItsTotalAndTheFewWithoutAnAddress() throws IOException {
        List<Sale> sales =
                records("shopify-orders").stream().map(Sale.class::cast).toList();
        assertThat(sales).hasSize(127);
        assertThat(sales.stream().map(sale -> sale.totalPaid().amount()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("15063.00");
        assertThat(sales).filteredOn(sale -> sale.customer() == null).hasSize(5);
    }

    @Test
    void readsWhatWasGivenBackOfTheOrdersOutOfTheSameFile() throws IOException {
        List<Refund> refunds =
                records("shopify-refunds").stream().map(Refund.class::cast).toList();
        assertThat(refunds).hasSize(8);
        assertThat(refunds.stream().map(refund -> refund.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("423.75");
        assertThat(refunds)
                .allSatisfy(refund -> assertThat(refund.originalOrderId()).startsWith("shopify-orders-1"));
    }

    private static List<PosRecord> records(String vendor) throws IOException {
        assumeTrue(Files.exists(FILE));
        List<PosRecord> records = new ArrayList<>();
        try (Document document =
                Profiles.in(Path.of("config/vendors")).named(vendor).open(FILE)) {
            while (document.hasNext()) {
                Translation made = document.translate(document.next());
                assertThat(made.problem()).isNull();
                records.addAll(made.records());
            }
            document.finish();
        }
        return records;
    }
}
