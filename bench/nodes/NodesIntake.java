import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What several nodes cost each other that take files in at once over one PostgreSQL server: the same files by one node, then one
 * by each of as many nodes. Delivery is paused. Besides time and CPU it tells what the sessions of the database waited for, and
 * how long, so that what serialises is seen and not guessed: {@code bench/run nodes-intake --rows 300000}. It judges one thing
 * only: that every sale is in the ledger once.
 */
public final class NodesIntake {
    private static final Set<String> KNOWN = Set.of("--nodes", "--rows", "--customers", "--rounds", "--postgres", "--port", "--set", "--java", "--class-path");
    private static final long SAMPLE_MILLIS = 5;
    private static final long PATIENCE_SECONDS = 600;

    private final Options options;
    private final int nodes;
    private final int rows;
    private boolean well = true;

    private NodesIntake(Options options) {
        this.options = options;
        this.nodes = (int) options.number("--nodes", 3);
        this.rows = (int) options.number("--rows", 300_000);
    }

    public static void main(String[] arguments) throws Exception {
        NodesIntake bench = new NodesIntake(new Options(arguments, KNOWN));
        for (int round = 1; round <= bench.options.number("--rounds", 1); round++) {
            double alone = bench.measure(1);
            double together = bench.measure(bench.nodes);
            System.out.printf(Locale.ROOT, "round %d: %d nodes took %.2f of one node's time for the same files%n%n", round, bench.nodes, together / alone);
        }
        System.exit(bench.well ? 0 : 1);
    }

    /** @return seconds from the files to the last one's release */
    private double measure(int running) throws Exception {
        PostgresServer postgres = new PostgresServer(options.text("--postgres", null), (int) options.number("--port", 24_300));
        try (Lab lab = new Lab("nodes-intake", options.text("--class-path", null)).with(options.text("--java", ""))) {
            lab.startSandbox(List.of("--quotas", "off"));
            lab.set(PostgresServer.settings(postgres.port(), "posbridge"));
            lab.set(List.of("posbridge.vendors-dir=" + profiles(lab.work), "posbridge.inbox.poll=100ms", "posbridge.inbox.settle=200ms",
                    "posbridge.account.currency=GBP"));
            lab.set(options.words("--set"));
            List<Watched> processes = new ArrayList<>();
            List<Node> started = new ArrayList<>();
            for (int number = 0; number < running; number++) {
                Node node = new Node(Character.toString('a' + number), lab, vendor(number));
                node.start();
                node.awaitReady();
                started.add(node);
                processes.add(new Watched(node.process()));
            }
            Lab.end(lab.command("", "pause", "--reason", "measurement"));
            List<Path> files = files(lab.work);
            try (Connection connection = postgres.connect(); Statement statement = connection.createStatement()) {
                statement.execute("alter system set track_wal_io_timing = on");
                statement.execute("select pg_reload_conf()");
                return measure(running, lab, postgres, processes, files, statement);
            }
        } finally {
            postgres.close();
        }
    }

    private double measure(int running, Lab lab, PostgresServer postgres, List<Watched> processes, List<Path> files, Statement statement) throws Exception {
        processes.forEach(Watched::look);
        List<Double> before = processes.stream().map(Watched::cpu).toList();
        double serverBefore = postgres.cpu();
        double[] logBefore = log(statement);
        double[] coresBefore = cores();
        for (int number = 0; number < files.size(); number++) {
            Path inbox = Files.createDirectories(lab.work.resolve(Character.toString('a' + number % running)).resolve("inbox").resolve(vendor(number)));
            Files.move(files.get(number), inbox.resolve("night.csv"), StandardCopyOption.ATOMIC_MOVE);
        }
        long began = System.nanoTime();
        Sessions sessions = new Sessions();
        while (!allThere(statement)) {
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IllegalStateException("the files are not taken in, see " + lab.work);
            }
            sessions.look(statement);
            TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        processes.forEach(Watched::look);
        double server = postgres.cpu() - serverBefore;
        double[] log = log(statement);
        List<String> each = new ArrayList<>();
        double ours = 0;
        for (int node = 0; node < running; node++) {
            double cpu = processes.get(node).cpu() - before.get(node);
            ours += cpu;
            each.add(String.format(Locale.ROOT, "%.1f", cpu));
        }
        long sales = (long) nodes * rows;
        System.out.printf(Locale.ROOT, "%d node%s, %d files of %,d sales: %.1f s, %,.0f a second; CPU %s s (%.1f us a sale) and %.1f s of the server's (%.1f us)%n",
                running, running == 1 ? "" : "s", nodes, rows, seconds, sales / seconds, String.join(" + ", each), ours * 1e6 / sales, server, server * 1e6 / sales);
        System.out.printf(Locale.ROOT, "    the server's log: %.0f MB, forced to the disk %.0f times in %.2f s%n", (log[0] - logBefore[0]) / 1e6, log[1] - logBefore[1], (log[2] - logBefore[2]) / 1e3);
        double[] cores = cores();
        System.out.printf(Locale.ROOT, "    the machine's %d cores: %.0f %% busy, %.0f %% waited for the disk; %.0f %% with what is measured here%n", Runtime.getRuntime().availableProcessors(),
                100 * (cores[0] - coresBefore[0]) / (cores[2] - coresBefore[2]), 100 * (cores[1] - coresBefore[1]) / (cores[2] - coresBefore[2]),
                100 * (ours + server) / (seconds * Runtime.getRuntime().availableProcessors()));
        sessions.print(seconds);
        compare(statement, sales);
        return seconds;
    }

