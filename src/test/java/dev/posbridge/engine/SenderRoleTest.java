package dev.posbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.DataFolderInUseException;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.SenderLease;
import dev.posbridge.ledger.TestLedgers;
import dev.posbridge.ledger.store.LedgerAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does what while another node sends. */
class SenderRoleTest {
    @Test
    void aServiceTakesInAndACommandSaysWhatToDo(@TempDir Path folder) {
        LedgerAddress ledger = TestLedgers.onPostgres(folder.resolve("ledger.db"));
        try (LedgerDatabase there = LedgerDatabase.open(ledger);
                LedgerDatabase here = LedgerDatabase.open(ledger);
                SenderLease lease = SenderLease.take(there, "till-server, process 7", SenderLease.UNCLAIMED)
                        .orElseThrow();
                SenderRole service = SenderRole.seek(Engine.Mode.SERVICE, here)) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(service.standsBy()).isTrue();
            assertThat(service.sentence())
                    .isEqualTo("Another node sends from this ledger: this one takes in, and sends when that one ends.");
            assertThatThrownBy(() -> SenderRole.seek(Engine.Mode.ONE_SHOT, here))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessage("The ledger's records are sent by till-server, process 7, and one node sends at a time."
                            + " Start the service on this node, too (posbridge run: it takes in, and that one sends),"
                            + " then give this command again; or give it on that one.");
        }
    }
}
