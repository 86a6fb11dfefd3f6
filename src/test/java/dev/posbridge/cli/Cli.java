package dev.posbridge.cli;

import dev.posbridge.ledger.TestLedgers;
import dev.posbridge.ledger.store.LedgerAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Command lines run within the test, with what they print. */
final class Cli {
    /** What somebody saw; line ends as written by Unix. */
    record Seen(int exit, String out, String err) {}

    private Cli() {}

    static Seen run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = PosbridgeCli.run(commandLine(out, err, arguments), arguments);
        return new Seen(exit, out.toString(), err.toString());
    }

    /** As {@link #run}, and what it proposes can be typed as it stands, as of the program itself. */
    static Seen type(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = PosbridgeCli.runAsTyped(commandLine(out, err, arguments), arguments);
        return new Seen(exit, out.toString(), err.toString());
    }

    static CommandLine commandLine(StringWriter out, StringWriter err, String... arguments) {
        return PosbridgeCommand.line(arguments).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    /** Settings for a stand-in of Gameball, before the command's own arguments. */
    static String[] with(Path data, Object url, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--data-dir",
                data.toString(),
                "--set",
                "posbridge.gameball.url=" + url,
                "--set",
                "posbridge.gameball.quotas=off"));
        if (TestLedgers.areOnPostgres()) {
            LedgerAddress ledger = TestLedgers.onPostgres(data.resolve("ledger.db"));
            all.addAll(List.of(
                    "--set",
                    "posbridge.ledger.url=" + ledger.url(),
                    "--set",
                    "posbridge.ledger.user=" + ledger.user()));
        }
        return all.toArray(String[]::new);
    }
}
