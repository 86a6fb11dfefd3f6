package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import dev.posbridge.DataFolderInUseException;
import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The folder with everything we keep; one process delivers from it at a time. The lock goes with the process. */
public final class DataFolder implements AutoCloseable {
    /** What holds it where a service runs, and where one runs that only takes in. */
    public static final String SERVICE = "posbridge run";

    public static final String INTAKE_ONLY = "posbridge run --intake-only";

    private static final String LOCK = "posbridge.lock";
    private static final long LOOK_MILLIS = 100;
    /** Longer than somebody needs who only looks at who holds it. */
    private static final Duration LEAST_WAIT = Duration.ofMillis(300);

    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(FileChannel channel, FileLock lock) {
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
                throw new DataFolderInUseException(folder + ": is in use by " + holderOf(folder)
                        + ". Wait for it (--lock-wait 10m), stop it, or choose another --data-dir.");
            }
            Thread.sleep(LOOK_MILLIS);
            taken = tryTake(folder, holder);
        }
        return taken.get();
    }

    /** @return empty where another process holds it */
    public static Optional<DataFolder> tryTake(Path folder, String holder) {
        try {
            PrivateFiles.folder(folder);
            Path file = folder.resolve(LOCK);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            PrivateFiles.restrict(file);
            String text = holder + ", process " + ProcessHandle.current().pid() + ", since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new DataFolder(channel, lock));
        } catch (IOException problem) {
            throw new ConfigurationException(
                    folder + ": cannot be used as data folder (" + problem.getMessage()
                            + "). Give a folder that is writable, on a disk with room, with --data-dir.",
                    problem);
        }
    }

    /** Who holds the folder: the name given to {@link #take} with process and time; empty where nobody does. */
    public static Optional<String> holder(Path folder) {
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = lock(channel);
            if (lock == null) {
                return Optional.of(Files.readString(file));
            }
            lock.release();
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of("another process");
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

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holderOf(Path folder) {
        try {
            return "\"" + Files.readString(folder.resolve(LOCK)) + "\"";
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
