package dev.posbridge.intake.sftp;

import dev.posbridge.PrivateFiles;
import dev.posbridge.ledger.TakenBook;
import dev.posbridge.ledger.TurnBook;
import dev.posbridge.settings.SftpSource;
import dev.posbridge.vendor.FileSet;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;

/**
 * Brings a file here: under another name until it is whole and on the disk, so that a lost connection leaves nothing that
 * anybody takes for a file. For one source, whose files come one after another.
 */
public final class Spool {
    private static final int BUFFER = 256 * 1024;

    private final SftpSource source;
    private final DropFilter filter;
    private final DropWatch watch;
    private final Lot lot;
    private final TakenBook taken;
    private final Path folder;
    private final Supplier<Path> collects;
    private final TurnBook nodes;

    /**
     * A file that is here, and what it is there.
     *
     * @param collected whether it waits in the vendor's inbox for the others of its set
     */
    public record Spooled(File file, TakenBook.RemoteFile remote, boolean collected) {}

    /**
     * @param folder of this source alone
     * @param collects the vendor's inbox, where its files are read together at the moment; else null
     * @param nodes of which one at a time takes files of the source
     */
    public Spool(
            SftpSource source,
            DropFilter filter,
            DropWatch watch,
            Lot lot,
            TakenBook taken,
            Path folder,
            Supplier<Path> collects,
            TurnBook nodes) {
        this.nodes = nodes;
        this.collects = collects;
        this.source = source;
        this.filter = filter;
        this.watch = watch;
        this.lot = lot;
        this.taken = taken;
        this.folder = folder;
    }

    /**
     * Downloads the file.
     *
     * @throws IOException where the connection was lost, or another number of bytes came than the server had said
     */
    public Spooled fetch(@ExchangeProperty(FileComponent.FILE_EXCHANGE_FILE) GenericFile<?> offered)
            throws IOException {
        if (!nodes.has(DropPolls.turn(source.name()))) {
            throw new IOException("another node takes the files of this source now");
        }
        lot.begins();
        TakenBook.RemoteFile remote = DropFilter.remote(source, offered);
        try (InputStream bytes = (InputStream) offered.getBody()) {
            Path whole = PrivateFiles.folder(folder).resolve(filter.localName(offered));
            Path part = folder.resolve("." + whole.getFileName() + ".part");
            long copied = copy(bytes, part, remote.size());
            if (copied != remote.size()) {
                throw new IOException("the server said " + remote.size() + " bytes, "
                        + (copied > remote.size() ? "more" : copied) + " came");
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(folder);
            Path inbox = collects.get();
            return inbox == null || FileSet.isPacked(whole.getFileName().toString())
                    ? new Spooled(whole.toFile(), remote, false)
                    : new Spooled(collect(whole, inbox).toFile(), remote, true);
        } finally {
            watch.goesOn();
        }
    }

    /** Puts one file of a set beside the others; from there on it is as one that somebody put there. */
    private static Path collect(Path whole, Path inbox) throws IOException {
        Path target = inbox.resolve(whole.getFileName());
        if (Files.exists(target)) {
            throw new IOException(target + " is still there, and waits for the others of its set");
        }
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(inbox);
        return target;
    }

    /** Notes that the file is in the ledger, or in the inbox: from now on its place at the server is only a matter of order. */
    public void remember(@ExchangeProperty("spooled") Spooled spooled) {
        taken.remember(spooled.remote());
    }

    /** @return bytes written; stops behind the size that was said */
    private long copy(InputStream bytes, Path part, long size) throws IOException {
        try (FileChannel target = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            PrivateFiles.restrict(part);
            byte[] buffer = new byte[BUFFER];
            long copied = 0;
            for (int read = bytes.read(buffer); read >= 0 && copied <= size; read = bytes.read(buffer)) {
                watch.waits();
                ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
                while (chunk.hasRemaining()) {
                    copied += target.write(chunk);
                }
            }
            target.force(true);
            return copied;
        }
    }

    /** The new name, too, has to outlast a power cut. */
    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }
}
