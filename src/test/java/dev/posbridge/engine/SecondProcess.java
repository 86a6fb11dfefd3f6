package dev.posbridge.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that looks at locks: what a process sees of its own is no proof of what others see. */
public final class SecondProcess implements AutoCloseable {
    private static final String HOLDER = "holder";
    private static final String LOCK = "lock";

    private final Process process;

    private SecondProcess(Process process) {
        this.process = process;
    }

    /** Whom another process finds that it holds the folder; {@code nobody} where it could take it. */
    public static String holder(Path folder) throws IOException {
        try (SecondProcess asked = start(HOLDER, folder)) {
            return new String(asked.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Locks a file until it is closed. */
    public static SecondProcess lock(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        SecondProcess other = start(LOCK, file);
        if (other.process.getInputStream().read() < 0) {
            throw new IOException(file + " was not locked by the other process");
        }
        return other;
    }

    private static SecondProcess start(String wish, Path path) throws IOException {
        return new SecondProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SecondProcess.class.getName(),
                        wish,
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The other process. */
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[1]);
        if (arguments[0].equals(HOLDER)) {
            System.out.print(DataFolder.holder(path).orElse("nobody"));
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            System.out.println(lock);
            System.out.flush();
            // Until whoever started it ends it, or is gone.
            System.in.readAllBytes();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
