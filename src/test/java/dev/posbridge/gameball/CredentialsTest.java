package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @TempDir
    Path folder;

    @Test
    void takesKeysFromValuesAndFiles() throws IOException {
        Credentials credentials = Credentials.of("api", null, null, file("secret\r\n"));

        assertThat(credentials.apiKey()).isEqualTo("api");
        assertThat(credentials.secretKey()).isEqualTo("secret");
    }

    @Test
    void tellsWhetherAFileBroughtAnotherKey() throws IOException {
        Path file = file("before");
        Credentials credentials = Credentials.of("api", null, null, file);

        assertThat(credentials.refresh()).isFalse();
        Files.writeString(file, "after\n");
        assertThat(credentials.refresh()).isTrue();
        assertThat(credentials.secretKey()).isEqualTo("after");
    }

    @Test
    void keepsItsKeysWhenAFileBecomesUnreadable() throws IOException {
        Path file = file("before");
        Credentials credentials = Credentials.of("api", null, null, file);
        Files.delete(file);

        assertThatThrownBy(credentials::refresh)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("posbridge.gameball.secret-key-file: " + file
                        + ": not readable. Make it a file that holds the key alone, readable by this user.");
        assertThat(credentials.secretKey()).isEqualTo("before");
    }

    @Test
    void namesAllMissingKeysAtOnce() {
        assertThatThrownBy(() -> Credentials.of(null, null, " ", null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("posbridge.gameball.api-key: no key. Set posbridge.gameball.api-key, or name a file that"
                        + " holds it in posbridge.gameball.api-key-file." + System.lineSeparator()
                        + "posbridge.gameball.secret-key: no key. Set posbridge.gameball.secret-key, or name a file"
                        + " that holds it in posbridge.gameball.secret-key-file.");
    }

    @Test
    void refusesAKeyThatIsGivenTwice() throws IOException {
        Path file = file("secret");
        assertThatThrownBy(() -> Credentials.of("api", null, "secret", file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("posbridge.gameball.secret-key: given as a value and as a file, expected one. Remove one of"
                        + " posbridge.gameball.secret-key and posbridge.gameball.secret-key-file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a key", "key\r\nX-Evil: 1", "k\u00e9y", "k\u0000y", "\u200bkey"})
    void refusesAKeyThatCouldWriteAHeaderOfItsOwnAndDoesNotShowIt(String key) {
        assertThatThrownBy(() -> Credentials.of(key, null, "secret", null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("posbridge.gameball.api-key: found blanks or unprintable characters, or far too many,"
                        + " expected a key of printable characters without blanks. Copy the key again.");
    }

    @Test
    void refusesAnEmptyFileAndAnEndlessOne() throws IOException {
        Path empty = file("\n");
        Path endless = file("k".repeat(5_000));
        assertThatThrownBy(() -> Credentials.of(null, empty, null, endless))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("posbridge.gameball.api-key-file: " + empty + ": found nothing, expected a key of printable"
                        + " characters without blanks. Copy the key again." + System.lineSeparator()
                        + "posbridge.gameball.secret-key-file: " + endless + ": found blanks or unprintable"
                        + " characters, or far too many, expected a key of printable characters without blanks. Copy"
                        + " the key again.");
    }

    @Test
    void neverShowsTheKeys() {
        assertThat(Credentials.of("api-1", null, "secret-1", null))
                .hasToString("Credentials[api key and secret key, hidden]");
    }

    @ParameterizedTest
    @CsvSource({
        "gb_live_1, true, false",
        "live_1, true, false",
        "gb_test_1, false, true",
        "test_1, false, true",
        "alive_1, false, false",
        "0815, false, false"
    })
    void infersTheEnvironmentFromDocumentedPrefixesOnly(String key, boolean live, boolean test) {
        Credentials byApiKey = Credentials.of(key, null, "x", null);
        Credentials bySecretKey = Credentials.of("x", null, key, null);

        assertThat(byApiKey.isLive()).isEqualTo(live).isEqualTo(bySecretKey.isLive());
        assertThat(byApiKey.isTest()).isEqualTo(test).isEqualTo(bySecretKey.isTest());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ".txt"), content);
    }
}
