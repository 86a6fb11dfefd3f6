package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.FileOffer;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.LedgerFile;
import dev.posbridge.ledger.LedgerView;
import dev.posbridge.ledger.WatchBook;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file whose writer was not done when it was put away. */
class GrownFilesTest {
    @TempDir
    private Path folder;

    private LedgerDatabase database;
    private GrownFiles grown;
    private Path home;

    @BeforeEach
    void open() throws IOException {
        database = LedgerDatabase.open(folder.resolve("ledger.db"));
        LedgerAccount.claim(database, "chain", "test", "GBP");
        grown = new GrownFiles(new WatchBook(database), Duration.ZERO);
        home = folder.resolve("inbox").resolve("slow.csv");
        Files.createDirectories(home.getParent());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void goesBackToItsInboxWithWhatWasWrittenAfterTheMove() throws IOException {
        Path archived = putAway("one\n");
        grown.look();
        assertThat(archived).exists();

        Files.writeString(archived, "two\n", StandardOpenOption.APPEND);
        looksUntilItIsBack();

        assertThat(archived).doesNotExist();
        assertThat(home).hasContent("one\ntwo\n");
        assertThat(watched()).isZero();
    }

    @Test
    void isStillWatchedAfterACrash() throws IOException {
        Path archived = putAway("one\n");
        database.close();
        open();
        Files.writeString(archived, "two\n", StandardOpenOption.APPEND);
        looksUntilItIsBack();

        assertThat(home).hasContent("one\ntwo\n");
    }

    @Test
    void waitsWhereAnotherOfItsNameLiesInTheInbox() throws IOException {
        Path archived = putAway("one\n");
        Files.writeString(archived, "two\n", StandardOpenOption.APPEND);
        Files.writeString(home, "another day\n");
        grown.look();
        assertThat(home).hasContent("another day\n");
        assertThat(archived).exists();

        Files.delete(home);
        looksUntilItIsBack();
        assertThat(home).hasContent("one\ntwo\n");
    }

    @Test
    void staysWhereOnlyItsTimeWasTouched() throws IOException {
        Path archived = putAway("one\n");
        Files.setLastModifiedTime(archived, java.nio.file.attribute.FileTime.fromMillis(1_000));
        grown.look();

        assertThat(archived).exists();
        assertThat(home).doesNotExist();
        assertThat(watched()).isOne();
    }

    /** Each look comes a little later than the one before. */
    private void looksUntilItIsBack() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            grown.look();
            return Files.exists(home);
        });
    }

    private Path putAway(String content) throws IOException {
        Files.writeString(home, content);
        Profile profile = Profiles.in(Path.of("config/vendors")).named("generic-csv");
        FileOffer offer = new FileOffer(
                "generic-csv",
                "generic-csv",
                "slow.csv",
                home.toString(),
                ContentHash.of(home),
                "profile",
                null,
                null,
                false,
                false);
        LedgerFile file = new FileBook(database).begin(offer).file();
        Reading reading = Reading.known(home, profile, file).of(FileStamp.of(home));
        return new PutAway(folder.resolve("archive"), folder.resolve("rejected"))
                .file(reading, true, target -> grown.watch(reading, target))
                .orElseThrow();
    }

    private long watched() {
        return new LedgerView(database).watched();
    }
}
