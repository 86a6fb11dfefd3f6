package dev.posbridge.console;

import dev.posbridge.PlainName;
import dev.posbridge.PosbridgeException;
import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A file that somebody gave to a page. It lies, for its owner only, in a folder of its own as long as it is looked at; what a
 * process that was killed left behind goes with the next one.
 */
final class DroppedFile implements AutoCloseable {
    private static final String FOLDER = "console-tries";
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Path path;

    private DroppedFile(Path path) {
        this.path = path;
    }

    /**
     * Answers by the file that came, which is gone then.
     *
     * @throws RefusedException where none came, or its name is none that we let near a file system
     */
    static Answer answer(Visit visit, Workplace workplace, Function<DroppedFile, Answer> by) {
        try (DroppedFile file = of(visit, workplace)) {
            try {
                return by.apply(file);
            } catch (RefusedException refused) {
                throw refused;
            } catch (PosbridgeException wrong) {
                // Where it lies for a moment is of use to nobody.
                String message = wrong.getMessage().replace(file.path().getParent() + "/", "");
                throw new RefusedException(409, message, wrong);
            }
        }
    }

    private static DroppedFile of(Visit visit, Workplace workplace) {
        Multipart.File given = visit.asked().file();
        if (given == null || given.size() == 0) {
            throw new RefusedException(400, "No file came, or an empty one. Choose a file first.");
        }
        String name = given.name().replaceFirst("^.*[/\\\\]", "");
        if (!PlainName.is(name)) {
            throw new RefusedException(
                    400,
                    "The file is called \"" + name
                            + "\", expected letters, digits, blanks and . _ - only, not longer than 128. Rename it.");
        }
        try {
            Path tries =
                    PrivateFiles.folder(workplace.settings().folders().data().resolve(FOLDER));
            forget(tries, FORGOTTEN);
            Path file = Files.createTempDirectory(tries, "try").resolve(name);
            DroppedFile dropped = new DroppedFile(file);
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(given.body(), given.from(), given.size());
            } catch (IOException full) {
                dropped.close();
                throw full;
            }
            return dropped;
        } catch (IOException problem) {
            throw new RefusedException(
                    507, "The file cannot be laid down to be read: " + problem.getMessage(), problem);
        }
    }

    /** Takes the folders in it away that nobody has touched for so long. */
    static void forget(Path all, Duration age) throws IOException {
        Instant old = Instant.now().minus(age);
        try (Stream<Path> folders = Files.list(all)) {
            for (Path folder : folders.toList()) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
                    remove(folder);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> in = Files.list(folder)) {
            files = in.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    Path path() {
        return path;
    }

    String name() {
        return path.getFileName().toString();
    }

    @Override
    public void close() {
        try {
            remove(path.getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
