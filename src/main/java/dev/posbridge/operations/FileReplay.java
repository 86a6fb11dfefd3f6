package dev.posbridge.operations;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.engine.Engine;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Takes rejected files in again, under the names with which they came. */
public final class FileReplay {
    private final Settings.Folders folders;

    public FileReplay(Settings settings) {
        this.folders = settings.folders();
    }

    /**
     * Takes the file in now; what lay in {@code rejected/} goes, because the file is now in the archive, or rejected anew.
     *
     * @throws ConfigurationException where the file is there no longer
     */
    public void takeIn(DeadLetter letter, Engine engine) {
        Path rejected = requireThere(letter);
        Path copy = copyTo(rejected, folders.rejected().resolve(".replay"), letter.fileName());
        engine.ingestAndTakeAway(copy, letter.vendor());
        remove(rejected);
    }

    /**
     * Lays the file into the vendor's inbox, for the running service.
     *
     * @throws ConfigurationException where the file is there no longer, or another of its name lies in the inbox
     */
    public void offerToService(DeadLetter letter) {
        Path rejected = requireThere(letter);
        Path inbox = folders.inbox().resolve(letter.vendor());
        if (Files.exists(inbox.resolve(letter.fileName()))) {
            throw new ConfigurationException(inbox.resolve(letter.fileName())
                    + ": a file of this name waits in the inbox already. Replay again when it is taken.");
        }
        copyTo(rejected, inbox, letter.fileName());
        remove(rejected);
    }

    private static Path requireThere(DeadLetter letter) {
        Path rejected = Path.of(letter.filePath());
        if (!Files.isRegularFile(rejected)) {
            throw new ConfigurationException(rejected + ": the rejected file of dead letter " + letter.id()
                    + " is there no longer. Deliver the file again, then discard the dead letter.");
        }
        return rejected;
    }

    /** Under a hidden name first: an inbox must never show half a file. */
    private static Path copyTo(Path file, Path folder, String name) {
        try {
            PrivateFiles.folder(folder);
            Path hidden = folder.resolve("." + name + ".part");
            Files.copy(file, hidden, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    file + ": cannot be copied to " + folder + " (" + problem.getMessage() + ").", problem);
        }
    }

    private static void remove(Path rejected) {
        try {
            Files.deleteIfExists(rejected);
            Files.deleteIfExists(rejected.resolveSibling(rejected.getFileName() + ".reason.txt"));
        } catch (IOException problem) {
            throw new ConfigurationException(
                    rejected + ": was taken in again, but cannot be removed (" + problem.getMessage() + ").", problem);
        }
    }
}
