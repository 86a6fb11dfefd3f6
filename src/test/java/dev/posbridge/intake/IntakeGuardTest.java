package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.NoRoomException;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.LedgerDatabase;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room on a disk that is filled by hand, on a clock moved by hand. */
class IntakeGuardTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    private LedgerDatabase database;
    private HealthBook health;
    private IntakeGuard guard;
    private long free = 100 * MIB;
    private long now;

    @BeforeEach
    void open() {
        database = LedgerDatabase.open(folder.resolve("ledger.db"));
        health = new HealthBook(database);
        guard = new IntakeGuard(Path.of("data"), () -> free, 64 * MIB, health, () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesNothingWhileTheDiskIsAsGoodAsFull() {
        guard.require();
        free = 63 * MIB;
        assertThatThrownBy(guard::require)
                .isInstanceOf(NoRoomException.class)
                .hasMessage(
                        "data: 63 MiB are free on the disk, expected 64 MiB at least (posbridge.data-dir.least-free). "
                                + "Make room: intake waits and goes on by itself.");
        assertThat(states()).isEqualTo(Map.of("disk", State.RED));
        free = 64 * MIB;
        guard.require();
        assertThat(states()).isEqualTo(Map.of("disk", State.GREEN));
    }

    @Test
    void waitsLongerEachTimeTheLedgerTakesNoMore() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 32}) {
            guard.failed("acme", new LedgerUnavailableException(new IOException("database or disk is full")));
            assertThat(guard.isOpen()).isFalse();
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(guard.isOpen()).isFalse();
            pass(Duration.ofNanos(1));
            assertThat(guard.isOpen()).isTrue();
        }
        guard.succeeded("acme");
        guard.failed("acme", new LedgerUnavailableException(new IOException("database or disk is full")));
        pass(Duration.ofSeconds(1));
        assertThat(guard.isOpen()).isTrue();
    }

    @Test
    void givesNoAllClearBetweenTwoTries() {
        guard.failed("acme", new LedgerUnavailableException(new IOException("database or disk is full")));
        pass(Duration.ofSeconds(2));
        assertThat(guard.isOpen()).as("it is tried again").isTrue();
        assertThat(states()).containsEntry("disk", State.RED);

        guard.succeeded("acme");
        assertThat(states()).containsEntry("disk", State.GREEN);
    }

    @Test
    void givesTheAllClearWhereNobodyTriesAnyMore() {
        guard.failed("acme", new LedgerUnavailableException(new IOException("database or disk is full")));
        pass(Duration.ofSeconds(60));
        assertThat(states()).containsEntry("disk", State.RED);
        pass(Duration.ofSeconds(2));
        assertThat(states()).containsEntry("disk", State.GREEN);
    }

    @Test
    void keepsOtherVendorsGoingWhereOneFileCannotBeTaken() {
        guard.failed("acme", new FileSystemException("inbox/1.csv", null, "Permission denied"));
        assertThat(guard.isOpen()).isTrue();
        assertThat(states()).isEqualTo(Map.of("disk", State.GREEN, "intake acme", State.RED));
        guard.succeeded("other");
        guard.succeeded("acme");
        assertThat(states())
                .isEqualTo(Map.of("disk", State.GREEN, "intake acme", State.GREEN, "intake other", State.GREEN));
    }

    @Test
    void stopsForAFullArchiveAndForMissingFileDescriptors() {
        guard.failed("acme", new FileSystemException("a", "b", "No space left on device"));
        assertThat(guard.isOpen()).isFalse();
        pass(Duration.ofMinutes(1));
        guard.failed("acme", new FileSystemException("a", "b", "Too many open files"));
        assertThat(guard.isOpen()).isFalse();
    }

    @Test
    void forgetsAFailureThatNobodyMeetsAgain() {
        guard.failed("acme", new IOException("gone"));
        pass(Duration.ofSeconds(61));
        assertThat(states()).isEqualTo(Map.of("disk", State.GREEN));
    }

    private Map<String, State> states() {
        guard.look();
        return health.reported().stream().collect(Collectors.toMap(Concern::name, Concern::state));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
