package dev.posbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.Count;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.Backlog;
import dev.posbridge.ledger.BacklogBook;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.settings.Settings;
import dev.posbridge.watch.Findings;
import dev.posbridge.watch.HealthFile;
import dev.posbridge.watch.Runbook;
import dev.posbridge.watch.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge health}: what is wrong, as one colour. */
@Command(
        name = "health",
        description = {
            "Says how the service is, in one colour, and what is not well, with the page of the runbook.",
            "Ends with 0 where it is green, 3 where it is yellow (a person should look), 7 where it is red.",
            "Only looks, so it works beside a running service; where none runs it tells what the ledger shows.",
            "",
            "Example: posbridge health --json"
        })
final class HealthCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints what data/health.json holds.")
    private boolean json;

    @Override
    public Integer call() {
        GlobalOptions options = posbridge.options();
        Settings settings = options.settings(Map.of());
        try (Ledger ledger = Ledger.openExisting(settings)) {
            Optional<String> holder = DataFolder.holder(settings.folders().data());
            Backlog backlog = new BacklogBook(ledger.database()).now();
            List<NodeBook.Node> nodes = NodeBook.all(ledger.database());
            boolean reported = holder.isPresent() || nodes.stream().anyMatch(node -> !node.isSilent());
            List<Concern> concerns = reported ? new HealthBook(ledger.database()).kept() : ofFolder(backlog, settings);
            State state = HealthBook.worst(concerns);
            if (!options.quiet() || state != State.GREEN) {
                PrintWriter out = spec.commandLine().getOut();
                if (json) {
                    out.println(tree(ledger, holder.orElse(null), backlog, concerns));
                } else {
                    print(out, holder.orElse(null), state, concerns);
                    StatusView.nodes(out, nodes);
                }
                out.flush();
            }
            return exitCode(state).number();
        }
    }

    private static ExitCode exitCode(State state) {
        return switch (state) {
            case GREEN -> ExitCode.ALL_WELL;
            case YELLOW -> ExitCode.LOOK;
            case RED -> ExitCode.RED;
        };
    }

    private static void print(PrintWriter out, String holder, State state, List<Concern> concerns) {
        out.println("Health: " + state.word() + ". " + (holder == null ? "Nothing runs here." : "Running: " + holder));
        concerns.stream()
                .filter(concern -> concern.state() != State.GREEN)
                .forEach(concern -> out.println("  " + concern.name() + " is "
                        + concern.state().word() + " since " + TraceView.local(concern.since()) + ": "
                        + concern.message() + " ("
                        + Runbook.page(concern.name()) + ")"));
    }

    /** What can be told where nobody runs who would report. */
    private static List<Concern> ofFolder(Backlog backlog, Settings settings) {
        List<Findings.Finding> findings = new ArrayList<>(Findings.of(backlog));
        if (backlog.openRecords() > 0) {
            findings.add(new Findings.Finding(
                    "backlog",
                    State.YELLOW,
                    Count.of(backlog.openRecords(), "record waits", "records wait")
                            + " for delivery, and nothing runs. Start posbridge run."));
        }
        long free = free(settings);
        if (free < settings.health().leastFree()) {
            findings.add(new Findings.Finding(
                    "disk",
                    State.RED,
                    (free >> 20) + " MiB are free on the disk, expected "
                            + (settings.health().leastFree() >> 20)
                            + " MiB at least (posbridge.data-dir.least-free). Make room."));
        }
        Instant now = Instant.now();
        return findings.stream()
                .map(finding ->
                        new Concern(finding.concern(), finding.state(), finding.message(), now, now, null, Instant.MAX))
                .sorted(Comparator.comparing(Concern::name))
                .toList();
    }

    private static long free(Settings settings) {
        try {
            return Files.getFileStore(settings.folders().data()).getUsableSpace();
        } catch (IOException unknown) {
            // A disk that does not say how full it is counts as having room, as it does for the service.
            return Long.MAX_VALUE;
        }
    }

    private static String tree(Ledger ledger, String holder, Backlog backlog, List<Concern> concerns) {
        Sample sample = new Sample(
                Instant.now(), concerns, backlog, Map.of(), Map.of(), Map.of(), NodeBook.all(ledger.database()));
        ObjectNode root = HealthFile.tree(sample, ledger.account());
        root.put("holder", holder);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always writable", impossible);
        }
    }
}
