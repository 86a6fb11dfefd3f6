package dev.posbridge.cli;

import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * An installation of its own with the real routes and commands, one vendor {@code shop} whose profile a test may change,
 * and a sandbox in this process. One at a time in a JVM.
 */
final class Shop implements AutoCloseable {
    static final String HEADER = "Type,Bon,Time,Phone,Total,Orig,Sku,Qty,Price\n";
    private static final String PROFILE =
            """
            vendor: shop
            format: { type: csv }
            receipt: { key: [Type, Bon] }
            time-zone: Europe/London
            currency: GBP
            branch: { id: "7" }
            records:
              - kind: sale
                when: "row.Type == 'S'"
                key: "{Bon}"
                customer: &customer
                  id: "mobile_{mobile}"
                  mobile: { from: Phone, as: e164, region: GB }
                sold-at: &clock
                  from: Time
                  patterns: ["yyyy-MM-dd HH:mm"]
                total-paid: Total
                lines: &lines
                  product-id: Sku
                  title: Sku
                  quantity: Qty
                  price: Price
              - kind: refund
                when: "row.Type == 'R'"
                key: "{Bon}"
                ORIGINAL
                customer: *customer
                sold-at: *clock
                amount: lines
                lines: *lines
            """;
    static final String NAMED = "original: \"{Orig}\"";
    static final String MATCHED = "match: { by: product, unmatched: dead }";

    private final Path home;
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF));
    private final String homeBefore = System.getProperty("posbridge.home");

    /** How a command ended. */
    record Run(int exit, String out, String err) {}

    /** @param original how refunds find their sales: {@link #NAMED} or {@link #MATCHED} */
    static Shop in(Path home, String original) {
        return new Shop(home, original);
    }

    private Shop(Path home, String original) {
        this.home = home;
        try (Stream<Path> routes = Files.walk(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Path target = home.resolve(route.toString());
                if (Files.isDirectory(route)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(route, target);
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        write("config/vendors/shop.yaml", PROFILE.replace("ORIGINAL", original));
        System.setProperty("posbridge.home", home.toString());
        System.setProperty("engine.housekeeping.period", "50");
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Path data() {
        return home.resolve("data");
    }

    /** Replaces something in the profile. */
    void changeProfile(String found, String replacement) {
        write("config/vendors/shop.yaml", read("config/vendors/shop.yaml").replace(found, replacement));
    }

    String read(String name) {
        try {
            return Files.readString(home.resolve(name));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    Path write(String name, String text) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** A file of the vendor, taken in and delivered. */
    Run ingest(String name, String... rows) {
        Path file = write("files/" + name, HEADER + String.join("\n", rows) + "\n");
        return run("ingest", "--vendor", "shop", file.toString());
    }

    /** A command, with the settings that it needs to deliver. */
    Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "posbridge.gameball.url=" + sandbox.uri()));
        all.addAll(List.of("--set", "posbridge.gameball.quotas=off"));
        return look(all.toArray(new String[0]));
    }

    /** A command without any setting, as support would type it. */
    Run look(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", data().toString()));
        CommandLine commandLine = PosbridgeCommand.line(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int exit = PosbridgeCli.run(commandLine, all.toArray(new String[0]));
        return new Run(exit, out.toString(), err.toString());
    }

    @Override
    public void close() {
        sandbox.close();
        if (homeBefore == null) {
            System.clearProperty("posbridge.home");
        } else {
            System.setProperty("posbridge.home", homeBefore);
        }
    }
}
