package dev.posbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the ledger is, if it is on a server. */
class LedgerServerTest {
    @TempDir
    private Path folder;

    @Test
    void takesAPasswordWithTheUserInTheAddress() {
        Settings.LedgerServer server = SettingsReader.readOnly(
                        folder,
                        Map.of(
                                "posbridge.ledger.url",
                                "jdbc:postgresql://db:5432/posbridge?user=posbridge",
                                "posbridge.ledger.password",
                                "secret"))
                .ledgerServer();
        assertThat(server.user()).isNull();
        assertThat(server.password().read()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posbridge.ledger.user", "posbridge.ledger.password"})
    void refusesAUserOrAPasswordOfNoServerAndNamesIt(String key) {
        assertThatThrownBy(() -> SettingsReader.readOnly(folder, Map.of(key, "something")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("posbridge.ledger.url is not set, but " + key
                        + " is: expected jdbc:postgresql://HOST:5432/DATABASE. Where the ledger is the file in the data folder, take "
                        + key + " away (from the settings, or POSBRIDGE_LEDGER_... from the environment).");
    }
}
