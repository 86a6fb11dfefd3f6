package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.LedgerMove;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Tally;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.settings.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge ledger move}: from the file in the data folder to a server. */
@Command(
        name = "move",
        description = {
            "Carries the ledger of the data folder over to an empty PostgreSQL database and compares both sides.",
            "Stop the service first. Interrupted, it goes on where it was when it is run again. From its beginning on nothing",
            "is sent from the file any more; --abandon gives up a move that has not ended. User and password of the",
            "database are posbridge.ledger.user and POSBRIDGE_LEDGER_PASSWORD or posbridge.ledger.password-file.",
            "",
            "Example: posbridge ledger move --to jdbc:postgresql://db:5432/posbridge --user posbridge"
        })
final class LedgerMoveCommand implements Callable<Integer> {
    private static final String URL = "posbridge.ledger.url";
    private static final String USER = "posbridge.ledger.user";

    @ParentCommand
    private LedgerCommand ledger;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description = "Where to, as posbridge.ledger.url takes it: jdbc:postgresql://HOST:5432/DATABASE.")
    private String to;

    @Option(names = "--user", paramLabel = "NAME", description = "Of the database (posbridge.ledger.user).")
    private String user;

    @Option(
            names = "--abandon",
            description = "Gives up a move that was begun and has not ended; the file is used again as before.")
    private boolean abandon;

    @Override
    @SuppressWarnings("try") // the folder is only held
    public Integer call() throws InterruptedException {
        Settings settings = ledger.options().settingsWith(user == null ? Map.of(URL, to) : Map.of(URL, to, USER, user));
        LedgerAddress target = Ledger.address(settings);
        Terminal terminal = new Terminal(spec.commandLine(), ledger.options().quiet());
        LedgerMove move = new LedgerMove(settings.folders().ledger(), target);
        try (DataFolder ignoredFolder =
                DataFolder.take(settings.folders().data(), "posbridge ledger move", Duration.ZERO)) {
            if (abandon) {
                boolean isHalfThere = move.abandon();
                terminal.say("Given up: " + settings.folders().ledger() + " is used as before. "
                        + (isHalfThere
                                ? "Do not use what is in " + target + ", drop that database."
                                : "There is nothing of it in " + target + "."));
            } else {
                tell(terminal, settings, move.run(new Told(terminal)), target);
            }
        }
        return ExitCode.ALL_WELL.number();
    }

    /** Rows on their way. */
    private static final class Told implements LedgerMove.Progress {
        private final Terminal terminal;
        private long rows;
        private long done;

        Told(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void begins(long all) {
            rows = all;
        }

        @Override
        public LongConsumer carried() {
            return more -> {
                done += more;
                terminal.progress("Carrying", done, rows, "rows");
            };
        }

        @Override
        public void compares() {
            terminal.endProgress();
            terminal.say("Carried, comparing both sides");
        }
    }

    private void tell(Terminal terminal, Settings settings, LedgerMove.Moved moved, LedgerAddress target) {
        if (!terminal.isHeard()) {
            return;
        }
        PrintWriter out = terminal.out();
        String file = settings.folders().ledger().toString();
        String name = "The ledger of account " + moved.account().name();
        if (moved.tables() == 0) {
            out.println(name + " was moved from " + file + " to " + target + " already.");
        } else {
            out.println(name + " is in " + target + " now: " + Count.of(moved.rows(), "row") + " in "
                    + Count.of(moved.tables(), "table") + ", each the same as in " + file + ".");
            out.println();
            table(out, moved.outcomes(), moved.account().currency());
        }
        out.println();
        out.println("From now on, in the settings of every node, and the password as here:");
        out.println("  " + URL + " = " + to);
        if (target.user() != null) {
            out.println("  " + USER + " = " + target.user());
        }
        out.println("Nothing is sent from " + file + " any more; keep it as a backup of today, and "
                + settings.folders().data() + " as it is.");
        out.flush();
    }

    private static void table(PrintWriter out, Outcomes outcomes, String currency) {
        out.printf(Locale.ROOT, "  %-12s%10s%16s%16s%n", "", "records", currency + " sales", "refunds");
        Outcomes.WORDS.forEach(word -> {
            Tally tally = outcomes.of(word);
            if (tally.records() > 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-12s%10d%16s%16s%n",
                        word,
                        tally.records(),
                        tally.sales().toPlainString(),
                        tally.refunds().toPlainString());
            }
        });
    }
}
