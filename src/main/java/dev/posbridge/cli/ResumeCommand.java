package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge resume}: delivery on again. */
@Command(
        name = "resume",
        description = {
            "Lifts every pause, or the one that was made for a vendor, a store or a kind; a running service goes on within a",
            "second or two.",
            "",
            "Examples: posbridge resume",
            "          posbridge resume --vendor acme --store 07"
        })
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--vendor", paramLabel = "V", description = "The pause of this vendor.")
    private String vendor;

    @Option(names = "--store", paramLabel = "S", description = "The pause of this store.")
    private String store;

    @Option(
            names = "--kind",
            paramLabel = "K",
            description = "The pause of records of this kind: ${COMPLETION-CANDIDATES}.")
    private PauseCommand.Kind kind;

    @Override
    public Integer call() {
        Settings settings = posbridge.options().settings(Map.of());
        try (Ledger ledger = Ledger.openExisting(settings)) {
            Pauses pauses = new Pauses(ledger.database());
            int lifted = isOfAll() ? pauses.lift() : liftOne(pauses);
            if (!posbridge.options().quiet()) {
                spec.commandLine()
                        .getOut()
                        .println(
                                lifted == 0
                                        ? "Delivery was not paused."
                                        : "Delivery goes on; pauses lifted: " + lifted + "." + left(pauses));
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.ALL_WELL.number();
    }

    private boolean isOfAll() {
        return vendor == null && store == null && kind == null;
    }

    private int liftOne(Pauses pauses) {
        int lifted = pauses.lift(vendor, store, kind == null ? null : RecordKind.values()[kind.ordinal()]);
        if (lifted == 0) {
            throw new ConfigurationException("Nothing was lifted: found no pause just"
                    + Pauses.scope(vendor, store, kind == null ? null : kind.name()) + ". "
                    + (pauses.all().isEmpty() ? "Delivery is not paused." : "Paused is delivery" + all(pauses) + "."));
        }
        return lifted;
    }

    private static String left(Pauses pauses) {
        return pauses.all().isEmpty() ? "" : " Still paused" + all(pauses) + ".";
    }

    private static String all(Pauses pauses) {
        return pauses.all().stream()
                .map(pause -> {
                    String scope = Pauses.scope(pause.vendor(), pause.store(), pause.kind());
                    return (scope.isEmpty() ? " of everything" : scope) + " (" + pause.reason() + ")";
                })
                .collect(Collectors.joining(";"));
    }
}
