package dev.posbridge.intake.sftp;

import dev.posbridge.intake.OneAfterTheOther;
import dev.posbridge.ledger.TakenBook;
import dev.posbridge.settings.SftpSource;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/**
 * What becomes of a file at the server once its content is in the ledger. The vendor may put another of the same name there
 * at any moment, and servers have no "remove it if it is still that one": so it takes a name of ours first, where nobody
 * writes any more, is looked at there, and only then goes; another one gets its name back. One that could not be put away,
 * or was left under our name when a process ended, is put away at a later poll, without being fetched again.
 */
public final class AfterTaken extends OneAfterTheOther {
    private final SftpSource source;
    private final TakenBook taken;
    private final DropHealth health;
    private final DropWatch watch;

    /** @param open whether anything may be taken in now */
    public AfterTaken(
            SftpSource source,
            TakenBook taken,
            DropHealth health,
            DropWatch watch,
            DropFilter filter,
            BooleanSupplier open) {
        super(filter.looks(), open);
        this.source = source;
        this.taken = taken;
        this.health = health;
        this.watch = watch;
    }

    @Override
    public boolean begin(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        watch.waits();
        TakenBook.RemoteFile remote = DropFilter.remote(source, file);
        if (Aside.is(remote.path())) {
            putAwayOrBack(operations, remote);
            return false;
        }
        if (!taken.has(remote)) {
            return super.begin(operations, endpoint, exchange, file);
        }
        putAway(operations, remote);
        return false;
    }

    @Override
    public void commit(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        watch.waits();
        super.commit(operations, endpoint, exchange, file);
        operations.releaseRetrievedFileResources(exchange);
        putAway(operations, DropFilter.remote(source, file));
    }

    @Override
    public void rollback(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        super.rollback(operations, endpoint, exchange, file);
        operations.releaseRetrievedFileResources(exchange);
    }

    @Override
    protected void tell(GenericFile<Object> file, Exception why) {
        health.fileFailed(Printable.of(file.getAbsoluteFilePath()), why);
    }

    private void putAway(GenericFileOperations<Object> operations, TakenBook.RemoteFile remote) {
        health.fileWell(Printable.of(remote.path()));
        if (source.after().kind() == SftpSource.After.Kind.KEEP) {
            return;
        }
        try {
            SftpRemoteFile<?> now = lookAt(operations, remote.path());
            if (now != null && now.getFileLength() == remote.size() && now.getLastModified() == remote.modified()) {
                String aside = free(operations, Aside.of(remote.path()));
                operations.renameFile(remote.path(), aside);
                now = lookAt(operations, aside);
                // By its size alone: to some servers a rename is a copy, with a time of its own.
                if (now == null || now.getFileLength() != remote.size()) {
                    putBack(operations, aside);
                } else {
                    finishOrPutBack(operations, aside);
                }
            }
            taken.forget(remote);
        } catch (RuntimeException problem) {
            health.leftThere(Printable.of(remote.path()), problem);
        }
    }

    /** What has our name since a process ended between two steps, or since its own was taken. */
    private void putAwayOrBack(GenericFileOperations<Object> operations, TakenBook.RemoteFile aside) {
        TakenBook.RemoteFile itself =
                new TakenBook.RemoteFile(aside.source(), Aside.original(aside.path()), aside.size(), aside.modified());
        try {
            if (taken.has(itself)) {
                finish(operations, aside.path());
                taken.forget(itself);
            } else {
                putBack(operations, aside.path());
            }
            health.fileWell(Printable.of(itself.path()));
        } catch (RuntimeException problem) {
            health.leftThere(Printable.of(aside.path()), problem);
        }
    }

    /** Where it cannot be put away it is better seen under its own name. */
    private void finishOrPutBack(GenericFileOperations<Object> operations, String aside) {
        try {
            finish(operations, aside);
        } catch (RuntimeException problem) {
            putBack(operations, aside);
            throw problem;
        }
    }

    private void finish(GenericFileOperations<Object> operations, String aside) {
        String path = Aside.original(aside);
        String folder = folder(path);
        switch (source.after().kind()) {
            case DELETE -> operations.deleteFile(aside);
            case RENAME ->
                operations.renameFile(
                        aside, free(operations, path + source.after().suffix()));
            default -> {
                String target = folder + source.after().moveTo();
                operations.buildDirectory(target, folder.startsWith("/"));
                operations.renameFile(aside, free(operations, target + "/" + path.substring(folder.length())));
            }
        }
        deleteDoneFile(operations, path);
    }

    /** Another came under the name: it is read at a later poll, at once or when the name is free again. */
    private static void putBack(GenericFileOperations<Object> operations, String aside) {
        String path = Aside.original(aside);
        if (!operations.existsFile(path)) {
            operations.renameFile(aside, path);
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

    /** @return null where there is none */
    private static SftpRemoteFile<?> lookAt(GenericFileOperations<Object> operations, String path) {
        if (!operations.existsFile(path)) {
            return null;
        }
        for (Object found : operations.listFiles(path)) {
            return (SftpRemoteFile<?>) found;
        }
        return null;
    }

    /** With its slash, or empty. */
    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
