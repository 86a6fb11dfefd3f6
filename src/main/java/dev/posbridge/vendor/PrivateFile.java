package dev.posbridge.vendor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Temporary files that nobody else can read, and that are gone however the process ends: they lose their name as soon as
 * they are open. Where that is impossible (Windows), they go when they are closed.
 */
final class PrivateFile {
    private PrivateFile() {}

    static FileChannel create() throws IOException {
        // Files that Java makes so are readable by their owner only.
        Path path = Files.createTempFile("posbridge-", ".rows");
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            Files.deleteIfExists(path);
        } catch (IOException inUse) {
            path.toFile().deleteOnExit();
        }
        return channel;
    }

    static void close(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }
}
