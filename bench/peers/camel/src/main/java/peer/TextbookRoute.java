package peer;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.BindyType;

/** File, split line by line, bindy, JSON, one HTTP call a row: as the books have it, with nothing durable about it. */
public final class TextbookRoute extends RouteBuilder {
    private static final CountDownLatch DONE = new CountDownLatch(1);

    private final Path file;
    private final String url;

    private TextbookRoute(Path file, String url) {
        this.file = file;
        this.url = url;
    }

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new TextbookRoute(Path.of(arguments[0]).toAbsolutePath(), arguments[1]));
        main.start();
        DONE.await();
        main.stop();
    }

    @Override
    public void configure() {
        from("file:" + file.getParent() + "?fileName=" + file.getFileName() + "&noop=true&idempotent=false&initialDelay=0&repeatCount=1")
                .split(body().tokenize("\n", 1, true)).streaming()
                    .unmarshal().bindy(BindyType.Csv, Row.class)
                    .process(TextbookRoute::toOrder)
                    .marshal().json()
                    .removeHeaders("*")
                    .setHeader("APIKey", constant("bench"))
                    .setHeader("SecretKey", constant("bench"))
                    .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                    .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                    .to(url + "/api/v4.0/integrations/orders")
                .end()
                .process(exchange -> DONE.countDown());
    }

    private static void toOrder(Exchange exchange) {
        Row row = exchange.getMessage().getBody(Row.class);
        exchange.getMessage().setBody(Map.of(
                "customerId", "mobile_44" + row.mobile.substring(1),
                "orderId", "generic-csv-" + row.id,
                "orderDate", row.occurredAt.replace(' ', 'T') + ".000Z",
                "totalPaid", row.total,
                "lineItems", List.of(Map.of("productId", row.productId, "title", row.title, "quantity", row.quantity, "price", row.price)),
                "merchant", Map.of("branch", Map.of("uniqueId", row.store))));
    }

    /** A row of the bench's file. */
    @CsvRecord(separator = ",")
    public static class Row {
        @DataField(pos = 1) private String kind;
        @DataField(pos = 2) private String id;
        @DataField(pos = 3) private String occurredAt;
        @DataField(pos = 4) private String store;
        @DataField(pos = 5) private String mobile;
        @DataField(pos = 6, precision = 2) private BigDecimal total;
        @DataField(pos = 7) private String productId;
        @DataField(pos = 8) private String title;
        @DataField(pos = 9) private int quantity;
        @DataField(pos = 10, precision = 2) private BigDecimal price;
    }
}
