package dev.posbridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.settings.Secret;
import dev.posbridge.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask for more than the probes. */
class ManagementDoorTest {
    @TempDir
    private Path folder;

    @Test
    void asksWhoComesFromElsewhereForTheTokenAsItsFileSaysItNow() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        Secret token = SettingsReader.readOnly(folder, Map.of("posbridge.management.token-file", file.toString()))
                .operations()
                .management()
                .token();
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {10, 0, 0, 7});

        assertThat(ManagementDoor.mayAsk(elsewhere, "Bearer first", token)).isTrue();
        assertThat(ManagementDoor.mayAsk(elsewhere, "Bearer first", null)).isFalse();
        assertThat(ManagementDoor.mayAsk(elsewhere, null, token)).isFalse();
        assertThat(ManagementDoor.mayAsk(elsewhere, "first", token)).isFalse();
        Files.writeString(file, "second");
        assertThat(ManagementDoor.mayAsk(elsewhere, "Bearer first", token)).isFalse();
        assertThat(ManagementDoor.mayAsk(elsewhere, "Bearer second", token)).isTrue();
        Files.writeString(file, "");
        assertThat(ManagementDoor.mayAsk(elsewhere, "Bearer ", token)).isFalse();
        Files.delete(file);
        assertThat(ManagementDoor.mayAsk(elsewhere, "Bearer second", token)).isFalse();
        assertThat(ManagementDoor.mayAsk(InetAddress.getLoopbackAddress(), null, token))
                .isTrue();
    }
}
