package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge pause}: delivery off, across restarts, while intake goes on. */
@Command(
        name = "pause",
        description = {
            "Stops delivery, of everything or of a vendor, a store or a kind of record; intake goes on.",
            "A running service obeys within a second; what is under way ends. It lasts until 'posbridge resume'.",
            "",
            "Example: posbridge pause --vendor acme --reason 'wrong prices in store 7'"
        })
final class PauseCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--vendor", paramLabel = "V", description = "Only what came by this profile.")
    private String vendor;

    @Option(names = "--store", paramLabel = "S", description = "Only what this store (merchant.branch) sold.")
    private String store;

    @Option(names = "--new-store", description = "The store has not sold anything yet: its name is taken as it is.")
    private boolean newStore;

    @Option(names = "--kind", paramLabel = "K", description = "Only records of this kind: ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Option(names = "--reason", required = true, paramLabel = "R", description = "Why; told to whoever asks.")
    private String reason;

    /** Kinds of records as people type them. */
    enum Kind {
        customer,
        sale,
        refund,
        event
    }

    @Override
    public Integer call() {
        Settings settings = posbridge.options().settings(Map.of());
        List<String> vendors = posbridge.options().profiles(settings).names();
        if (vendor != null && !vendors.contains(vendor)) {
            throw new ConfigurationException("vendor \"" + vendor + "\": no such profile in "
                    + settings.folders().vendors() + "." + Nearest.hint(vendor, vendors));
        }
        try (Ledger ledger = Ledger.openExisting(settings)) {
            if (store != null && !newStore) {
                KnownNames.requireStore(ledger.database(), vendor, store);
            }
            RecordKind paused = kind == null ? null : RecordKind.values()[kind.ordinal()];
            new Pauses(ledger.database()).add(vendor, store, paused, reason);
        }
        if (!posbridge.options().quiet()) {
            spec.commandLine()
                    .getOut()
                    .println("Delivery is paused" + Pauses.scope(vendor, store, kind == null ? null : kind.name())
                            + ": " + reason + ". Intake goes on; 'posbridge resume' lifts it.");
            spec.commandLine().getOut().flush();
        }
        return ExitCode.ALL_WELL.number();
    }
}
