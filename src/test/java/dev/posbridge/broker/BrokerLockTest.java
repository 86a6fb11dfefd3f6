package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.DataFolderInUseException;
import dev.posbridge.engine.SecondProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal is of one process. */
class BrokerLockTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void saysWhatItWaitedForWhereAnotherProcessHasTheJournalAndStartsOnceItIsFree() throws IOException {
        Path lock = folder.resolve("journal/server.lock");

        try (SecondProcess other = SecondProcess.lock(lock)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> Broker.start(folder))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessage(folder + ": the journal of the embedded broker is in use by another process, expected"
                            + " that it is free within 3 seconds. Stop that process (lsof " + lock
                            + " names it), or choose another --data-dir.");
        }

        try (Broker broker = Broker.start(folder)) {
            assertThat(broker.connections()).isNotNull();
        }
    }
}
