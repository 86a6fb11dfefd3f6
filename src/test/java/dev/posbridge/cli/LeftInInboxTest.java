package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.posbridge.operations.LeftInInbox;
import dev.posbridge.settings.Settings;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a service leaves a file in the inbox, as {@code status} says it. */
class LeftInInboxTest {
    private static final String ACME = "acme/EOD_07_20260131.csv";
    private static final String CHECKS = "toast-nightly/07_CheckDetails.csv";

    @TempDir
    private Path folder;

    private final Profiles profiles = Profiles.in(Path.of("config/vendors"));

    @Test
    void changedJustNow() throws IOException {
        put(ACME, Instant.now());
        assertThat(left("acme", null))
                .containsExactly("unsettled: changed just now; is taken once it has not changed for 60000 ms.");
    }

    @Test
    void waitsForItsTurn() throws IOException {
        put(ACME, Instant.EPOCH);
        assertThat(left("acme", null))
                .containsExactly("waiting: is its turn soon: files are taken one after another, the oldest day first.");
    }

    @Test
    void isNotTakenWhileItsVendorsIntakeStandsAndNoOthersIsMeant() throws IOException {
        put(ACME, Instant.EPOCH);
        put("generic-csv/a.csv", Instant.EPOCH);
        assertThat(left("acme", "No room in the archive.")).containsExactly("intake-stopped: No room in the archive.");
        assertThat(left("generic-csv", null)).singleElement().asString().startsWith("waiting: ");
    }

    @Test
    void waitsForAMemberOfItsSetWhichItNames() throws IOException {
        put(CHECKS, Instant.EPOCH);
        put("toast-nightly/12/PaymentDetails.csv", Instant.EPOCH);
        put("toast-nightly/.sets/aside/old", Instant.EPOCH);
        assertThat(left("toast-nightly", null))
                .containsExactly(
                        "other-files-missing: waits for the rest of its set: payments ((?<night>.*?)(?i:PaymentDetails)"
                                + "\\.(?i:csv)), items ((?<night>.*?)(?i:ItemSelectionDetails)\\.(?i:csv)).",
                        "other-files-missing: waits for the rest of its set: checks ((?<night>.*?)(?i:CheckDetails)"
                                + "\\.(?i:csv)), items ((?<night>.*?)(?i:ItemSelectionDetails)\\.(?i:csv)).");
        put("toast-nightly/07_PaymentDetails.csv", Instant.EPOCH);
        put("toast-nightly/07_ItemSelectionDetails.csv", Instant.EPOCH);
        put("toast-nightly/07_CashEntries.csv", Instant.EPOCH);
        assertThat(left("toast-nightly", null).subList(0, 4))
                .allMatch(why -> why.startsWith("waiting: "))
                .contains("waiting: is not read by the profile; is put into the archive soon.");
    }

    @Test
    void mayNotBeReadNorItsFolderLookedInto() throws IOException {
        Path file = put(ACME, Instant.EPOCH);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "who runs this may read everything");
        assertThat(left("acme", null))
                .containsExactly("no-permission: may not be read by who runs this command. Let them: chmod, chown.");
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("---------"));
        assertThat(left("acme", null))
                .containsExactly(
                        "no-permission: may not be looked into by who runs this command. Let them: chmod, chown.");
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    }

    private Path put(String name, Instant changed) throws IOException {
        Path file = folder.resolve("inbox").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text");
        return Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    /** @param stopped why nothing of the vendor is taken in; null where it is */
    private List<String> left(String vendor, String stopped) {
        Settings settings = SettingsReader.readOnly(
                folder, Map.of("posbridge.inbox", folder + "/inbox", "posbridge.inbox.settle", "60s"));
        return LeftInInbox.in(settings, profiles, Set.of(), true, one -> one.equals(vendor) ? stopped : null).stream()
                .filter(one -> vendor.equals(one.vendor()))
                .map(one -> one.word() + ": " + one.message())
                .toList();
    }
}
