package dev.posbridge.ledger;

import dev.posbridge.harness.Failpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files that a command hands to the running service. A request that a dying service left half done is taken anew by the
 * next, from the first file that was not taken in. Thread-safe.
 */
public final class Requests {
    private static final String INGEST = "ingest";
    private static final int DONE = 2;
    private static final int FAILED = 3;

    private final LedgerDatabase database;

    /** What is asked: the files, with absolute paths, of one vendor. */
    public record Request(long id, String vendor, List<Path> files) {}

    /**
     * How far a request has come.
     *
     * @param answer why files could not be taken in; null where all were
     */
    public record Progress(boolean ended, String answer) {}

    public Requests(LedgerDatabase database) {
        this.database = database;
    }

    /** @return the request's number */
    public long ask(String vendor, List<Path> files) {
        String arguments = vendor
                + '\n'
                + String.join("\n", files.stream().map(Path::toString).toList());
        long request = database.write(handle -> handle.createQuery(
                        "insert into request (kind, arguments, created_at) values (:kind, :arguments, :now) returning id")
                .bind("kind", INGEST)
                .bind("arguments", arguments)
                .bind("now", System.currentTimeMillis())
                .mapTo(Long.class)
                .one());
        Failpoint.AFTER_ASKING_SERVICE.reach();
        return request;
    }

    /** The oldest request that has not ended; asked for by the one process that holds the data folder. */
    public Optional<Request> next() {
        return database.read(handle -> handle.select(
                        "select id, arguments from request where kind = ? and state < 2 order by id limit 1", INGEST)
                .map((row, context) -> request(row.getLong(1), row.getString(2)))
                .findOne());
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
        database.update(handle -> handle.execute(
                "update request set state = ?, answer = ? where id = ?", answer == null ? DONE : FAILED, answer, id));
    }

    public Progress progress(long id) {
        return database.read(handle -> handle.select("select state, answer from request where id = ?", id)
                .map((row, context) -> new Progress(row.getInt(1) >= DONE, row.getString(2)))
                .one());
    }

    private static Request request(long id, String arguments) {
        List<String> lines = arguments.lines().toList();
        return new Request(
                id,
                lines.get(0),
                lines.subList(1, lines.size()).stream().map(Path::of).toList());
    }
}
