package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.Group;
import dev.posbridge.operations.document.Json;
import dev.posbridge.pos.Reason;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge dead-letters summary}: where to begin. */
@Command(
        name = "summary",
        description = {
            "Counts the open dead letters by vendor, reason and level, the most frequent first, each with its remedy.",
            "",
            "Example: posbridge dead-letters summary"
        })
final class DeadLettersSummary implements Callable<Integer> {
    @ParentCommand
    private DeadLettersCommand deadLetters;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ReadOnlyLedger ledger = ReadOnlyLedger.open(deadLetters.options())) {
            List<Group> groups = new DeadLetters(ledger.database()).summary();
            if (json) {
                out.println(Json.text(node(ledger, groups)));
            } else if (!groups.isEmpty() || !deadLetters.options().quiet()) {
                print(out, ledger, groups);
            }
        }
        out.flush();
        return ExitCode.ALL_WELL.number();
    }

    private static ObjectNode node(ReadOnlyLedger ledger, List<Group> groups) {
        ObjectNode root = Json.about(ledger.account());
        root.put("open", groups.stream().mapToLong(Group::count).sum());
        ArrayNode array = root.putArray("groups");
        groups.forEach(group -> array.addObject()
                .put("vendor", group.vendor())
                .put("reason", group.reason())
                .put("level", group.level())
                .put("count", group.count())
                .put("sales", group.tally().sales())
                .put("refunds", group.tally().refunds())
                .put("withoutTotal", group.withoutTotal())
                .put("remedy", Reason.ofCode(group.reason()).remedy()));
        return root;
    }

    private static void print(PrintWriter out, ReadOnlyLedger ledger, List<Group> groups) {
        out.printf(
                "Account %s (%s): %d open dead letters.%n",
                ledger.account().name(),
                ledger.account().environment(),
                groups.stream().mapToLong(Group::count).sum());
        for (Group group : groups) {
            String money = DeadMoney.words(
                    group.tally(), group.withoutTotal(), ledger.account().currency());
            out.printf(
                    "%n%6d  %s  %s  (%s)%s%n",
                    group.count(), group.vendor(), group.reason(), group.level(), money.isEmpty() ? "" : "  " + money);
            out.println("        " + Reason.ofCode(group.reason()).remedy());
        }
    }
}
