package dev.posbridge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes of their own, started as the launcher starts them; none outlives the test. */
final class Posbridges implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /** A process and where its output goes. */
    record Posbridge(Process process, Path out, Path err) {
        String outText() {
            return text(out);
        }

        /** Without the options that commands which are proposed carry on: {@link NextCommandsTest} has those. */
        String errText() {
            return text(err).replaceAll("posbridge (?:--(?:data-dir|set|config) \\S+ )+", "posbridge ");
        }

        /** Waits for its end. */
        int exit() throws InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end; it said: " + outText() + errText());
            }
            return process.exitValue();
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    Posbridges(Path folder) {
        this.folder = folder;
    }

    /** With the launcher's own mask of permissions, whatever that of the one who starts it. */
    Posbridge startAsTheLauncherDoes(String... arguments) throws IOException {
        String mask = Files.readAllLines(Path.of("posbridge")).stream()
                .filter(line -> line.startsWith("umask "))
                .findFirst()
                .orElseThrow();
        return start(List.of("sh", "-c", "umask 000; " + mask + "; exec \"$@\"", "sh"), arguments);
    }

    Posbridge start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    /** @param options of the virtual machine, such as a failpoint at which it ends */
    Posbridge startWith(List<String> options, String... arguments) throws IOException {
        return start(List.of(), options, arguments);
    }

    private Posbridge start(List<String> before, String... arguments) throws IOException {
        return start(before, List.of(), arguments);
    }

    private Posbridge start(List<String> before, List<String> options, String... arguments) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=config/logback.xml",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", classes, "dev.posbridge.Posbridge"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out-" + processes.size() + ".txt");
        Path err = folder.resolve("err-" + processes.size() + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        processes.add(process);
        return new Posbridge(process, out, err);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
