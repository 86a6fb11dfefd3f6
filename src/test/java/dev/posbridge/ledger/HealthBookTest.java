package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service says of itself, as another process reads it; on a clock moved by hand. */
class HealthBookTest {
    private static final Instant START = Instant.parse("2026-01-31T23:00:00Z");

    @TempDir
    private Path folder;

    private LedgerFixture ledger;
    private Instant now = START;
    private HealthBook service;
    private HealthBook reader;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.in(folder);
        service = new HealthBook(ledger.database(), () -> now);
        reader = new HealthBook(ledger.database(), () -> now);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void showsOthersHowAConcernIsAndSinceWhen() {
        service.report("sftp acme", State.GREEN, "");
        pass(Duration.ofMinutes(5));
        service.report("sftp acme", State.RED, "the host key changed");
        pass(Duration.ofMinutes(1));
        service.report("sftp acme", State.RED, "the host key changed");
        assertThat(reader.kept()).as("before it is put into the ledger").isEmpty();

        service.keep();

        Concern concern = reader.kept().get(0);
        assertThat(concern.name()).isEqualTo("sftp acme");
        assertThat(concern.state()).isEqualTo(State.RED);
        assertThat(concern.message()).isEqualTo("the host key changed");
        assertThat(concern.since()).isEqualTo(START.plusSeconds(300));
        assertThat(concern.lastGreen()).isEqualTo(START);
    }

    @Test
    void tellsTheAgeOfTheLastGoodReportToWithinTenSeconds() {
        service.report("sftp acme", State.GREEN, "");
        service.keep();
        pass(Duration.ofSeconds(9));
        service.report("sftp acme", State.GREEN, "");
        service.keep();
        assertThat(reader.kept().get(0).lastGreen()).isEqualTo(START);
        pass(Duration.ofSeconds(2));
        service.report("sftp acme", State.GREEN, "");
        service.keep();
        assertThat(reader.kept().get(0).lastGreen()).isEqualTo(START.plusSeconds(11));
        assertThat(reader.kept().get(0).since()).isEqualTo(START);
    }

    @Test
    void takesAReporterThatFellSilentForRed() {
        service.report("ledger", State.GREEN, "", Duration.ofMinutes(1));
        service.keep();
        pass(Duration.ofSeconds(59));
        assertThat(reader.kept()).extracting(Concern::state).containsExactly(State.GREEN);
        pass(Duration.ofSeconds(1));
        assertThat(reader.kept()).extracting(Concern::state).containsExactly(State.RED);
        assertThat(service.reported()).extracting(Concern::state).containsExactly(State.RED);
        assertThat(service.reported().get(0).message()).isEqualTo("nothing was heard of it since 2026-01-31T23:00:00Z");
    }

    @Test
    void forgetsWhatIsNoConcernAnyMoreAndWhatAnEarlierProcessSaid() {
        service.report("disk", State.RED, "full");
        service.report("gameball", State.GREEN, "");
        service.keep();
        service.forget("disk");
        service.keep();
        assertThat(reader.kept()).extracting(Concern::name).isEqualTo(List.of("gameball"));
        new HealthBook(ledger.database(), () -> now).clear();
        assertThat(reader.kept()).isEmpty();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
