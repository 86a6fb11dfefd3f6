package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.store.LedgerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that was put back is noticed however it came back, and one whose process was killed is not taken for such. */
class RestoreGuardTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\S+";

    private Path ledger;
    private Path mark;
    private Path copy;

    @BeforeEach
    void choose(@TempDir Path folder) {
        ledger = folder.resolve("ledger.db");
        mark = folder.resolve(RestoreGuard.FILE);
        copy = folder.resolve("copy.db");
    }

    @Test
    void takesNoLedgerForAnOldOneHoweverOftenItIsStartedAndKilled() throws IOException {
        assertThat(begin()).isEmpty();
        String before = Files.readString(mark);
        assertThat(begin()).isEmpty();
        // Killed after the ledger was written and before the file was.
        Files.writeString(mark, before);
        assertThat(begin()).isEmpty();
        assertThat(begin()).isEmpty();
    }

    @Test
    void takesALedgerThatWasKilledAtItsVeryFirstStartForNew() {
        try (LedgerDatabase database = LedgerDatabase.open(ledger)) {
            database.update(handle -> handle.execute("insert into moment (ledger, number, at) values ('one', 0, 1)"));
        }
        assertThat(begin()).isEmpty();
    }

    @Test
    void noticesACopyThatSomebodyPutBackByHandAlsoOneOfTheSameRun() throws IOException {
        try (LedgerDatabase database = LedgerDatabase.open(ledger)) {
            RestoreGuard guard = RestoreGuard.begin(database, ledger);
            new LedgerView(database).copyTo(copy);
            database.update(handle -> handle.execute("insert into identity (name) values ('acme')"));
            guard.moveOn();
        }
        putBack();

        assertThat(begin().orElseThrow())
                .matches("the ledger here ends at " + TIME + ", but the one that was here went on until " + TIME);
        assertThat(begin()).as("it stays so at the next start").isPresent();
    }

    @Test
    void noticesABackupEvenInAFolderOfItsOwn(@TempDir Path other) throws IOException {
        begin();
        try (LedgerDatabase database = LedgerDatabase.openExisting(LedgerAddress.ofFile(ledger))) {
            new Backup(database).write(copy);
        }
        ledger = other.resolve("ledger.db");
        putBack();

        assertThat(begin().orElseThrow()).matches("the ledger was put back from the backup of " + TIME);
    }

    @Test
    void noticesACopyInAFolderWhereNothingSaysThatItIsTheLatestOne() throws IOException {
        begin();
        Files.delete(mark);

        assertThat(begin().orElseThrow())
                .matches("the ledger here ends at " + TIME + " and nothing says that it is the latest one"
                        + " \\(found no ledger.moment beside it\\)");
    }

    @Test
    void noticesTheLedgerOfAnotherFolder(@TempDir Path other) throws IOException {
        begin();
        Files.move(ledger, copy);
        ledger = other.resolve("ledger.db");
        begin();
        putBack();

        assertThat(begin().orElseThrow()).endsWith("(ledger.moment beside it is that of another)");
    }

    @Test
    void takesANewLedgerBesideTheFileOfOneThatIsGoneForNew() throws IOException {
        begin();
        Files.delete(ledger);
        assertThat(begin()).isEmpty();
        assertThat(begin()).isEmpty();
    }

    @Test
    void deliversAgainOnceItWasCompared() throws IOException {
        begin();
        Files.delete(mark);
        assertThat(begin()).isPresent();

        try (LedgerDatabase database = LedgerDatabase.openExisting(LedgerAddress.ofFile(ledger))) {
            database.update(RestoreGuard::reconciled);
            assertThat(RestoreGuard.restoredAt(database)).isPresent();
        }
        assertThat(begin()).isEmpty();
    }

    @Test
    void writesNothingWhileNothingHappens() {
        try (LedgerDatabase database = LedgerDatabase.open(ledger)) {
            RestoreGuard guard = RestoreGuard.begin(database, ledger);
            long commits = database.commits();
            guard.moveOn();
            guard.moveOn();
            assertThat(database.commits()).isEqualTo(commits);
        }
    }

    @Test
    void copiesPrivatelyAndOverwritesNothing() throws IOException {
        begin();
        try (LedgerDatabase database = LedgerDatabase.openExisting(LedgerAddress.ofFile(ledger))) {
            Backup backup = new Backup(database);
            assertThat(backup.write(copy)).isEqualTo(Files.size(copy));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> backup.write(copy))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(copy + ": is there already, and a backup overwrites nothing. Give another name.");
            assertThatThrownBy(() -> backup.write(copy.getParent()))
                    .hasMessage(copy.getParent() + ": is a folder, expected the name of a new file. Give "
                            + copy.getParent().resolve("ledger-backup.db") + ", for instance.");
            Path nowhere = copy.resolveSibling("nowhere").resolve("copy.db");
            assertThatThrownBy(() -> backup.write(nowhere))
                    .hasMessage(nowhere + ": the backup cannot be written (" + nowhere + ".part). Give a file in a"
                            + " folder that is there and writable, on a disk with room for the ledger.");
        }
    }

    /** @return why it delivers nothing */
    private Optional<String> begin() {
        try (LedgerDatabase database = LedgerDatabase.open(ledger)) {
            RestoreGuard guard = RestoreGuard.begin(database, ledger);
            guard.moveOn();
            return RestoreGuard.restored(database);
        }
    }

    private void putBack() throws IOException {
        Files.move(copy, ledger, StandardCopyOption.REPLACE_EXISTING);
    }
}
