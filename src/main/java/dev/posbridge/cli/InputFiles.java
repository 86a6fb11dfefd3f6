package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.intake.ByBusinessDate;
import dev.posbridge.vendor.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that a command line means, in the order in which they are to be taken. */
final class InputFiles {
    private InputFiles() {}

    /** @throws ConfigurationException naming every path that is not there */
    static List<Path> of(List<Path> paths, Profile profile) {
        List<Path> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path, profile));
            } else if (Files.isRegularFile(path) && Files.isReadable(path)) {
                files.add(path.toAbsolutePath());
            } else {
                problems.add(path + ": found "
                        + (Files.exists(path) ? "something that cannot be read as a file" : "nothing")
                        + ", expected a file or a folder. Correct the path, or its permissions.");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        files.sort(ByBusinessDate.of(profile));
        return files;
    }

    static ConfigurationException none(List<Path> paths) {
        return new ConfigurationException(paths.stream().map(Path::toString).collect(Collectors.joining(", "))
                + ": found no file of this vendor, expected at least one. Name a file, or a folder with files whose names"
                + " the profile's file-name allows.");
    }

    /** Plain files only; notes beside the data, such as a README, do not belong to the vendor's files. */
    private static List<Path> inFolder(Path folder, Profile profile) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> Files.isRegularFile(path)
                            && !path.getFileName().toString().startsWith(".")
                            && profile.takes(path.getFileName().toString()))
                    .map(Path::toAbsolutePath)
                    .toList();
        } catch (IOException problem) {
            throw new ConfigurationException(folder + ": cannot be listed (" + problem.getMessage() + ").", problem);
        }
    }
}
