package dev.posbridge.settings;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password or passphrase, given as such or in a file that is read each time, so that it can be replaced. Never shown. */
public final class Secret {
    private final String text;
    private final Path file;

    Secret(String text, Path file) {
        this.text = text;
        this.file = file;
    }

    /**
     * The secret as it is now; a file's last line end is not part of it.
     *
     * @throws ConfigurationException where its file cannot be read, or is empty
     */
    public String read() {
        if (text != null) {
            return text;
        }
        try {
            String read = Files.readString(file).replaceFirst("\\r?\\n$", "");
            if (read.isEmpty()) {
                throw new ConfigurationException(file + ": is empty, expected a secret. Write it there.");
            }
            return read;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    FileProblem.of(file, problem) + ", expected a secret. Correct the path or its permissions.",
                    problem);
        }
    }

    /** The file that holds it, or null. */
    public Path file() {
        return file;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
