package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import dev.posbridge.DataFolderInUseException;
import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder with everything we keep; one process delivers from it at a time. The lock goes with the process, and with the first
 * descriptor of its file that the process closes, whichever that is: so a process answers from memory for the folders it holds,
 * and nobody in it may open the file of one. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {
    /** What holds it where a service runs, and where one runs that only takes in. */
    public static final String SERVICE = "posbridge run";

    public static final String INTAKE_ONLY = "posbridge run --intake-only";

    private static final String LOCK = "posbridge.lock";
    private static final long LOOK_MILLIS = 100;
    /** Longer than somebody needs who only looks at who holds it. */
    private static final Duration LEAST_WAIT = Duration.ofMillis(300);

    /** Who holds what this process holds, by real path; also the monitor under which a lock's file is opened. */
    private static final Map<Path, String> HELD_HERE = new HashMap<>();

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder.
     *
     * @param holder what to tell whoever comes second, such as {@code run}
     * @param wait how long to wait for a process that holds it
     * @throws DataFolderInUseException naming the holder
     * @throws ConfigurationException where the folder cannot be written
     */
    public static DataFolder take(Path folder, String holder, Duration wait) throws InterruptedException {
        Instant end = Instant.now().plus(wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait);
        Optional<DataFolder> taken = tryTake(folder, holder);
        while (taken.isEmpty()) {
            if (Instant.now().isAfter(end)) {
                String other = holder(folder).map(text -> "\"" + text + "\"").orElse("another process");
                throw new DataFolderInUseException(folder + ": is in use by " + other
                        + ". Wait for it (--lock-wait 10m), stop it, or choose another --data-dir.");
            }
            Thread.sleep(LOOK_MILLIS);
            taken = tryTake(folder, holder);
        }
        return taken.get();
    }

    /** @return empty where it is held already, by another process or by this one */
    public static Optional<DataFolder> tryTake(Path folder, String holder) {
        try {
            PrivateFiles.folder(folder);
            Path real = folder.toRealPath();
            synchronized (HELD_HERE) {
                return HELD_HERE.containsKey(real) ? Optional.empty() : lock(real, holder);
            }
        } catch (IOException problem) {
            throw new ConfigurationException(
                    folder + ": cannot be used as data folder (" + problem.getMessage()
                            + "). Give a folder that is writable, on a disk with room, with --data-dir.",
                    problem);
        }
    }

    private static Optional<DataFolder> lock(Path folder, String holder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        PrivateFiles.restrict(file);
        String text = holder + ", process " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        HELD_HERE.put(folder, text);
        return Optional.of(new DataFolder(folder, channel, lock));
    }

    /** Who holds the folder: the name given to {@link #take} with process and time; empty where nobody does. */
    public static Optional<String> holder(Path folder) {
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        synchronized (HELD_HERE) {
            try {
                String here = HELD_HERE.get(folder.toRealPath());
                return here != null ? Optional.of(here) : otherHolder(file);
            } catch (IOException unreadable) {
                return Optional.of("another process");
            }
        }
    }

    private static Optional<String> otherHolder(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return Optional.of(Files.readString(file));
            }
            lock.release();
            return Optional.empty();
        }
    }

    /** @param holder as {@link #holder} names it; whether that takes requests */
    public static boolean isService(Optional<String> holder) {
        return holder.map(DataFolder::command)
                .filter(List.of(SERVICE, INTAKE_ONLY)::contains)
                .isPresent();
    }

    /** @return the name alone that was given to {@link #take} */
    public static String command(String holder) {
        return holder.split(",", 2)[0];
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            try {
                lock.release();
                channel.close();
            } catch (IOException problem) {
                throw new java.io.UncheckedIOException(problem);
            } finally {
                HELD_HERE.remove(folder);
            }
        }
    }
}
