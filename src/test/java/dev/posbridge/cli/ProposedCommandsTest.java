package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever command ours propose is typed as it stands: what only looks is run, of the rest the words are understood. */
class ProposedCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("(?<!by \"|next |Running: |See \")\\bposbridge (.+)");
    /** A word as a shell takes it, and what stands before it. */
    private static final Pattern WORD = Pattern.compile("\\G( ?)(?:'([^']*)'|([^ ']+))");

    private static final Pattern END = Pattern.compile("[.,;:)']+$");
    private static final Set<String> LOOKING = Set.of(
            "status",
            "report",
            "trace",
            "held",
            "health",
            "audit",
            "check",
            "doctor",
            "dead-letters list",
            "dead-letters summary",
            "dead-letters show");

    @TempDir
    private Path folder;

    private final Set<List<String>> proposed = new LinkedHashSet<>();
    private final Deque<List<String>> untried = new ArrayDeque<>();

    @Test
    void ofTheDemoWhoseLedgerLiesInAFolderOfItsOwn() {
        Path data = folder.resolve("my data");
        type("demo", "--set", "posbridge.data-dir=" + data);
        type("demo", "--set", "posbridge.data-dir=" + data);
        tryThemAll();

        assertThat(proposed)
                .contains(
                        List.of(
                                "--set",
                                "posbridge.data-dir=" + data,
                                "--data-dir",
                                data.resolve("demo").toString(),
                                "dead-letters",
                                "list"),
                        List.of("demo", "--set", "posbridge.data-dir=" + data, "--console"));
    }

    @Test
    void ofADayOnWhichMuchGoesWrong() {
        try (Shop shop = Shop.in(folder, Shop.NAMED)) {
            Path bad = shop.write(
                    "files/a night.csv",
                    Shop.HEADER + "S,1,2026-01-31 12:00,07700900001,1.50,,A,1,1.50\n"
                            + "S,2,2026-01-31 12:05,nobody,2x,,B,1,20.00\n");
            Path rejected = shop.write("files/rejected.csv", "Other\n1\n");
            List<String> options = List.of(
                    "--data-dir",
                    folder.resolve("my data").toString(),
                    "--set",
                    "posbridge.gameball.url=" + shop.sandbox().uri(),
                    "--set",
                    "posbridge.gameball.quotas=off");
            for (String[] line : new String[][] {
                {"status"},
                {"ingest", "--vendor", "shop", bad.toString()},
                {"ingest", "--vendor", "shop", bad.toString()},
                {"ingest", "--json", "--vendor", "shop", rejected.toString()},
                {"report"},
                {"status"},
                {"health"},
                {"trace", "nobody-knows"},
                {"dead-letters", "show", "99"},
                {"dead-letters", "summary"},
                {"dead-letters", "list"},
                {"dead-letters", "show", "1"},
                {"dead-letters", "export", "--to", folder.resolve("to mend.csv").toString()},
                {"release", "rejected.csv", "--reason", "T"},
                {"accept", "nothing.csv", "--despite", "totals", "--reason", "T"},
                {"pause", "--reason", "T"},
                {"health"},
                {"resume"},
                {"check", "--vendor", "shop", bad.toString()},
                {"doctor"},
                {"vendor", "new", "corner", bad.toString(), "--currency", "GBP"},
                {"correct", "--records", "1", "--dry-run", "--reason", "T"},
                {"correct", "--records", "99", "--dry-run", "--reason", "T"},
                {"reconcile"},
                {"forget", "mobile_1", "--reason", "T"},
                {"reload"}
            }) {
                List<String> all = new ArrayList<>(List.of(line));
                all.addAll(options);
                type(all.toArray(String[]::new));
            }
            tryThemAll();

            assertThat(proposed).hasSizeGreaterThan(8).allSatisfy(command -> assertThat(command)
                    .contains("--data-dir", "--set"));
        }
    }

    @Test
    void ofATraceThatMayMeanSeveralReceipts() {
        try (Shop shop = Shop.in(folder, Shop.NAMED)) {
            shop.ingest(
                    "tills.csv",
                    "S,2-77,2026-01-31 10:00,07700900003,4.00,,A,1,4.00",
                    "S,2-777,2026-01-31 10:02,07700900003,4.00,,A,1,4.00",
                    "S,3-77-777,2026-01-31 10:05,07700900003,5.00,,A,1,5.00");

            assertThat(shop.look("trace", "777"))
                    .isEqualTo(new Shop.Run(
                            3,
                            "\"777\" is the number of more than one receipt that may be meant:\n"
                                    + "  sale 2-777  delivered  shop/tills.csv\n  sale 3-77-777  delivered  shop/tills.csv\n"
                                    + "Name one of them, or its store and day: posbridge trace 777 --store STORE --day"
                                    + " 2026-01-31\n",
                            ""));
        }
    }

    private void type(String... arguments) {
        Cli.Seen seen = Cli.type(arguments);
        COMMAND.matcher(seen.out() + seen.err()).results().forEach(found -> {
            List<String> command = words(found.group(1));
            if (proposed.add(command)) {
                untried.add(command);
            }
        });
    }

    private void tryThemAll() {
        while (!untried.isEmpty()) {
            List<String> command = untried.remove();
            String[] arguments =
                    command.stream().map(word -> word.equals("ID") ? "1" : word).toArray(String[]::new);
            assertThatNoException().as(String.join(" ", command)).isThrownBy(() -> PosbridgeCommand.line(arguments)
                    .parseArgs(arguments));
            if (LOOKING.contains(name(command)) && command.stream().noneMatch(word -> word.matches("[A-Z]+"))) {
                assertThat(Cli.type(arguments)).as(String.join(" ", command)).satisfies(seen -> assertThat(seen.exit())
                        .as(seen.err())
                        .isNotIn(1, 2));
                type(arguments);
            }
        }
    }

    private static String name(List<String> command) {
        List<String> words = new ArrayList<>(command);
        while (words.get(0).startsWith("--")) {
            words.subList(0, 2).clear();
        }
        return words.get(0).equals("dead-letters") ? words.get(0) + " " + words.get(1) : words.get(0);
    }

    /** To the end of the command: a mark that ends a sentence, or the end of the line. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String bare = word.group(2) == null ? END.matcher(word.group(3)).replaceAll("") : word.group(2);
            words.add(bare);
            if (word.group(3) != null && !bare.equals(word.group(3))) {
                break;
            }
        }
        return Arrays.asList(words.toArray(String[]::new));
    }
}
