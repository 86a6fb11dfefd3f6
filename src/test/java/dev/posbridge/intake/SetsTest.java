package dev.posbridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.vendor.FileSet;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files that are read together become one in an inbox. */
class SetsTest {
    private static final FileSet DINER = Profiles.in(Path.of("src/test/resources/vendors/diner"))
            .named("diner")
            .set()
            .orElseThrow();

    @TempDir
    private Path folder;

    private LedgerDatabase database;
    private HealthBook health;
    private Path inbox;
    private long now;
    private Sets sets;

    @BeforeEach
    void open() throws IOException {
        database = LedgerDatabase.open(folder.resolve("ledger.db"));
        LedgerAccount.claim(database, "chain", "test", "GBP");
        health = new HealthBook(database);
        inbox = Files.createDirectories(folder.resolve("inbox/diner"));
        sets = sets();
    }

    private Sets sets() {
        return sets(DINER);
    }

    private Sets sets(FileSet set) {
        return new Sets(
                "diner",
                () -> Optional.of(set),
                inbox,
                folder.resolve("archive"),
                Duration.ofSeconds(10),
                health,
                () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void waitsForEachFileAndUntilAllStandStill() throws IOException {
        write("bills_20260131.csv", "goods_20260131.csv", "voids_20260131.csv");
        looksAfter(20);
        assertThat(offered()).isEmpty();

        write("money_20260131.txt");
        looksAfter(5);
        assertThat(offered()).isEmpty();
        Files.writeString(inbox.resolve("money_20260131.txt"), "more", StandardOpenOption.APPEND);
        looksAfter(6);
        assertThat(offered()).isEmpty();
        looksAfter(11);

        assertThat(offered()).containsExactly("bills_20260131.csv.set.zip");
        assertThat(members("bills_20260131.csv.set.zip"))
                .containsExactly(
                        "bills_20260131.csv", "goods_20260131.csv", "money_20260131.txt", "voids_20260131.csv");
        assertThat(health.reported()).singleElement().satisfies(concern -> assertThat(concern.state())
                .isEqualTo(HealthBook.State.GREEN));
    }

    @Test
    void takesAlongAFileThatMayBeMissingWhereItIsThereAndDoesNotWaitForIt() throws IOException {
        sets = sets(Profiles.in(Path.of("config/vendors"))
                .named("toast-nightly")
                .set()
                .orElseThrow());
        write("1/CheckDetails.csv", "1/PaymentDetails.csv", "1/ItemSelectionDetails.csv", "1/OrderDetails.csv");
        write("2/CheckDetails.csv", "2/PaymentDetails.csv", "2/ItemSelectionDetails.csv");
        write("3/CheckDetails.csv", "3/PaymentDetails.csv", "3/OrderDetails.csv");
        looksAfter(7_200);

        assertThat(offered()).containsExactly("1_CheckDetails.csv.set.zip", "2_CheckDetails.csv.set.zip");
        assertThat(members("1_CheckDetails.csv.set.zip")).hasSize(4).contains("OrderDetails.csv");
        assertThat(members("2_CheckDetails.csv.set.zip")).hasSize(3);
        assertThat(health.reported()).singleElement().satisfies(concern -> assertThat(concern.message())
                .startsWith("1 not complete: set 3_CheckDetails.csv.set.zip has 3 of 4 files and lacks items ("));
    }

    @Test
    void keepsNightsApartByWhatTheirNamesSayAndByTheirFolders() throws IOException {
        night("", "20260130");
        night("", "20260131");
        night("store-7", "20260131");
        write("store-8/bills_20260131.csv");
        looksAfter(11);

        assertThat(offered())
                .containsExactly(
                        "bills_20260130.csv.set.zip",
                        "bills_20260131.csv.set.zip",
                        "store-7_bills_20260131.csv.set.zip");
        assertThat(inbox.resolve("store-8/bills_20260131.csv")).exists();
        assertThat(inbox.resolve("store-7")).isEmptyDirectory();
    }

    @Test
    void makesTheSameBytesOfTheSameFiles() throws IOException {
        night("", "20260131");
        looksAfter(11);
        byte[] first = Files.readAllBytes(inbox.resolve("bills_20260131.csv.set.zip"));
        Files.delete(inbox.resolve("bills_20260131.csv.set.zip"));
        night("", "20260131");
        looksAfter(11);

        assertThat(inbox.resolve("bills_20260131.csv.set.zip")).hasBinaryContent(first);
    }

    @Test
    void saysWhatASetLacksOnceItIsLate() throws IOException {
        write("bills_20260131.csv", "goods_20260131.csv", "voids_20260131.csv");
        looksAfter(7_199 - 11);
        assertThat(health.worst()).isEqualTo(HealthBook.State.GREEN);
        looksAfter(7_200);

        assertThat(health.reported()).singleElement().satisfies(concern -> {
            assertThat(concern.state()).isEqualTo(HealthBook.State.RED);
            assertThat(concern.name()).isEqualTo("sets of diner");
            assertThat(concern.message())
                    .isEqualTo("1 not complete: set bills_20260131.csv.set.zip has 3 of 4 files and lacks money "
                            + "(money_(?<businessDate>\\d{8})\\.txt). Put it beside the others in " + inbox
                            + "; where a file came again, all of its set must.");
        });
        write("money_20260131.txt");
        looksAfter(11);
        assertThat(offered()).hasSize(1);
        assertThat(health.worst()).isEqualTo(HealthBook.State.GREEN);
    }

    @Test
    void doesNotChooseBetweenTwoFilesOfOnePart() throws IOException {
        FileSet loose = new FileSet(
                DINER.parts().stream()
                        .map(part -> new dev.posbridge.vendor.format.set.PartName(
                                part.name(),
                                java.util.regex.Pattern.compile(part.name() + ".*"),
                                List.of(),
                                part.missing()))
                        .toList(),
                List.of(),
                Duration.ofHours(2));
        sets = new Sets(
                "diner",
                () -> Optional.of(loose),
                inbox,
                folder.resolve("archive"),
                Duration.ofSeconds(10),
                health,
                () -> now);
        write("bills.csv", "goods.csv", "money.txt", "voids.csv", "money 1.txt");
        looksAfter(11);

        assertThat(offered()).isEmpty();
        assertThat(health.reported()).singleElement().satisfies(concern -> assertThat(concern.message())
                .isEqualTo("1 not complete: money.txt and another file are the same part of set bills.csv.set.zip, "
                        + "expected one of each. Remove the one that is not meant."));
    }

    @Test
    void goesOnAfterACrashBeforeItsFilesWerePutAside() throws IOException {
        night("", "20260131");
        Path begun = Files.createDirectories(inbox.resolve(".sets/begun/."));
        TreeMap<String, Path> members = new TreeMap<>();
        for (String name :
                List.of("bills_20260131.csv", "goods_20260131.csv", "money_20260131.txt", "voids_20260131.csv")) {
            members.put(name, inbox.resolve(name));
        }
        FileSet.pack(members, begun.resolve("bills_20260131.csv.set.zip"));
        Files.delete(inbox.resolve("bills_20260131.csv"));
        Files.writeString(inbox.resolve("goods_20260131.csv"), "another night's, that came meanwhile");
        sets().look();

        assertThat(offered()).containsExactly("bills_20260131.csv.set.zip");
        assertThat(names(inbox)).contains("goods_20260131.csv").doesNotContain("money_20260131.txt");
        assertThat(members("bills_20260131.csv.set.zip")).hasSize(4);
    }

    @Test
    void forgetsASetThatWasHalfPackedWhenItDied() throws IOException {
        night("", "20260131");
        Path begun = Files.createDirectories(inbox.resolve(".sets/begun/."));
        Files.writeString(begun.resolve("bills_20260131.csv.set.zip.part"), "PK");
        looksAfter(11);

        assertThat(offered()).containsExactly("bills_20260131.csv.set.zip");
        assertThat(members("bills_20260131.csv.set.zip")).hasSize(4);
    }

    @Test
    void bringsAllOfASetBackWhereOneFileWasWrittenToAfterwards() throws IOException {
        night("", "20260131");
        looksAfter(11);
        Files.delete(inbox.resolve("bills_20260131.csv.set.zip"));
        Path aside;
        try (Stream<Path> files = Files.walk(inbox.resolve(".sets/aside"))) {
            aside = files.filter(file -> file.getFileName().toString().startsWith("money_"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(aside, "late row", StandardOpenOption.APPEND);
        sets.look();
        assertThat(names(inbox)).contains("bills_20260131.csv", "money_20260131.txt");
        looksAfter(11);

        assertThat(offered()).containsExactly("bills_20260131.csv.set.zip");
        try (ZipFile zip =
                new ZipFile(inbox.resolve("bills_20260131.csv.set.zip").toFile())) {
            assertThat(new String(zip.getInputStream(zip.getEntry("money_20260131.txt"))
                            .readAllBytes()))
                    .isEqualTo("money_20260131.txtlate row");
        }
    }

    @Test
    void forgetsWhatItPutAsideADayLater() throws IOException {
        night("", "20260131");
        looksAfter(11);
        Path aside = inbox.resolve(".sets/aside/bills_20260131.csv.set.zip");
        assertThat(aside).isNotEmptyDirectory();
        Files.setLastModifiedTime(aside, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        sets.look();

        assertThat(aside).doesNotExist();
    }

    @Test
    void archivesWhatComesAlongAndIsNotRead() throws IOException {
        write("notes.txt");
        looksAfter(11);

        assertThat(inbox.resolve("notes.txt")).doesNotExist();
        assertThat(folder.resolve("archive").resolve(LocalDate.now().toString()).resolve("notes.txt"))
                .exists();
    }

    private void night(String within, String day) throws IOException {
        String before = within.isEmpty() ? "" : within + "/";
        write(
                before + "bills_" + day + ".csv",
                before + "goods_" + day + ".csv",
                before + "money_" + day + ".txt",
                before + "voids_" + day + ".csv");
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = inbox.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, file.getFileName().toString());
        }
    }

    /** Looks now, and again so many seconds later. */
    private void looksAfter(int seconds) throws IOException {
        sets.look();
        now += seconds * 1_000_000_000L;
        sets.look();
    }

    private List<String> offered() throws IOException {
        return names(inbox).stream().filter(FileSet::isPacked).toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> members(String name) throws IOException {
        List<String> found = new ArrayList<>();
        try (ZipFile zip = new ZipFile(inbox.resolve(name).toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                found.add(entries.nextElement().getName());
            }
        }
        return found;
    }
}
