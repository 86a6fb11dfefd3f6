package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.Backup;
import dev.posbridge.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge backup}: a copy of the ledger while the service goes on. */
@Command(
        name = "backup",
        description = {
            "Copies the ledger as it is at one moment into a new file, which only its owner may read.",
            "Works beside a running service, which goes on. Put back in the place of the ledger, the copy delivers nothing",
            "until it was compared with Gameball: posbridge reconcile --repair.",
            "",
            "Example: posbridge backup /backup/ledger-2026-01-31.db"
        })
final class BackupCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1L << 20;

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The new file; one that is there is not overwritten.")
    private Path file;

    @Override
    public Integer call() {
        Settings settings = posbridge.options().settings(Map.of());
        Path target = file.toAbsolutePath().normalize();
        if (settings.ledgerServer() != null) {
            throw new ConfigurationException(settings.ledgerServer()
                    + ": the ledger lies on a server, which has backups of its own. Use pg_dump, or the server's archive of its"
                    + " log; after putting one back: posbridge reconcile --repair.");
        }
        try (Ledger ledger = Ledger.openExisting(settings)) {
            long size = new Backup(ledger.database()).write(target);
            new AuditBook(ledger.database()).note("backup", 1, target.toString());
            if (!posbridge.options().quiet()) {
                spec.commandLine()
                        .getOut()
                        .println("The ledger of account " + ledger.account().name() + " is in " + target + ", "
                                + Math.max(1, size / MEBIBYTE)
                                + " MiB. To put it back: stop the service, delete ledger.db-wal and ledger.db-shm, copy it to "
                                + settings.folders().ledger() + ", then posbridge reconcile --repair.");
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.ALL_WELL.number();
    }
}
