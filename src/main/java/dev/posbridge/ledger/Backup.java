package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Copies the ledger as it is at one moment, beside a service that goes on. The copy says that it is one: whoever opens it in
 * the place of the ledger delivers nothing from it until it was compared with Gameball.
 */
public final class Backup {
    private final LedgerDatabase database;

    /** @param database opened to read and write: the copy is made by its connections, which change nothing */
    public Backup(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Makes the copy, which only its owner may read, and looks whether it is whole.
     *
     * @param file must not be there; it is there in the end, or not at all
     * @return its size in bytes
     * @throws ConfigurationException where it is there, or cannot be written
     */
    public long write(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            requireFree(file);
            Files.createFile(unfinished);
        } catch (FileAlreadyExistsException other) {
            throw new ConfigurationException(
                    unfinished + ": is there already, left by a backup that was interrupted, or another is being made."
                            + " Delete it, or give another name.",
                    other);
        } catch (IOException problem) {
            throw unwritable(file, problem);
        }
        try {
            PrivateFiles.restrict(unfinished);
            database.read(handle -> handle.execute("vacuum into ?", unfinished.toString()));
            mark(unfinished);
            requireFree(file);
            Files.move(unfinished, file);
            return Files.size(file);
        } catch (IOException | SQLException | dev.posbridge.LedgerUnavailableException | JdbiException problem) {
            throw unwritable(file, problem);
        } finally {
            delete(unfinished);
        }
    }

    private static void requireFree(Path file) {
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(file + ": is a folder, expected the name of a new file. Give "
                    + file.resolve("ledger-backup.db") + ", for instance.");
        }
        if (Files.exists(file)) {
            throw new ConfigurationException(
                    file + ": is there already, and a backup overwrites nothing. Give another name.");
        }
    }

    /** The copy must know what it is before it has its name. */
    private static void mark(Path copy) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            statement.execute("update moment set copied_at = " + System.currentTimeMillis());
            statement.execute("insert into moment (ledger, number, at, copied_at) select 'unknown', 0, "
                    + System.currentTimeMillis() + ", " + System.currentTimeMillis()
                    + " where not exists (select 1 from moment)");
            try (ResultSet check = statement.executeQuery("pragma quick_check(1)")) {
                String found = check.next() ? check.getString(1) : "nothing";
                if (!"ok".equals(found)) {
                    throw new IOException("the copy is damaged: " + found);
                }
            }
        }
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static ConfigurationException unwritable(Path file, Exception problem) {
        String cause = Optional.ofNullable(problem.getMessage()).orElse(problem.toString());
        return new ConfigurationException(
                file + ": the backup cannot be written (" + cause
                        + "). Give a file in a folder that is there and writable, on a disk with room for the ledger.",
                problem);
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException stays) {
            // The next backup of this name says so.
            return;
        }
    }
}
