package dev.posbridge.ledger;

import dev.posbridge.ledger.store.LedgerStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The processes that share a ledger on a server: each says every few seconds that it is there, what it does and how it is, and
 * learns how far its own clock is from the server's. Thread-safe.
 */
public final class NodeBook {
    /** A clock that is off by more is told; the leases live by the server's clock, but times in records are the node's. */
    static final Duration MOST_OFF = Duration.ofSeconds(30);

    private static final long SAY_NANOS = 3_000_000_000L;

    private final LedgerDatabase database;
    private final String id;
    private final String name;
    private final String version;
    private long saidAt = System.nanoTime() - SAY_NANOS;

    /**
     * A process.
     *
     * @param role sends, or takes in
     * @param state of its own concerns; what is everybody's, such as dead letters, is no node's
     * @param problems those of them that are not green, with commas; empty for none
     * @param ahead by how much its clock is before the server's
     * @param silence how long nothing was heard of it
     */
    public record Node(
            String id,
            String name,
            String version,
            String role,
            HealthBook.State state,
            String problems,
            Duration ahead,
            Instant seen,
            Duration silence) {
        public boolean isSilent() {
            return silence.compareTo(LedgerStore.SILENT) > 0;
        }

        public boolean isClockOff() {
            return isOff(ahead);
        }

        /** Its clock, as people are told; empty where it is right. */
        public String clockWords() {
            return isClockOff() ? "its clock is " + words(ahead) : "";
        }
    }

    /** @param data its data folder, by which it is known again */
    public NodeBook(LedgerDatabase database, Path data, String version) {
        this.database = database;
        this.id = idOf(data);
        this.name = self();
        this.version = version;
    }

    /** What is the same over restarts of whatever runs on that folder of this machine. */
    static String idOf(Path data) {
        return host() + ':' + data.toAbsolutePath().normalize();
    }

    /** As people find it again: the machine and the process. */
    public static String self() {
        return host() + ", process " + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "a machine without a name";
        }
    }

    /**
     * Says that this process is there; often asked, it does so every three seconds. Says of its own clock what was found.
     *
     * @param health what it reports of itself
     * @return whether it did
     */
    public synchronized boolean say(String role, HealthBook health) {
        if (!database.isShared() || System.nanoTime() - saidAt < SAY_NANOS) {
            return false;
        }
        saidAt = System.nanoTime();
        Duration ahead = LedgerClock.follow(database);
        tellClock(health, ahead);
        List<HealthBook.Concern> wrong = health.own().stream()
                .filter(concern -> concern.state() != HealthBook.State.GREEN)
                .toList();
        return database.aside(connection -> {
            try (PreparedStatement row = connection.prepareStatement(
                    "insert into node (id, name, version, layout, role, state, problems, ahead, seen) values "
                            + "(?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp()) on conflict (id) do update set name = excluded.name, "
                            + "version = excluded.version, layout = excluded.layout, role = excluded.role, state = excluded.state, "
                            + "problems = excluded.problems, ahead = excluded.ahead, seen = excluded.seen")) {
                row.setString(1, id);
                row.setString(2, name);
                row.setString(3, version);
                row.setLong(4, LedgerDatabase.VERSION);
                row.setString(5, role);
                row.setLong(6, HealthBook.worst(wrong).ordinal());
                row.setString(7, wrong.stream().map(HealthBook.Concern::name).collect(Collectors.joining(", ")));
                row.setLong(8, ahead.toMillis());
                return row.executeUpdate() == 1;
            }
        });
    }

    /** Whether a clock is so far from the database's that people are told. */
    public static boolean isOff(Duration ahead) {
        return ahead.abs().compareTo(MOST_OFF) > 0;
    }

    /** How far it is, as people are told. */
    public static String words(Duration ahead) {
        return ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " the database's";
    }

    private static void tellClock(HealthBook health, Duration ahead) {
        if (isOff(ahead)) {
            health.report(
                    "clock",
                    HealthBook.State.YELLOW,
                    "This machine's clock is " + words(ahead)
                            + ". What is due goes by the database's; set it right for the times in reports.");
        } else {
            health.forget("clock");
        }
    }

    /** Takes this process off the list, since it ends in order. */
    public void leave() {
        if (database.isShared()) {
            database.aside(connection -> {
                try (PreparedStatement row =
                        connection.prepareStatement("delete from node where id = ? and name = ?")) {
                    row.setString(1, id);
                    row.setString(2, name);
                    return row.executeUpdate() == 1;
                }
            });
        }
    }

    /** What is wrong with the others. */
    public List<HealthBook.Concern> concerns(List<Node> all) {
        Instant now = Instant.now();
        return all.stream()
                .filter(node -> !node.id().equals(id))
                .map(node -> concern(node, now))
                .filter(concern -> concern.state() != HealthBook.State.GREEN)
                .toList();
    }

    private static HealthBook.Concern concern(Node node, Instant now) {
        HealthBook.State state = node.isSilent() || node.isClockOff() ? HealthBook.State.YELLOW : node.state();
        String message = node.isSilent()
                ? "nothing was heard of " + node.name() + " since "
                        + node.seen().truncatedTo(ChronoUnit.SECONDS) + ". Start it again; it is forgotten after a day."
                : node.isClockOff()
                        ? node.name() + ": " + node.clockWords() + ". Set it right."
                        : node.name() + ": " + node.problems() + ". See \"posbridge status\" there.";
        return new HealthBook.Concern("node " + node.id(), state, message, now, now, null, Instant.MAX);
    }

    /** The node on another machine whose data folder a file lies in, as people call it; empty for none that is known. */
    public static Optional<String> whoseIs(LedgerDatabase database, Path file) {
        return all(database).stream()
                .filter(node -> !node.id().startsWith(host() + ':'))
                .filter(node -> file.startsWith(node.id().substring(node.id().indexOf(':') + 1)))
                .map(Node::name)
                .findFirst();
    }

    /** All that were heard of within a day, by name; none where the ledger is a file. */
    public static List<Node> all(LedgerDatabase database) {
        return database.isShared()
                ? database.read(handle -> handle.select(
                                "select id, name, version, role, state, problems, ahead, extract(epoch from seen) * 1000, "
                                        + "extract(epoch from clock_timestamp() - seen) * 1000 from node "
                                        + "where seen > clock_timestamp() - interval '1 day' order by name")
                        .map((row, context) -> new Node(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                HealthBook.State.values()[row.getInt(5)],
                                row.getString(6),
                                Duration.ofMillis(row.getLong(7)),
                                Instant.ofEpochMilli(row.getBigDecimal(8).longValue()),
                                Duration.ofMillis(row.getBigDecimal(9).longValue())))
                        .list())
                : List.of();
    }
}
