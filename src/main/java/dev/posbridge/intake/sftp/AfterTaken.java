package dev.posbridge.intake.sftp;

import dev.posbridge.ledger.TakenBook;
import dev.posbridge.settings.SftpSource;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/**
 * What becomes of a file at the server once its content is in the ledger. It is looked at once more before it is touched:
 * the vendor may have put another of the same name there meanwhile. One that could not be put away is put away at a later
 * poll, without being fetched again.
 */
public final class AfterTaken implements GenericFileProcessStrategy<Object> {
    private final SftpSource source;
    private final TakenBook taken;
    private final DropHealth health;
    private final DropWatch watch;

    public AfterTaken(SftpSource source, TakenBook taken, DropHealth health, DropWatch watch) {
        this.source = source;
        this.taken = taken;
        this.health = health;
        this.watch = watch;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<Object> operations, GenericFileEndpoint<Object> endpoint) {
        // There are no locks that a killed process could have left at the server.
    }

    @Override
    public boolean begin(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        watch.waits();
        if (!taken.has(DropFilter.remote(source, file))) {
            return true;
        }
        putAway(operations, file);
        return false;
    }

    @Override
    public void commit(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        watch.waits();
        operations.releaseRetrievedFileResources(exchange);
        putAway(operations, file);
    }

    @Override
    public void rollback(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        health.fileFailed(
                Printable.of(file.getAbsoluteFilePath()),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        operations.releaseRetrievedFileResources(exchange);
    }

    @Override
    public void abort(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        // Nothing was begun.
    }

    private void putAway(GenericFileOperations<Object> operations, GenericFile<Object> file) {
        TakenBook.RemoteFile remote = DropFilter.remote(source, file);
        health.fileWell(Printable.of(remote.path()));
        if (source.after().kind() == SftpSource.After.Kind.KEEP) {
            return;
        }
        try {
            if (isAsItWas(operations, remote)) {
                putAway(operations, remote.path());
                deleteDoneFile(operations, remote.path());
            }
            taken.forget(remote);
        } catch (RuntimeException problem) {
            health.leftThere(Printable.of(remote.path()), problem);
        }
    }

    private void putAway(GenericFileOperations<Object> operations, String path) {
        String folder = folder(path);
        String name = path.substring(folder.length());
        switch (source.after().kind()) {
            case DELETE -> operations.deleteFile(path);
            case RENAME ->
                operations.renameFile(
                        path, free(operations, path + source.after().suffix()));
            default -> {
                String target = folder + source.after().moveTo();
                operations.buildDirectory(target, folder.startsWith("/"));
                operations.renameFile(path, free(operations, target + "/" + name));
            }
        }
    }

    /** Some vendors use the same name every night, and servers refuse to rename onto a file that is there. */
    private static String free(GenericFileOperations<Object> operations, String wanted) {
        String target = wanted;
        for (int number = 2; operations.existsFile(target); number++) {
            target = wanted + "." + number;
        }
        return target;
    }

    private void deleteDoneFile(GenericFileOperations<Object> operations, String path) {
        if (source.drop().doneFile() != null) {
            String folder = folder(path);
            String done = folder + DoneFile.of(source.drop().doneFile(), path.substring(folder.length()));
            if (operations.existsFile(done)) {
                operations.deleteFile(done);
            }
        }
    }

    private static boolean isAsItWas(GenericFileOperations<Object> operations, TakenBook.RemoteFile remote) {
        if (!operations.existsFile(remote.path())) {
            return false;
        }
        for (Object found : operations.listFiles(remote.path())) {
            SftpRemoteFile<?> now = (SftpRemoteFile<?>) found;
            if (now.getFileLength() == remote.size() && now.getLastModified() == remote.modified()) {
                return true;
            }
        }
        return false;
    }

    /** With its slash, or empty. */
    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
