package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What a command asks of the service that runs on its data folder: files that it hands over, or to read the profiles anew. A
 * request that a dying service left half done is taken anew by the next, from the first file that was not taken in. Where nodes
 * share a ledger each takes its own: the files are there. Thread-safe.
 */
public final class Requests {
    private static final String RELOAD = "reload";
    private static final int ENDED = 2;

    private final LedgerDatabase database;
    private final String ingest;
    private final String reload;

    /**
     * What is asked: the files, with absolute paths, of one vendor.
     *
     * @param profile hash of the profile by which whoever asks means them; "" for any
     */
    public record Request(long id, String vendor, String profile, List<Path> files) {}

    /** How a request ended. */
    public enum How {
        DONE,
        FAILED,
        /** Nothing of it was begun: whoever asks has something to do first. */
        REFUSED
    }

    /**
     * How far a request has come.
     *
     * @param how null before its end
     * @param answer why files could not be taken in, null where all were; what became of the profiles
     */
    public record Progress(How how, String answer) {
        public boolean ended() {
            return how != null;
        }
    }

    /** @param data the folder of the service that is asked */
    public Requests(LedgerDatabase database, Path data) {
        this.database = database;
        String node = database.isShared() ? ' ' + NodeBook.idOf(data) : "";
        this.ingest = "ingest" + node;
        this.reload = RELOAD + node;
    }

    /** As {@link #ask(String, String, List)}, by whatever profile is in force. */
    public long ask(String vendor, List<Path> files) {
        return ask(vendor, "", files);
    }

    /**
     * @param profile hash of the profile by which the files are meant
     * @return the request's number
     */
    public long ask(String vendor, String profile, List<Path> files) {
        String arguments = vendor
                + ' '
                + profile
                + '\n'
                + String.join("\n", files.stream().map(Path::toString).toList());
        long request = database.write(handle -> insert(handle, ingest, arguments));
        Failpoint.AFTER_ASKING_SERVICE.reach();
        return request;
    }

    /** Asks to read the profiles anew. @return the request's number */
    public long askToReload() {
        return database.write(handle -> {
            AuditBook.note(handle, RELOAD, 1, null);
            return insert(handle, reload, "");
        });
    }

    private static long insert(Handle handle, String kind, String arguments) {
        return handle.createQuery(
                        "insert into request (kind, arguments, created_at) values (:kind, :arguments, :now) returning id")
                .bind("kind", kind)
                .bind("arguments", arguments)
                .bind("now", System.currentTimeMillis())
                .mapTo(Long.class)
                .one();
    }

    /** Those that ask to read the profiles anew and have no answer yet. */
    public List<Long> reloads() {
        return database.read(handle -> handle.select("select id from request where kind = ? and state < 2", reload)
                .mapTo(Long.class)
                .list());
    }

    /** The oldest request that has not ended; asked for by the one process that holds the data folder. */
    public Optional<Request> next() {
        return database.read(handle -> handle.select(
                        "select id, arguments from request where kind = ? and state < 2 order by id limit 1", ingest)
                .map((row, context) -> request(row.getLong(1), row.getString(2)))
                .findOne());
    }

    /** Whether somebody has asked for the file already, and it was not taken yet. */
    public boolean isAsked(Path file) {
        return database
                .read(handle -> handle.select("select arguments from request where kind = ? and state < 2", ingest)
                        .mapTo(String.class)
                        .list())
                .stream()
                .anyMatch(arguments -> request(0, arguments).files().contains(file));
    }

    /** Notes under which id a file of the request was taken in; the first time counts. */
    public void taken(long id, Path path, long file) {
        database.update(handle -> handle.execute(
                "insert into request_file (request_id, path, file_id) values (?, ?, ?) on conflict do nothing",
                id,
                path.toString(),
                file));
    }

    /** Ids of the files taken in for the request so far, by their paths. */
    public Map<Path, Long> files(long id) {
        return database.read(handle -> handle.select("select path, file_id from request_file where request_id = ?", id)
                .map((row, context) -> Map.entry(Path.of(row.getString(1)), row.getLong(2)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** @param answer null where every file was taken in */
    public void end(long id, String answer) {
        end(id, answer == null ? How.DONE : How.FAILED, answer);
    }

    public void end(long id, How how, String answer) {
        database.update(handle -> handle.execute(
                "update request set state = ?, answer = ? where id = ?", ENDED + how.ordinal(), answer, id));
    }

    public Progress progress(long id) {
        return database.read(handle -> handle.select("select state, answer from request where id = ?", id)
                .map((row, context) -> new Progress(
                        row.getInt(1) < ENDED ? null : How.values()[row.getInt(1) - ENDED], row.getString(2)))
                .one());
    }

    private static Request request(long id, String arguments) {
        List<String> lines = arguments.lines().toList();
        String[] by = lines.get(0).split(" ", 2);
        return new Request(
                id,
                by[0],
                by.length == 1 ? "" : by[1],
                lines.subList(1, lines.size()).stream().map(Path::of).toList());
    }
}
