package dev.posbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources as somebody writes them down. */
class SourcesTest {
    @TempDir
    private Path folder;

    @Test
    void readsAnSftpSourceWithWhatIsMeantWhereNothingIsSaid() {
        SftpSource source = read(
                        "night.vendor = acme",
                        "night.host = sftp.example.com",
                        "night.user = chain",
                        "night.password = secret",
                        "night.known-hosts-file = known_hosts")
                .sftp()
                .get(0);

        assertThat(source.name()).isEqualTo("night");
        assertThat(source.server().port()).isEqualTo(22);
        assertThat(source.server().checked()).isTrue();
        assertThat(source.server().knownHosts()).isEqualTo(folder.resolve("known_hosts"));
        assertThat(source.drop())
                .isEqualTo(new SftpSource.Drop(
                        ".", "*", "{file}", null, Duration.ofSeconds(10), 0, 2L << 30, ZoneId.of("UTC")));
        assertThat(source.schedule()).isEqualTo(new SftpSource.Schedule(Duration.ofMinutes(1), null));
        assertThat(source.after().kind()).isEqualTo(SftpSource.After.Kind.KEEP);
        assertThat(source.expects()).isNull();
        assertThat(source.report()).isNull();
        assertThat(source.toString()).doesNotContain("=secret");
    }

    @Test
    void readsOneFolderAStoreAndWhatEachHasToSend() {
        SftpSource source = read(
                        "night.vendor = acme",
                        "night.host = 127.0.0.1",
                        "night.user = chain",
                        "night.password = secret",
                        "night.trust-any-host-for-tests = true",
                        "night.folder = /drops/{store}/out",
                        "night.cron = */5 1-6 * * *",
                        "night.zone = Europe/London",
                        "night.after = move",
                        "night.move-to = done",
                        "night.expects-file = EOD_{store}_{date:yyyyMMdd}.csv",
                        "night.expects-stores = 07, 12",
                        "night.expects-by = 04:30",
                        "night.expects-days = mon, sat")
                .sftp()
                .get(0);

        assertThat(source.drop().localName()).isEqualTo("{store}_{file}");
        assertThat(source.schedule().cron()).isEqualTo("0 */5 1-6 * * *");
        assertThat(source.after().moveTo()).isEqualTo("done");
        assertThat(source.expects().stores()).containsExactly("07", "12");
        assertThat(source.expects().by()).isEqualTo(LocalTime.of(4, 30));
        assertThat(source.expects().days()).containsExactly(DayOfWeek.MONDAY, DayOfWeek.SATURDAY);
    }

    @Test
    void readsWhatHasToComeIntoAnInbox() {
        Source source = read(
                        "eod.vendor = acme",
                        "eod.expects-file = EOD_{date:yyyyMMdd}.csv",
                        "eod.expects-by = 23:00",
                        "eod.zone = Europe/London")
                .expecting()
                .get(0);

        assertThat(source)
                .isEqualTo(new ExpectedSource(
                        "eod",
                        "acme",
                        new Expects(
                                "EOD_{date:yyyyMMdd}.csv",
                                List.of(),
                                LocalTime.of(23, 0),
                                EnumSet.allOf(DayOfWeek.class),
                                ZoneId.of("Europe/London"))));
        assertThat(source.outline()).isEqualTo("eod, acme, expects EOD_{date:yyyyMMdd}.csv by 23:00");
    }

    @Test
    void asksForTheStoresThatAreExpected() {
        Sources sources = read("eod.vendor = acme", "eod.expects-file = EOD_{store}_{date:yyyyMMdd}.csv");

        assertThat(sources.problems(List.of("acme"), vendor -> true)).isEmpty();
        assertThat(sources.problems(List.of("acme"), vendor -> false))
                .containsExactly(
                        "posbridge.sources.eod.expects-file has {store}, and nothing says which stores there are."
                                + " Set posbridge.sources.eod.expects-stores, or lookups.<name>.expected in the profile of acme.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eod.zone = Europe/Lodnon | eod.zone is \"Europe/Lodnon\", expected a time zone such as Europe/London",
                "eod.zone = here and there | eod.zone is \"here and there\", expected a time zone such as Europe/London",
                "eod.expects-by = 3 am | eod.expects-by is \"3 am\", expected a time such as 03:00",
                "eod.expects-file = EOD.csv | eod.expects-file is \"EOD.csv\", expected a name such as",
                "eod.expects-file = E_{date:MMMMMMMM} | eod.expects-file is \"E_{date:MMMMMMMM}\", expected a name such as",
                "eod.expects-file = ../E_{date:yyyy} | eod.expects-file is \"../E_{date:yyyy}\", expected a name such as",
                "eod.expects-days = monday | eod.expects-days is \"monday\", expected days such as mon, tue, sun",
                "eod.expects-stores = 07 | source eod has expects-stores without {store} in expects-file.",
                "eod.folder = /drops | eod.folder means nothing to a source without host. Remove the key.",
                "eod.max-body = 1MiB | eod.max-body means nothing to a source without queue. Remove the key."
            })
    void saysWhatIsWrongWithWhatIsExpected(String line) {
        String[] parts = line.split(" \\| ");
        assertThatThrownBy(() -> read("eod.vendor = acme", "eod.expects-file = EOD_{date:yyyyMMdd}.csv", parts[0]))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(parts[1]);
    }

