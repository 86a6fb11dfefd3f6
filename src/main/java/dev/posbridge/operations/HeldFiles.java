package dev.posbridge.operations;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.intake.PutAway;
import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Approval;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a person decides about files that are held, or were rejected. */
public final class HeldFiles {
    private final Settings.Folders folders;
    private final LedgerDatabase database;
    private final HoldBook book;
    private final FileBook files;

    public HeldFiles(LedgerDatabase database, Settings settings) {
        this.folders = settings.folders();
        this.database = database;
        this.book = new HoldBook(database);
        this.files = new FileBook(database);
    }

    /**
     * Notes that the file, or what of it is held, may go. A file has to be read again then, from where it lies.
     *
     * @param command as it stands in the audit table
     * @return the file as it is now
     * @throws ConfigurationException where the file is there no longer
     */
    public Held approve(Held file, Approval approval, String command, String reason) {
        if (!file.isWhole() && file.customers() > 0) {
            book.releaseCustomers(file, reason);
            return file;
        }
        Path lies = Path.of(file.path());
        if (!Files.isRegularFile(lies)) {
            throw new ConfigurationException(NodeBook.whoseIs(database, Path.of(file.path()))
                    .map(node -> file.path() + ": " + file.name() + " lies on another node, " + node
                            + ". Give the same command there.")
                    .orElse(file.path() + ": " + file.name() + " is there no longer. Deliver the file again."));
        }
        if (!lies.startsWith(folders.held())) {
            lies = apart(file, lies);
            files.moved(file.id(), lies.toString());
        }
        book.approve(file, approval, command, reason);
        return book.named(file.vendor() + "/" + file.name()).stream()
                .filter(one -> one.id() == file.id())
                .findFirst()
                .orElse(file);
    }

    /** Under the name with which it came: in rejected/ it may have a number after it. */
    private Path apart(Held file, Path lies) {
        try {
            Path folder =
                    PrivateFiles.folder(folders.held().resolve(file.vendor()).resolve(Long.toString(file.id())));
            Path target = folder.resolve(file.name());
            if (lies.startsWith(folders.rejected())) {
                Files.move(lies, target, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(lies.resolveSibling(lies.getFileName() + ".reason.txt"));
            } else {
                Files.copy(lies, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return target;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    lies + ": cannot be moved to " + folders.held() + " (" + problem.getMessage() + ").", problem);
        }
    }

    /**
     * Sends the file away, or what of it is held.
     *
     * @return how many records are not delivered
     */
    public long reject(Held file, String reason) {
        if (!file.isWhole()) {
            return book.rejectCustomers(file, reason);
        }
        if (book.reject(file, reason)) {
            files.moved(file.id(), putAway(file, reason).toString());
        }
        return file.records();
    }

    private Path putAway(Held file, String reason) {
        try {
            return new PutAway(folders.archive(), folders.rejected(), folders.held())
                    .rejectHeld(Path.of(file.path()), file.vendor(), reason);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    file.path() + ": is rejected, but cannot be moved to " + folders.rejected() + " ("
                            + problem.getMessage() + "). Move it by hand.",
                    problem);
        }
    }
}
