package dev.posbridge.cli;

import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.AuditBook.Audited;
import dev.posbridge.operations.document.AuditJson;
import dev.posbridge.operations.document.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge audit}: who did what, when and why. */
@Command(
        name = "audit",
        description = {
            "Lists what people did by commands that change something: when, who, which command, how much it concerned, why.",
            "",
            "Examples: posbridge audit --since 7d",
            "          posbridge audit --since 2026-01-31 --json"
        })
final class AuditCommand implements Callable<Integer> {

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "T",
            description =
                    "A day (2026-01-31), a moment (2026-01-31T06:00:00Z), or how long ago (36h, 7d). Default: all.")
    private String since;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Instant from = since == null ? Instant.EPOCH : Since.parse("--since", since);
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(posbridge.options())) {
            List<Audited> found = new AuditBook(ledger.database()).since(from);
            if (json) {
                out.println(Json.text(AuditJson.node(ledger.account(), found)));
            } else if (!found.isEmpty()) {
                found.forEach(one -> out.println(line(one)));
            } else if (!posbridge.options().quiet()) {
                out.println("Nothing was changed by a command" + (since == null ? "." : " since " + since + "."));
            }
        }
        out.flush();
        return ExitCode.ALL_WELL.number();
    }

    private static String line(Audited one) {
        return TraceView.local(one.at()) + "  " + one.who() + "  " + one.command() + "  " + one.count()
                + (one.reason() == null ? "" : "  " + one.reason());
    }
}
