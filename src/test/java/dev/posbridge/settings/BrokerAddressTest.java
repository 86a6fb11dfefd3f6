package dev.posbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where somebody's own Artemis is, alone or as a live one with its backups. */
class BrokerAddressTest {
    @TempDir
    private Path folder;

    @Test
    void readsOneAddress() {
        assertThat(addresses("ssl://broker.example.com")).hasToString("[ssl://broker.example.com:61616]");
    }

    @Test
    void readsALiveServerAndItsBackups() {
        assertThat(addresses("(ssl://a:61617,ssl://b:61618)?ha=true")).hasToString("[ssl://a:61617, ssl://b:61618]");
        assertThat(addresses("(tcp://127.0.0.1:1, tcp://localhost)"))
                .hasToString("[tcp://127.0.0.1:1, tcp://localhost:61616]");
    }

    @Test
    void speaksUnencryptedToOtherMachinesOnlyWhereSomebodySaysSo() {
        assertThat(SettingsReader.readOnly(
                                folder,
                                Map.of(
                                        "posbridge.broker.url",
                                        "(tcp://a:61616,tcp://b:61616)?ha=true",
                                        "posbridge.broker.unencrypted",
                                        "true"))
                        .broker()
                        .external()
                        .addresses())
                .hasToString("[tcp://a:61616, tcp://b:61616]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://a:61616",
                "(tcp://127.0.0.1:1,tcp://b:1)?ha=true",
                "ssl://a:1,",
                "(ssl://a:1,)",
                "(ssl://a:1)?ha=false",
                "(ssl://a:1)?reconnectAttempts=3",
                "ssl://a:1?sslEnabled=true",
                "ssl://user:secret@a:1",
                "(ssl://a:1",
                "vm://0"
            })
    void refusesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> addresses(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("posbridge.broker.url is \"" + url + "\", expected ssl://host:port, "
                        + "tcp://127.0.0.1:port on this machine (elsewhere with posbridge.broker.unencrypted = true), "
                        + "or (ssl://live:port,ssl://backup:port)?ha=true.");
    }

    private List<BrokerSettings.Address> addresses(String url) {
        Map<String, String> values = new LinkedHashMap<>(Map.of("posbridge.broker.url", url));
        return SettingsReader.readOnly(folder, values).broker().external().addresses();
    }
}
