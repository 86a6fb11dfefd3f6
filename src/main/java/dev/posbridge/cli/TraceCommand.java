package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Count;
import dev.posbridge.ShellWord;
import dev.posbridge.gameball.Masking;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.TraceBook;
import dev.posbridge.ledger.TracedRecord;
import dev.posbridge.operations.TraceSearch;
import dev.posbridge.operations.TraceSearch.Found;
import dev.posbridge.operations.document.Json;
import dev.posbridge.operations.document.TraceJson;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge trace}: where did it go? */
@Command(
        name = "trace",
        description = {
            "Shows what became of a receipt, an order or a customer: file and line, state, times, points, and each attempt: when,",
            "what Gameball answered, its request id, the list by which it went.",
            "A receipt is found by its record key or order id, a customer by the exact id, a mobile number or an e-mail",
            "address.",
            "The short number on a receipt is found by itself where one alone has it, else with its store and day; a total with",
            "--amount.",
            "Bad rows have no key yet: they are found by any text in them.",
            "Exit code: 0 found; 3 nothing is known of it, or several receipts may be meant.",
            "",
            "Examples: posbridge trace 07-3-1182-20260131",
            "          posbridge trace 1182 --store 07 --day 2026-01-31",
            "          posbridge trace --amount 12.50 --day 2026-01-31",
            "          posbridge trace \"+44 7700 900123\"",
            "          posbridge trace jane@example.com"
        })
final class TraceCommand implements Callable<Integer> {
    private static final int MOST_ALIKE = 10;
    private static final String PARTS = "\\w+([-_/:.]\\w+)+";
    private static final String BY_ITS_NUMBER =
            " A row that could not be translated has no key yet: look for a part of it"
                    + " as it stands in the file, such as the receipt's number alone.";

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RECEIPT|ORDER|CUSTOMER",
            arity = "0..1",
            description = "Record key, order id, customer id, mobile number or e-mail address.")
    private String sought;

    @Option(
            names = "--search-time",
            paramLabel = "TIME",
            defaultValue = "10s",
            description =
                    "Customers have no index: how long to look for one, from the newest record back; a mobile number that is no part"
                            + " of the customer's id takes longest. Default: ${DEFAULT-VALUE}.")
    private String searchTime;

    @Option(names = "--store", paramLabel = "S", description = "Of this store: with a short number or an amount.")
    private String store;

    @Option(names = "--day", paramLabel = "DATE", description = "Of this business date, such as 2026-01-31.")
    private LocalDate day;

    @Option(names = "--amount", paramLabel = "A", description = "Of this total, such as 12.50.")
    private BigDecimal amount;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (sought == null && amount == null) {
            throw new ConfigurationException("Name a receipt, an order or a customer, or an amount with --amount.");
        }
        Duration longest = GlobalOptions.duration("--search-time", searchTime);
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(posbridge.options())) {
            Found found = search().in(ledger.database(), longest);
            if (json) {
                out.println(Json.text(TraceJson.node(ledger.account(), found, ledger.database())));
            } else {
                print(out, found, ledger.database());
            }
            out.flush();
            return (found.isAny() ? ExitCode.ALL_WELL : ExitCode.LOOK).number();
        }
    }

    private void print(PrintWriter out, Found found, LedgerDatabase database) {
        DeadLetters deadLetters = new DeadLetters(database);
        TraceBook book = new TraceBook(database);
        found.records().forEach(one -> TraceView.print(out, one, book.attempts(one), deadLetters.ofRecord(one.id())));
        if (!found.rows().isEmpty()) {
            out.println("Rows with this text that could not be translated:");
            found.rows().forEach(letter -> out.println(DeadLetterView.line(letter)));
        }
        if (!found.alike().isEmpty()) {
            alike(out, found.alike());
        } else if (found.records().isEmpty() && found.rows().isEmpty()) {
            out.println(
                    search().isOnPaper()
                            ? "Nothing is known of a receipt" + paper() + '.'
                            : "Nothing is known of \"" + Masking.mask(sought)
                                    + "\" as record key, order id, number on a receipt, customer or part of a bad row."
                                    + (sought.matches(PARTS) ? BY_ITS_NUMBER : ""));
            if (store != null) {
                KnownNames.storeProblem(database, null, store)
                        .ifPresent(problem -> out.println("--store is \"" + store + "\", " + problem));
            }
        }
        if (found.isCutShort()) {
            out.println("The newest " + found.search().searched() + " of "
                    + Count.of(found.search().all(), "record")
                    + " were searched; search longer with --search-time 5m.");
        }
    }

    private void alike(PrintWriter out, List<TracedRecord> alike) {
        out.println("\"" + sought + "\" is the number of more than one receipt that may be meant:");
        alike.stream()
                .limit(MOST_ALIKE)
                .forEach(one -> out.println("  " + one.kind() + " " + one.key() + "  " + one.state() + "  "
                        + one.vendor() + "/" + one.file()));
        if (alike.size() > MOST_ALIKE) {
            out.println("  and more");
        }
        out.println("Name one of them, or its store and day: posbridge trace " + ShellWord.of(sought)
                + " --store STORE --day " + (day(alike.get(0))));
    }

    /** As an example: of the one that is shown first. */
    private static String day(TracedRecord record) {
        return LocalDate.ofInstant(record.happenedAt(), ZoneId.systemDefault()).toString();
    }

    private TraceSearch search() {
        return new TraceSearch(sought, store, day, amount);
    }

    private String paper() {
        return (sought == null ? "" : " with number \"" + sought + '"')
                + (store == null ? "" : " of store \"" + store + '"')
                + (day == null ? "" : " of " + day)
                + (amount == null ? "" : " over " + amount.toPlainString());
    }
}