    private boolean allThere(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from file where state in (1, 2)")) {
            row.next();
            return row.getLong(1) == nodes;
        }
    }

    private static double[] log(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select wal_bytes, wal_sync, wal_sync_time from pg_stat_wal")) {
            row.next();
            return new double[] {row.getDouble(1), row.getDouble(2), row.getDouble(3)};
        }
    }

    /** Busy, idle for want of what the disk has to say, and all; in the kernel's ticks. */
    private static double[] cores() throws IOException {
        String[] ticks = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
        double all = 0;
        for (int field = 1; field <= 8; field++) {
            all += Double.parseDouble(ticks[field]);
        }
        double waiting = Double.parseDouble(ticks[5]);
        return new double[] {all - Double.parseDouble(ticks[4]) - waiting, waiting, all};
    }

    /** What was taken in has to be there, once. */
    private void compare(Statement statement, long sales) throws SQLException {
        try (ResultSet row = statement.executeQuery("select (select coalesce(sum(count), 0) from segment_state) + (select count(*) from record), "
                + "(select coalesce(sum(duplicates), 0) from file)")) {
            row.next();
            boolean complete = row.getLong(1) == sales && row.getLong(2) == 0;
            System.out.printf(Locale.ROOT, "    in the ledger: %,d sales, %d duplicates%s%n", row.getLong(1), row.getLong(2), complete ? "" : ": WRONG");
            well &= complete;
        }
    }

    private static String vendor(int number) {
        return "store-" + (char) ('a' + number);
    }

    /** A vendor of its own for each file: files of one wait for each other, as its days must. */
    private Path profiles(Path work) throws IOException {
        Path folder = Files.createDirectories(work.resolve("vendors"));
        String profile = Files.readString(Path.of("config/vendors/generic-csv.yaml"));
        for (int number = 0; number < nodes; number++) {
            Files.writeString(folder.resolve(vendor(number) + ".yaml"), profile.replace("vendor: generic-csv", "vendor: " + vendor(number)));
        }
        return folder;
    }

    private List<Path> files(Path work) throws IOException {
        List<Path> files = new ArrayList<>();
        int customers = (int) options.number("--customers", rows / 5);
        for (int number = 0; number < nodes; number++) {
            Random random = new Random(number);
            Path file = work.resolve(vendor(number) + ".csv");
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write("kind,id,occurred_at,store_id,mobile,total,product_id,title,quantity,unit_price\n");
                for (long row = 0; row < rows; row++) {
                    long cents = 100 + random.nextInt(20_000);
                    String price = cents / 100 + "." + cents / 10 % 10 + cents % 10;
                    out.write(String.format("sale,R%08d,2026-01-31 %02d:%02d:%02d,%d,077%08d,%s,SKU%d,Tea and biscuits,1,%s%n", row, 8 + row * 12 / rows,
                            row / 60 % 60, row % 60, row % 50, 10_000_000 + random.nextInt(customers), price, row % 977, price));
                }
            }
            files.add(file);
        }
        return files;
    }
}
