package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five real days: what the report says of each day and store is what Gameball's stand-in holds, to the penny. */
class FiveDaysReportTest {
    private static final Path DAYS = Path.of("../shared/data/uci-online-retail");

    @TempDir
    private Path folder;

    @Test
    void equalsTheMoneyThatGameballHoldsDayByDayTwiceByteForByte() {
        Path days = Stream.of(DAYS, Path.of("..").resolve(DAYS))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        assumeTrue(days != null, "the data set is not on this machine");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF))) {
            Path data = folder.resolve("data");
            Cli.Seen night = Cli.run(Cli.with(
                    data,
                    sandbox.uri(),
                    "ingest",
                    "--vendor",
                    "uci-online-retail",
                    days.toString(),
                    "--set",
                    "posbridge.account.currency=GBP"));
            assertThat(night.exit()).as(night.err()).isIn(0, 3);

            String[] report = Cli.with(data, sandbox.uri(), "report", "--by", "business-date,store", "--csv");
            Cli.Seen first = Cli.run(report);
            assertThat(Cli.run(report)).isEqualTo(first);
            assertThat(sums(first.out(), "business-date")).isEqualTo(held(sandbox));
            assertThat(held(sandbox)).hasSize(5);
        }
    }

    /** The same of days that anybody can make: two stores, returns, a bad row, and a day that comes twice. */
    @Test
    void equalsItByDayAndStoreForDaysOfOurOwn() throws IOException {
        Path days = Files.createDirectories(folder.resolve("days"));
        for (int day = 1; day <= 5; day++) {
            StringBuilder rows = new StringBuilder("kind,id,occurred_at,store_id,customer_id,total,original_id\n");
            for (int receipt = 0; receipt < 80; receipt++) {
                String store = receipt % 3 == 0 ? "07" : "12";
                String id = day + "-" + receipt;
                String total = receipt == 40 ? "no money" : day * 7 + receipt + "." + (10 + receipt);
                rows.append(
                        "sale,S%s,2026-02-0%dT12:00:00Z,%s,c%d,%s,%n".formatted(id, day, store, receipt % 9, total));
                if (receipt % 20 == 1) {
                    rows.append("refund,R%s,2026-02-0%dT13:00:00Z,%s,c%d,1.0%d,S%s%n"
                            .formatted(id, day, store, receipt % 9, day, id));
                }
            }
            Files.writeString(days.resolve("day-" + day + ".csv"), rows);
        }
        Files.writeString(days.resolve("day-6-again.csv"), Files.readString(days.resolve("day-1.csv")));
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF))) {
            Path data = folder.resolve("own");
            assertThat(Cli.run(Cli.with(data, sandbox.uri(), "ingest", "--vendor", "generic-csv", days.toString()))
                            .exit())
                    .isEqualTo(3);

            String[] report = Cli.with(data, sandbox.uri(), "report", "--by", "business-date,store", "--csv");
            Cli.Seen first = Cli.run(report);
            assertThat(Cli.run(report)).isEqualTo(first);
            Map<String, List<BigDecimal>> held = new TreeMap<>();
            Map<String, String> places = new TreeMap<>();
            sandbox.book().orders().forEach(order -> {
                String place = order.orderDate().toString().substring(0, 10) + " " + order.branch();
                places.put(order.orderId(), place);
                held.merge(
                        place,
                        List.of(order.totalPaid().setScale(2), new BigDecimal("0.00")),
                        FiveDaysReportTest::plus);
            });
            sandbox.book()
                    .refunds()
                    .forEach(refund -> held.merge(
                            places.get(refund.orderId()),
                            List.of(new BigDecimal("0.00"), refund.amount().setScale(2)),
                            FiveDaysReportTest::plus));
            assertThat(sums(first.out(), "business-date", "store")).isEqualTo(held);
            assertThat(held).hasSize(10);
        }
    }

    /** Delivered sales and refunds by day. */
    private static Map<String, List<BigDecimal>> sums(String csv, String... by) {
        List<String> lines = csv.lines().toList();
        List<String> columns = List.of(lines.get(0).split(","));
        Map<String, List<BigDecimal>> sums = new TreeMap<>();
        lines.stream().skip(1).map(line -> line.split(",", -1)).forEach(values -> {
            BigDecimal sales = new BigDecimal(values[columns.indexOf("sales-delivered")]);
            BigDecimal refunds = new BigDecimal(values[columns.indexOf("refunds-delivered")]);
            if (sales.signum() != 0 || refunds.signum() != 0) {
                String group =
                        Stream.of(by).map(name -> values[columns.indexOf(name)]).collect(Collectors.joining(" "));
                sums.merge(group, List.of(sales, refunds), FiveDaysReportTest::plus);
            }
        });
        return sums;
    }

    private static Map<String, List<BigDecimal>> held(Sandbox sandbox) {
        Map<String, List<BigDecimal>> held = new TreeMap<>();
        sandbox.book()
                .orders()
                .forEach(order -> held.merge(
                        order.orderDate().toString().substring(0, 10),
                        List.of(order.totalPaid().setScale(2), new BigDecimal("0.00")),
                        FiveDaysReportTest::plus));
        sandbox.book()
                .refunds()
                .forEach(refund -> held.merge(
                        refund.transactionTime().toString().substring(0, 10),
                        List.of(new BigDecimal("0.00"), refund.amount().setScale(2)),
                        FiveDaysReportTest::plus));
        return held;
    }

    private static List<BigDecimal> plus(List<BigDecimal> one, List<BigDecimal> other) {
        return List.of(one.get(0).add(other.get(0)), one.get(1).add(other.get(1)));
    }
}
