package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Vendors as data: {@code vendors/<vendor>/<case>/} holds one input file (of vendors whose files are
 * read together: all of them) and {@code expected.txt}. A vendor's profile is
 * the built-in one, or stands beside its cases. What was found instead is written below {@code target/vendors}.
 */
class VendorCasesTest {
    static final Path CASES = Path.of("src/test/resources/vendors");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-01T06:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("cases")
    void becomesWhatItsFolderExpects(String vendor, String name) throws IOException {
        Path given = CASES.resolve(vendor).resolve(name);
        List<Path> inputs =
                files(given).filter(file -> !file.endsWith("expected.txt")).toList();
        Path input = inputs.get(0);
        Profile profile = profile(vendor);
        String found = profile.set().isPresent()
                ? Outcomes.of(profile, packed(folder, profile.set().get(), inputs))
                : Outcomes.of(profile, input.getFileName().toString(), Files.readAllBytes(input));

        Path written = Path.of("target/vendors").resolve(vendor).resolve(name).resolve("expected.txt");
        Files.createDirectories(written.getParent());
        Files.writeString(written, found);
        assertThat(found).isEqualTo(Files.readString(given.resolve("expected.txt")));
    }

    /** Files that are read together, as intake puts them together. */
    static Path packed(Path folder, FileSet set, List<Path> inputs) throws IOException {
        TreeMap<String, Path> members = new TreeMap<>();
        inputs.forEach(file -> members.put(file.getFileName().toString(), file));
        String lead =
                members.keySet().stream().filter(set.lead()::fits).findFirst().orElse(members.firstKey());
        Path target = folder.resolve(lead + FileSet.ENDING);
        FileSet.pack(members, target);
        return target;
    }

    @Test
    void documentsTheGenericLayoutWithAFileThatIsTested() throws IOException {
        Path example = CASES.resolve("generic-csv/each-kind/night.csv");
        assertThat(Files.readString(Path.of("docs/generic-csv.md"))).contains(Files.readString(example));
    }

    @Test
    void documentsFixedWidthWithAProfileThatIsTested() throws IOException {
        assertThat(Path.of("docs/examples/harbour-grill.yaml"))
                .hasSameTextualContentAs(CASES.resolve("harbour-grill/harbour-grill.yaml"));
    }

    @Test
    void documentsACommaFileWithAHeaderWithAProfileThatIsTested() {
        assertThat(Path.of("docs/examples/high-street.yaml"))
                .hasSameTextualContentAs(CASES.resolve("high-street/high-street.yaml"));
    }

    static Profile profile(String vendor) {
        Path own = CASES.resolve(vendor);
        boolean beside = Files.exists(own.resolve(vendor + ".yaml"));
        return Profiles.in(beside ? own : Path.of("config/vendors"), CLOCK).named(vendor);
    }

    static Stream<Object[]> cases() throws IOException {
        return files(CASES).filter(Files::isDirectory).flatMap(vendor -> names(vendor)
                .map(name -> new Object[] {vendor.getFileName().toString(), name}));
    }

    private static Stream<String> names(Path vendor) {
        try {
            return files(vendor).filter(Files::isDirectory).map(folder -> folder.getFileName()
                    .toString());
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return List.copyOf(files.sorted().toList()).stream();
        }
    }
}
