package dev.posbridge.intake;

import dev.posbridge.FileRejectedException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where files go when they are done with: {@code archive/vendor/day}, or {@code rejected/vendor} with the reason beside. */
public final class PutAway {
    private static final Logger LOG = LoggerFactory.getLogger(PutAway.class);

    /** What the name of the file that says why has more than that of the rejected one. */
    static final String REASON = ".reason.txt";

    private final Path archive;
    private final Path rejected;
    private final Path held;

    /** @param held where files lie until a person has looked: a folder for each, by its id in the ledger */
    public PutAway(Path archive, Path rejected, Path held) {
        this.archive = archive;
        this.rejected = rejected;
        this.held = held.toAbsolutePath().normalize();
    }

    public PutAway(Path archive, Path rejected) {
        this(archive, rejected, rejected.resolveSibling("held"));
    }

    /**
     * @param takeAway false for a file that was only shown to us: then it stays, and a rejected one is copied
     * @return where the file lies now, if it lies somewhere else; a file that took its place while it was read stays, and
     *     is offered next
     */
    Optional<Path> file(Reading reading, boolean takeAway) throws IOException {
        return file(reading, takeAway, target -> {});
    }

    /** @param beforeMove told where the file is moved to, before it is */
    Optional<Path> file(Reading reading, boolean takeAway, Consumer<Path> beforeMove) throws IOException {
        if (takeAway && !reading.isStillThere()) {
            LOG.warn(
                    "{}: was changed or replaced while it was read. What lies there now is taken next.",
                    reading.path());
            return Optional.empty();
        }
        String vendor = reading.profile().vendor();
        boolean liesApart = reading.path().toAbsolutePath().normalize().startsWith(held);
        if (reading.isHeld()) {
            return liesApart ? Optional.empty() : hold(reading, takeAway, beforeMove);
        }
        if (reading.rejection() != null) {
            return Optional.of(reject(
                    reading.path(),
                    folder(rejected.resolve(vendor)),
                    reading.rejection(),
                    takeAway || liesApart,
                    beforeMove));
        }
        if (!takeAway && !liesApart) {
            return Optional.empty();
        }
        Path day = folder(archive.resolve(vendor).resolve(LocalDate.now().toString()));
        Path target = free(day, reading.path());
        beforeMove.accept(target);
        return Optional.of(move(reading.path(), target));
    }

    /** One that was sent once more while it is held goes to the archive: the first lies there already. */
    private Optional<Path> hold(Reading reading, boolean takeAway, Consumer<Path> beforeMove) throws IOException {
        String vendor = reading.profile().vendor();
        Path folder =
                folder(held.resolve(vendor).resolve(Long.toString(reading.file().id())));
        Path target = folder.resolve(reading.path().getFileName().toString());
        if (Files.exists(target)) {
            if (takeAway) {
                Path day =
                        folder(archive.resolve(vendor).resolve(LocalDate.now().toString()));
                move(reading.path(), free(day, reading.path()));
            }
            return Optional.empty();
        }
        if (takeAway) {
            beforeMove.accept(target);
            return Optional.of(move(reading.path(), target));
        }
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        restricted(Files.copy(reading.path(), part, StandardCopyOption.REPLACE_EXISTING));
        return Optional.of(Files.move(part, target, StandardCopyOption.ATOMIC_MOVE));
    }

    /** @return where a held file lies that a person has rejected */
    public Path rejectHeld(Path file, String vendor, String why) throws IOException {
        Path target = free(folder(rejected.resolve(vendor)), file);
        if (!Files.exists(file)) {
            return file;
        }
        Path reason = target.resolveSibling(target.getFileName() + REASON);
        Files.writeString(
                reason,
                "reason: " + Reason.REJECTED_BY_HAND.code() + System.lineSeparator() + why + System.lineSeparator()
                        + "Nothing of this file was sent. Correct it, then deliver it again." + System.lineSeparator(),
                StandardCharsets.UTF_8);
        PrivateFiles.restrict(reason);
        return move(file, target);
    }

    /** The reason is written first: a rejected file never lies there unexplained. */
    private static Path reject(
            Path file, Path folder, FileRejectedException problem, boolean takeAway, Consumer<Path> beforeMove)
            throws IOException {
        Path target = free(folder, file);
        Path reason = target.resolveSibling(target.getFileName() + REASON);
        String text = "reason: " + problem.reason().code() + System.lineSeparator() + problem.getMessage()
                + System.lineSeparator() + "Nothing of this file was sent. Correct it, then deliver it again."
                + System.lineSeparator();
        Files.writeString(reason, text, StandardCharsets.UTF_8);
        PrivateFiles.restrict(reason);
        Failpoint.AFTER_REASON_WRITTEN.reach();
        if (takeAway) {
            beforeMove.accept(target);
            return move(file, target);
        }
        return restricted(Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING));
    }

    /** A file keeps the permissions that its writer gave it; it may be its writer's still, who then has to see to it. */
    private static Path restricted(Path target) {
        try {
            PrivateFiles.restrict(target);
        } catch (IOException notOurs) {
            LOG.debug("{}: keeps its permissions", target, notOurs);
        }
        return target;
    }

    private static Path folder(Path folder) throws IOException {
        return PrivateFiles.folder(folder);
    }

    /** At once where that can be, else as a copy that is whole before it has its name: an inbox is often a mounted share. */
    static Path move(Path file, Path target) throws IOException {
        try {
            return restricted(Files.move(file, target, StandardCopyOption.ATOMIC_MOVE));
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Path part = target.resolveSibling("." + target.getFileName() + ".part");
            restricted(Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING));
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(file);
            return target;
        }
    }

    /** A name that is not taken: the same file name comes every night from some vendors. */
    static Path free(Path folder, Path file) {
        Path target = folder.resolve(file.getFileName().toString());
        for (int number = 2; Files.exists(target); number++) {
            target = folder.resolve(file.getFileName() + "." + number);
        }
        return target;
    }
}