    @Test
    void aSourceWithoutADoorSaysWhatItMayBe() {
        assertThatThrownBy(() -> read("eod.vendor = acme"))
                .hasMessageContaining(
                        "source eod has neither host nor queue, expected host for an SFTP server or queue for a"
                                + " queue; or expects-file for what has to come into the inbox.");
        assertThatThrownBy(() -> read("t.vendor = acme", "t.queue = q", "t.expects-file = E_{date:yyyyMMdd}"))
                .hasMessageContaining("posbridge.sources.t.expects-file means nothing to a queue. Remove the key.");
    }

    @Test
    void readsAQueue() {
        assertThat(read("tills.vendor = acme", "tills.queue = receipts").queues())
                .containsExactly(new QueueSource("tills", "acme", "receipts", QueueSource.Body.RECEIPT, 16L << 20));
    }

    @Test
    void takesSecretsFromTheEnvironment() {
        Settings settings = SettingsReader.read(
                folder,
                null,
                Map.of(
                        "POSBRIDGE_SOURCES_NIGHT_SHIFT_KEY_PASSPHRASE",
                        "deep",
                        "POSBRIDGE_SOURCES_NIGHT_SHIFT_HOST",
                        "h"),
                lines(
                        "night-shift.vendor = acme",
                        "night-shift.user = chain",
                        "night-shift.key-file = id_ed25519",
                        "night-shift.known-hosts-file = known_hosts"));

        assertThat(settings.sources().sftp().get(0).server().keyPassphrase().read())
                .isEqualTo("deep");
    }

    @Test
    void readsASecretAnewEachTimeSoThatItCanBeReplaced() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "old\n");
        Secret secret = new Secret(null, file);

        assertThat(secret.read()).isEqualTo("old");
        Files.writeString(file, "new");
        assertThat(secret.read()).isEqualTo("new");
        assertThat(secret.toString()).isEqualTo("(secret)");
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThatThrownBy(() -> read(
                        "night.vendor = acme",
                        "night.host = sftp.example.com",
                        "night.pasword = secret",
                        "night.folder = ../other",
                        "night.files = a/b",
                        "night.cron = at night",
                        "night.move-to = done",
                        "night.max-size = 2GB",
                        "night.trust-any-host-for-tests = true",
                        "both.host = h",
                        "both.queue = q",
                        "Big.host = h"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "unknown key \"posbridge.sources.night.pasword\". Did you mean"
                                + " \"posbridge.sources.night.password\"?",
                        "unknown key \"posbridge.sources.Big.host\", expected posbridge.sources.<name>.<key> with a name of"
                                + " small letters, digits and hyphens.",
                        "source night has neither password nor key-file. Set posbridge.sources.night.password-file, or"
                                + " posbridge.sources.night.key-file.",
                        "source night has no user. Set posbridge.sources.night.user.",
                        "posbridge.sources.night.trust-any-host-for-tests is \"true\", expected false, or a host on this"
                                + " machine",
                        "posbridge.sources.night.folder is \"../other\", expected a folder",
                        "posbridge.sources.night.files is \"a/b\", expected a plain file name",
                        "posbridge.sources.night.cron is \"at night\", expected five or six fields",
                        "posbridge.sources.night.move-to means nothing to a source without after = move.",
                        "posbridge.sources.night.max-size is \"2GB\", expected a size with its unit",
                        "source both has both host and queue, expected host for an SFTP server or queue for a queue.");
    }

    @Test
    void insistsOnKnownHosts() {
        assertThatThrownBy(() ->
                        read("night.vendor = acme", "night.host = h", "night.user = chain", "night.password = secret"))
                .hasMessageContaining(
                        "source night has no known-hosts-file: without it anybody could play the server.");
    }

    @Test
    void namesTheFilesThatAreNotThere() throws Exception {
        Files.writeString(folder.resolve("password"), "secret");
        Sources sources = read(
                "night.vendor = acme",
                "night.host = h",
                "night.user = chain",
                "night.password-file = password",
                "night.key-file = id_ed25519",
                "night.known-hosts-file = known_hosts");

        assertThat(sources.missingFiles())
                .isEqualTo(
                        List.of(
                                "posbridge.sources.night.key-file is \"" + folder.resolve("id_ed25519")
                                        + "\", expected a file that is there and can be read. Correct the path or its permissions.",
                                "posbridge.sources.night.known-hosts-file is \"" + folder.resolve("known_hosts")
                                        + "\", expected a file that is there and can be read. Correct the path or its permissions."));
    }

    private Sources read(String... lines) {
        return SettingsReader.readOnly(folder, lines(lines)).sources();
    }

    private static Map<String, String> lines(String... lines) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(lines)
                .map(line -> line.split(" = ", 2))
                .forEach(pair -> values.put("posbridge.sources." + pair[0], pair[1]));
        return values;
    }
}
