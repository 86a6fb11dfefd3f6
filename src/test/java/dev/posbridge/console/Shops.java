package dev.posbridge.console;

import dev.posbridge.cli.PosbridgeCli;
import dev.posbridge.engine.Ledger;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import dev.posbridge.settings.ConsoleAccess;
import dev.posbridge.settings.Settings;
import dev.posbridge.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A night of the samples and of files whose fields each try to be a page: taken in once for all tests of a process, and
 * copied for each.
 */
final class Shops {
    /** What each field of the hostile file holds. */
    static final String HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

    private static Path made;

    /** As long as vendors make them, and without a place where a line could end. */
    static final String LONG_NAME = "End-of-day-files-of-all-stores-and-tills-that-somebody-copied-from-the-old-server";

    private Shops() {}

    static synchronized Path in(Path folder) {
        try {
            if (made == null) {
                made = make();
            }
            copy(made, folder);
            return folder;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Path make() throws IOException {
        Path data = Files.createTempDirectory("posbridge-console");
        Path files = Files.createDirectory(data.resolve(LONG_NAME));
        Files.writeString(files.resolve("EOD_07_20260201.csv"), hostile(1, 2, 3, 4, 11));
        Files.writeString(files.resolve("EOD_08_20260201.csv"), hostile(5, 6, 7, 8, 11));
        Files.writeString(files.resolve("EOD_09_20260201.csv"), hostile(9, 10, 11, 12, 13));
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF))) {
            ingest(data, sandbox, "acme", "samples/acme", files.toString());
        }
        return data;
    }

    static void ingest(Path data, Sandbox sandbox, String vendor, String... files) {
        List<String> command = new ArrayList<>(List.of("ingest", "--vendor", vendor));
        command.addAll(List.of(files));
        command.addAll(List.of(
                "--data-dir",
                data.toString(),
                "--quiet",
                "--set",
                "posbridge.account.name=shops",
                "--set",
                "posbridge.account.environment=test",
                "--set",
                "posbridge.account.currency=GBP",
                "--set",
                "posbridge.gameball.quotas=off",
                "--set",
                "posbridge.gameball.url=" + sandbox.uri()));
        PosbridgeCli.run(command.toArray(String[]::new));
    }

    /** Few enough in a file that it is not rejected, and in each a total that cannot be read, so that nobody adds up. */
    private static String hostile(int... fields) {
        String head = "Type;Till;Bon;Date;Time;Phone;Email;Sku;Text;Qty;Price;Total;OrigBon;OrigDate";
        List<String> good = List.of(
                "S",
                "1",
                "0301",
                "01.02.2026",
                "12:02",
                "07700 900199",
                "",
                "1006",
                "Cake",
                "1",
                "5,00",
                "5,00",
                "",
                "");
        StringBuilder rows = new StringBuilder(head).append('\n');
        for (int field : fields) {
            List<String> cells = new ArrayList<>(good);
            cells.set(2, "03" + (10 + field));
            cells.set(field, '"' + HOSTILE.replace("\"", "\"\"") + '"');
            rows.append(String.join(";", cells)).append('\n');
        }
        return rows.append("T;" + fields.length + ";0,00\n").toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target);
                }
            }
        }
    }

    /** A console on a data folder; close it before the folder goes. */
    static Opened open(Path data, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "posbridge.account.name", "shops",
                "posbridge.account.environment", "test",
                "posbridge.account.currency", "GBP",
                "posbridge.data-dir", data.toString(),
                "posbridge.inbox", data.resolve("inbox").toString()));
        keys.putAll(more);
        Settings settings = SettingsReader.readOnly(Path.of("").toAbsolutePath(), keys);
        Ledger ledger = Ledger.openExisting(settings);
        ConsoleAccess access = settings.operations().console().at(0);
        return new Opened(ledger, Console.open(access, new Workplace(settings, ledger.database(), ledger.account())));
    }

    record Opened(Ledger ledger, Console console) implements AutoCloseable {
        Browser browser() {
            return new Browser(console.address());
        }

        /** Somebody who came in by the key of this start. */
        Browser inside() {
            Browser browser = browser();
            browser.get(console.link().substring(console.address().length() - 1));
            return browser;
        }

        @Override
        public void close() {
            console.close();
            ledger.close();
        }
    }
}
