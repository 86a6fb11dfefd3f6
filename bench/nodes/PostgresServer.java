import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of the machine's own binaries ({@code apt install postgresql}), on a port and with data of its own, with
 * the server's usual durability. It refuses to run as root: then it runs as the user postgres.
 */
final class PostgresServer implements AutoCloseable {
    private static final String USER = "posbridge";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path binaries;
    private final Path folder;
    private final int port;
    private boolean closed;

    /** @param binaries the folder of {@code initdb} and {@code pg_ctl}, or null: Debian's newest */
    PostgresServer(String binaries, int port) throws Exception {
        this.binaries = binaries == null ? newest() : Path.of(binaries);
        this.port = port;
        this.folder = Files.createTempDirectory("posbridge-postgresql");
        if (ROOT) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        control("initdb", "-D", data(), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale");
        start();
        create("posbridge");
    }

    private static Path newest() throws IOException {
        List<Path> found = new ArrayList<>();
        Path all = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(all)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(all)) {
                versions.forEach(version -> found.add(version.resolve("bin")));
            }
        }
        return found.stream()
                .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                .max(Path::compareTo)
                .orElseThrow(() -> new IllegalStateException(
                        "found no PostgreSQL in " + all + ", expected one. Install it (apt install postgresql), or name its folder with --postgres DIR."));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void start() throws Exception {
        control("pg_ctl", "-D", data(), "-l", folder.resolve("server.log").toString(), "-w", "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200", "start");
    }

    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    /** Seconds that its processes have computed, those that are there now and those that ended. */
    double cpu() throws IOException {
        long first = Long.parseLong(Files.readAllLines(Path.of(data(), "postmaster.pid")).get(0));
        String[] own = Watched.fields(first);
        double all = Watched.cpu(first) + (Double.parseDouble(own[13]) + Double.parseDouble(own[14])) / 100;
        try (DirectoryStream<Path> every = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : every) {
                all += computed(Long.parseLong(process.getFileName().toString()), first);
            }
        }
        return all;
    }

    private static double computed(long process, long parent) {
        try {
            return Long.parseLong(Watched.fields(process)[1]) == parent ? Watched.cpu(process) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** By a person who waits for nobody, or as a crash of the server's would. */
    void restart(boolean crash) throws Exception {
        control("pg_ctl", "-D", data(), "-m", crash ? "immediate" : "fast", "-w", "stop");
        start();
    }

    void cutConnections() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'posbridge'");
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/posbridge?connectTimeout=5&socketTimeout=20", USER, null);
    }

    /** Settings of a node that comes by another port, such as a relay's. */
    static List<String> settings(int port, String database) {
        return List.of("posbridge.ledger.url=jdbc:postgresql://127.0.0.1:" + port + '/' + database, "posbridge.ledger.user=" + USER);
    }

    void create(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, null);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
    }

    /** Who has the lease, as the ledger calls it; null for nobody. */
    String sender() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select owner from sender where until >= clock_timestamp()")) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Which process looks at an SFTP source, as the ledger calls it; null for nobody. */
    String fetcher(String source) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select owner from turn where name = 'sftp " + source + "' and until >= clock_timestamp()")) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void control(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) throws Exception {
        Path log = Files.createTempFile("posbridge-postgresql", ".log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(log));
        }
        Files.delete(log);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                control("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
            } catch (Exception problem) {
                System.err.println("the database server may run on: " + problem.getMessage());
            }
        }
    }
}
