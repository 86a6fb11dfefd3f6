package dev.posbridge;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is wrong with a file that somebody named. */
public final class FileProblem {
    private FileProblem() {}

    /** File and fault, without the full stop: that it is not there is no matter of reading. */
    public static String of(Path file, IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return absent(file);
        }
        if (Files.isDirectory(file)) {
            return file + ": is a folder, expected a file";
        }
        return file + ": cannot be read ("
                + (problem instanceof AccessDeniedException ? "permission denied" : problem.getMessage()) + ")";
    }

    /** Of a relative one also where it was looked for. */
    public static String absent(Path file) {
        return file + ": there is no such file"
                + (file.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath());
    }
}
