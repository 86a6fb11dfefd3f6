import dev.posbridge.vendor.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Damaged files of every format: each file of the vendors' cases is a sample, and each vendor is there a second time, under
 * a name that begins with {@link #PREFIX}, so that what comes of it is told from what has to come.
 */
final class HostileFiles implements Runnable {
    static final String PREFIX = "x-";

    private static final Path CASES = Path.of("src/test/resources/vendors");
    private static final Path PROFILES = Path.of("config/vendors");
    private static final int PAUSE_MILLIS = 250;
    private static final int LARGE_ONE_IN = 40;
    private static final int MANY = 30 << 20;
    private static final String[] NAMES = {
        "..csv", "-rf.csv", "a;b.csv", "${header.APIKey}.csv", "{{posbridge.gameball.url}}.csv", "new\nline.csv", "tab\t.csv", "\u202egnp.csv",
        "%2e%2e%2fstolen.csv", "a".repeat(200) + ".csv", "con.csv ", "simple:${exit}.csv"
    };

    private final Path inbox;
    private final Path aside;
    private final Random random;
    private final Wounds wounds;
    private final List<Sample> samples = new ArrayList<>();
    private int dropped;

    /** A whole file that its vendor's profile reads. */
    private record Sample(String vendor, String name, byte[] content) {}

    /** @param vendors folder of profiles, to which the hostile vendors are added */
    HostileFiles(Path work, Path vendors, Random random) throws IOException {
        this.inbox = work.resolve("inbox");
        this.aside = Files.createDirectories(work.resolve("aside"));
        this.random = random;
        this.wounds = new Wounds(random);
        for (Path vendor : list(CASES)) {
            addCases(vendor, vendors);
        }
        for (String format : List.of("json", "json-lines", "xml", "xlsx")) {
            String name = PREFIX + "plain-" + format;
            Files.writeString(vendors.resolve(name + ".yaml"), Mutations.profile(format).replace("vendor: fuzz", "vendor: " + name));
            samples.add(new Sample(name, "plain." + format, Mutations.sample(format)));
        }
        String zipped = PREFIX + "zipped";
        Files.writeString(vendors.resolve(zipped + ".yaml"),
                Mutations.profile("csv").replace("vendor: fuzz\n", "vendor: " + zipped + "\nunwrap: [zip]\n"));
        String endless = PREFIX + "endless";
        Files.writeString(vendors.resolve(endless + ".yaml"),
                Mutations.profile("csv").replace("vendor: fuzz\n", "vendor: " + endless + "\nreceipt: { key: [No], rows: scattered }\n"));
        Files.createDirectories(inbox.resolve(endless));
        for (Sample sample : samples) {
            Files.createDirectories(inbox.resolve(sample.vendor()));
        }
        Files.createDirectories(inbox.resolve(zipped));
    }

    private void addCases(Path vendor, Path vendors) throws IOException {
        String own = vendor.getFileName().toString();
        String name = PREFIX + own;
        Path beside = vendor.resolve(own + ".yaml");
        Path profile = Stream.of(beside, PROFILES.resolve(own + ".yaml"), PROFILES.resolve("unverified/" + own + ".yaml"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        String text = Files.readString(profile).replaceFirst("(?m)^vendor: .*$", "vendor: " + name);
        for (Path entry : list(vendor)) {
            if (Files.isDirectory(entry)) {
                for (Path file : list(entry)) {
                    if (!file.endsWith("expected.txt")) {
                        samples.add(new Sample(name, file.getFileName().toString(), Files.readAllBytes(file)));
                    }
                }
            } else if (!entry.equals(beside)) {
                // Two vendors may have look-up files of one name.
                String other = name + "-" + entry.getFileName();
                Files.copy(entry, vendors.resolve(other));
                text = text.replaceAll("(?<=[\\s\"'])" + Pattern.quote(entry.getFileName().toString()), other);
            }
        }
        Files.writeString(vendors.resolve(name + ".yaml"), text);
    }

    int dropped() {
        return dropped;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                drop();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * PAUSE_MILLIS));
            }
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void drop() throws IOException, InterruptedException {
        dropped++;
        int kind = random.nextInt(LARGE_ONE_IN);
        if (kind == 0) {
            large(random.nextInt(7));
        } else if (kind == 1) {
            odd(random.nextInt(4));
        } else {
            Sample sample = samples.get(random.nextInt(samples.size()));
            byte[] content = random.nextInt(10) == 0 ? sample.content() : wounds.damaged(sample.content());
            drop(sample.vendor(), random.nextInt(3) == 0 ? dropped + "-" + sample.name() : sample.name(), content);
        }
    }

    /** What never ends, is too deep, or becomes too much. */
    private void large(int kind) throws IOException {
        switch (kind) {
            case 0 -> drop(PREFIX + "zipped", dropped + ".zip", Bombs.zip("night.csv"));
            case 1 -> drop(PREFIX + "table", dropped + ".csv", Bombs.ONCE);
            case 2 -> drop(PREFIX + "generic-csv", dropped + ".csv", filled("kind,id,total\nsale,", "x", "\n"));
            case 3 -> drop(PREFIX + "endless", dropped + ".csv", filled("No,At,Total,Card\n", "R-1,2026-01-31 09:00,1.00," + "c".repeat(900) + "\n", ""));
            case 4 -> drop(PREFIX + "plain-xml", dropped + ".xml", filled("<Day>", "<Sale>", ""));
            case 5 -> drop(PREFIX + "plain-json", dropped + ".json", filled("{\"Sale\":", "[", ""));
            default -> drop(PREFIX + "plain-xml", dropped + ".xml", ("<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'>"
                    + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]><Day>&d;</Day>").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] filled(String beginning, String piece, String end) {
        return (beginning + piece.repeat(MANY / 4 / piece.length()) + end).getBytes(StandardCharsets.UTF_8);
    }

    /** Entries that are no files, or have names that nobody should give. */
    private void odd(int kind) throws IOException, InterruptedException {
        Path folder = inbox.resolve(samples.get(random.nextInt(samples.size())).vendor());
        try {
            switch (kind) {
                case 0 -> Files.createSymbolicLink(folder.resolve("link-" + dropped + ".csv"), Path.of("/etc/hostname"));
                case 1 -> new ProcessBuilder("mkfifo", folder.resolve("pipe-" + dropped + ".csv").toString()).start().waitFor();
                case 2 -> Files.createDirectories(folder.resolve("folder-" + dropped + ".csv"));
                default -> Files.write(folder.resolve(NAMES[random.nextInt(NAMES.length)]), samples.get(0).content());
            }
        } catch (FileAlreadyExistsException there) {
            // It lies there from before: nobody takes it.
        }
    }

    private void drop(String vendor, String name, byte[] content) throws IOException {
        Path file = Files.write(aside.resolve("next"), content);
        Files.move(file, inbox.resolve(vendor).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
