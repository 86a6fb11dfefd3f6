package dev.posbridge.vendor.unwrap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code unwrap: command}: a program of one's own, started without a shell, that reads the packed file and writes the
 * plain one. It inherits no environment, so no secret; it is killed when its time is over, or when nobody reads on.
 *
 * @param arguments the program, and what it is told
 * @param ending of the file names that it is for
 */
public record CommandStep(List<String> arguments, String ending, Duration timeout) implements Step {
    private static final int MOST_ERROR = 500;

    public CommandStep {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String word() {
        return "command " + arguments.get(0);
    }

    @Override
    public List<String> endings() {
        return List.of(ending);
    }

    @Override
    public InputStream open(InputStream packed) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(arguments);
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path == null ? "/usr/bin:/bin" : path, "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> destroy(process));
        CompletableFuture<Void> fed = CompletableFuture.runAsync(() -> feed(packed, process));
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> lastOf(process.getErrorStream()));
        return new Output(process, packed, fed, errors, timeout);
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** A program may stop to read when it has what it needs. */
    private static void feed(InputStream packed, Process process) {
        try (OutputStream in = process.getOutputStream()) {
            packed.transferTo(in);
        } catch (IOException closed) {
            // How it ended tells whether that was well.
        }
    }

    /** What a program says last tells why it ended. */
    private static String lastOf(InputStream errors) {
        byte[] last = new byte[0];
        try (errors) {
            byte[] next = errors.readNBytes(MOST_ERROR);
            while (next.length > 0) {
                byte[] both = Arrays.copyOf(last, last.length + next.length);
                System.arraycopy(next, 0, both, last.length, next.length);
                last = Arrays.copyOfRange(both, Math.max(0, both.length - MOST_ERROR), both.length);
                next = errors.readNBytes(MOST_ERROR);
            }
        } catch (IOException ended) {
            // What was said until then is what there is.
        }
        return new String(last, StandardCharsets.UTF_8)
                .replaceAll("[^\\x20-\\x7E]+", " ")
                .strip();
    }

    /** What it writes; its end counts only if it says that it ended well. */
    private static final class Output extends FilterInputStream {
        private final Process process;
        private final InputStream packed;
        private final CompletableFuture<Void> fed;
        private final CompletableFuture<String> errors;
        private final Duration timeout;

        Output(
                Process process,
                InputStream packed,
                CompletableFuture<Void> fed,
                CompletableFuture<String> errors,
                Duration timeout) {
            super(process.getInputStream());
            this.process = process;
            this.packed = packed;
            this.fed = fed;
            this.errors = errors;
            this.timeout = timeout;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read < 0) {
                checkEnd();
            }
            return read;
        }

        private void checkEnd() throws IOException {
            try {
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new IOException("it ended with " + exit + (exit > 128 ? ", killed after " + timeout : "")
                            + ": " + errors.join());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stopped);
            }
        }

        @Override
        public void close() throws IOException {
            destroy(process);
            super.close();
            fed.join();
            packed.close();
        }
    }
}
