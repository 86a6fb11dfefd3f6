package dev.posbridge.ledger;

/**
 * Which files of an SFTP server we have. A file is known by its path, size and time, so that one of the same name that is
 * put there later is another. Thread-safe.
 */
public final class TakenBook {
    private final LedgerDatabase database;

    /**
     * A file on a server.
     *
     * @param path from the login's folder, or absolute
     * @param modified milliseconds since 1970
     */
    public record RemoteFile(String source, String path, long size, long modified) {}

    public TakenBook(LedgerDatabase database) {
        this.database = database;
    }

    /** Notes that its content is in the ledger. */
    public void remember(RemoteFile file) {
        database.update(handle -> handle.execute(
                "insert into taken (source, path, size, modified, taken_at) values (?, ?, ?, ?, ?) on conflict do nothing",
                file.source(),
                file.path(),
                file.size(),
                file.modified(),
                System.currentTimeMillis()));
    }

    public boolean has(RemoteFile file) {
        return database.read(handle -> handle.createQuery("select exists (select 1 from taken where source = :source "
                        + "and path = :path and size = :size and modified = :modified)")
                .bindMethods(file)
                .mapTo(Boolean.class)
                .one());
    }

    /** Notes that it is on the server no more. */
    public void forget(RemoteFile file) {
        database.update(handle -> handle.execute(
                "delete from taken where source = ? and path = ? and size = ? and modified = ?",
                file.source(),
                file.path(),
                file.size(),
                file.modified()));
    }
}
