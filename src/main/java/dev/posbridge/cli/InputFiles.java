package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.intake.ByBusinessDate;
import dev.posbridge.vendor.LooseFiles;
import dev.posbridge.vendor.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that a command line means, in the order in which they are to be taken. */
final class InputFiles {
    /** Packed sets are kept so long, for a service that reads them later. */
    private static final Duration KEPT = Duration.ofDays(30);

    private InputFiles() {}

    /** As below, for a command that reads them itself and then ends. */
    static List<Path> of(List<Path> paths, Profile profile) {
        if (profile.set().isEmpty()) {
            return of(paths, profile, null);
        }
        try {
            Path folder = Files.createTempDirectory("posbridge-");
            folder.toFile().deleteOnExit();
            List<Path> files = of(paths, profile, folder);
            files.stream().filter(file -> file.startsWith(folder)).forEach(file -> {
                file.getParent().toFile().deleteOnExit();
                file.toFile().deleteOnExit();
            });
            return files;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    "No temporary folder can be made (" + problem.getMessage() + ").", problem);
        }
    }

    /**
     * Finds them; those that are read together are put together.
     *
     * @param packed the folder for files that were put together
     * @throws ConfigurationException naming every path that is not there
     */
    static List<Path> of(List<Path> paths, Profile profile, Path packed) {
        List<Path> files = found(paths, profile);
        if (profile.set().isPresent()) {
            clear(packed);
            files = new ArrayList<>(LooseFiles.of(profile.set().get(), files).packed(packed));
        }
        files.sort(ByBusinessDate.of(profile));
        return files;
    }

    /** What was put together a month ago and more has been read, and lies in parts where it came from. */
    private static void clear(Path packed) {
        Instant old = Instant.now().minus(KEPT);
        try (Stream<Path> there = Files.isDirectory(packed) ? Files.walk(packed) : Stream.empty()) {
            for (Path file : there.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.delete(file);
                }
            }
        } catch (IOException | UncheckedIOException busy) {
            return; // It goes another time.
        }
    }

    private static List<Path> found(List<Path> paths, Profile profile) {
        List<Path> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path, profile));
            } else if (Files.isRegularFile(path) && Files.isReadable(path)) {
                files.add(path.toAbsolutePath());
            } else {
                problems.add(path + ": found "
                        + (Files.exists(path)
                                ? "something that cannot be read as a file"
                                : path.isAbsolute()
                                        ? "nothing"
                                        : "nothing in " + Path.of("").toAbsolutePath())
                        + ", expected a file or a folder. Correct the path, or its permissions.");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return files;
    }

    static ConfigurationException none(List<Path> paths) {
        return new ConfigurationException(paths.stream().map(Path::toString).collect(Collectors.joining(", "))
                + ": found no file of this vendor, expected at least one. Name a file, or a folder with files whose names"
                + " the profile's file-name allows.");
    }

    /** Plain files only; notes beside the data, such as a README, do not belong to the vendor's files. */
    private static List<Path> inFolder(Path folder, Profile profile) {
        int depth = profile.set().isPresent() ? 2 : 1; // A day's files often have a folder of their own.
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(path -> Files.isRegularFile(path)
                            && !path.getFileName().toString().startsWith(".")
                            && profile.takes(path))
                    .map(Path::toAbsolutePath)
                    .toList();
        } catch (IOException problem) {
            throw new ConfigurationException(folder + ": cannot be listed (" + problem.getMessage() + ").", problem);
        }
    }
}
