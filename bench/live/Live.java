import dev.posbridge.ledger.store.LedgerAddress;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * How long a till's receipt takes from its message to Gameball's answer: alone, while a large file is read and delivered,
 * and in a burst. The service, the sandbox and the sender are processes of their own on one machine; the broker's journal and
 * the ledger force every lot to the disk. Ends with 0 only if the targets are met: {@code bench/run live --rows 200000}.
 */
public final class Live {
    private static final Set<String> KNOWN = Set.of("--messages", "--burst", "--rows", "--pause", "--seed", "--quotas", "--latency",
            "--set", "--sandbox", "--java", "--class-path", "--nodes", "--postgres", "--port");
    private static final String VENDOR = "generic-csv";
    private static final String HEADER = "kind,id,customer_id,occurred_at,total\n";
    private static final int CUSTOMERS = 200;
    private static final int FILE_CUSTOMERS_PART = 5;
    private static final String LIVE = VENDOR + "-L";
    private static final String IN_FILE = VENDOR + "-F";
    private static final LocalDateTime OPENING = LocalDateTime.of(2026, 1, 1, 8, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final int BURST_SENDERS = 10;
    private static final int BURST_LOT = 50;

    private static final double MOST_P99_MILLIS = 50;
    /** Over a broker and a database of their own, of a message that another node than the sender took in. */
    private static final double MOST_P99_OF_NODES_MILLIS = 80;
    private static final double MOST_BESIDE_A_FILE_MILLIS = 1_000;
    private static final double LEAST_STORED_A_SECOND = 2_000;

    /** How long nothing may move before what is missing counts as lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Options options;
    private final Random random;
    private final Lab lab;
    private final TillDoor door;
    private final Map<String, Instant> sent = new HashMap<>();
    private int next;
    private final boolean nodes;
    private PostgresServer postgres;
    private ArtemisPair brokers;
    private ConnectionFactory tills;
    private volatile double burstSentSeconds;
    private boolean well = true;

    private Live(Options options) throws IOException {
        this.options = options;
        this.random = new Random(options.number("--seed", 1));
        this.lab = new Lab("live", options.text("--class-path", null)).with(options.text("--java", ""));
        this.door = new TillDoor(lab.work);
        this.nodes = "two".equals(options.text("--nodes", "one"));
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(new Live(new Options(arguments, KNOWN)).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        String quotas = options.text("--quotas", "off");
        List<String> sandbox = new ArrayList<>(List.of("--quotas", quotas, "--latency", options.text("--latency", "0ms")));
        sandbox.addAll(options.words("--sandbox"));
        try (lab) {
            lab.startSandbox(sandbox);
            lab.set(List.of("posbridge.gameball.quotas=" + quotas, "posbridge.account.currency=GBP",
                    "posbridge.inbox.poll=200ms", "posbridge.inbox.settle=200ms"));
            lab.set(options.words("--set"));
            Process service = nodes ? startNodes() : startService();
            System.out.printf("data in %s, forcing 4 KiB to the disk takes %.2f ms%n", lab.work, forceMillis());
            try (Connection connection = tills.createConnection();
                    Session session = connection.createSession();
                    MessageProducer producer = session.createProducer(session.createQueue(TillDoor.QUEUE))) {
                Sender sender = receipt -> producer.send(session.createTextMessage(receipt));
                measure(sender, service);
            }
            if (options.number("--burst", 5_000) > 0) {
                burst(service, "delivered meanwhile");
                Lab.end(lab.command("", "pause", "--reason", "measurement"));
                burst(service, "with delivery paused");
            }
            service.destroy();
            System.out.println("the service ended with " + Lab.end(service));
        } finally {
            if (brokers != null) {
                brokers.close();
            }
            if (postgres != null) {
                postgres.close();
            }
        }
        System.out.println(well ? "all targets are met" : "a target is missed");
        return well;
    }

    private Process startService() throws Exception {
        tills = door.connections();
        lab.set(door.settings(VENDOR));
        Process service = lab.service("");
        lab.awaitReady(service);
        return service;
    }

    /** One that sends and, since it does not read the queue, another that takes in. @return the one that sends */
    private Process startNodes() throws Exception {
        int port = (int) options.number("--port", 24_200);
        postgres = new PostgresServer(options.text("--postgres", null), port);
        brokers = new ArtemisPair(lab.work.resolve("artemis"), port + 1, port + 2, false);
        String servers = "(tcp://127.0.0.1:" + (port + 1) + ",tcp://127.0.0.1:" + (port + 2) + ")?";
        tills = new ActiveMQConnectionFactory(servers + "retryInterval=50&useTopologyForLoadBalancing=false", ArtemisPair.USER, ArtemisPair.PASSWORD);
        lab.environment("POSBRIDGE_BROKER_PASSWORD", ArtemisPair.PASSWORD);
        lab.set(PostgresServer.settings(port, "posbridge"));
        lab.set(List.of("posbridge.broker.url=" + servers + "ha=true", "posbridge.broker.user=" + ArtemisPair.USER));
        Node sends = new Node("sends", lab, VENDOR);
        Node takesIn = new Node("takes-in", lab, VENDOR);
        takesIn.set(List.of("posbridge.sources.tills.queue=" + TillDoor.QUEUE, "posbridge.sources.tills.vendor=" + VENDOR,
                "posbridge.sources.tills.body=receipt"));
        for (Node node : List.of(sends, takesIn)) {
            node.start();
            node.awaitReady();
        }
        if (!sends.is(postgres.sender())) {
            throw new IllegalStateException("the first node does not send, see " + lab.work);
        }
        return sends.process();
    }

    private interface Sender {
        void send(String receipt) throws JMSException;
    }

    private void measure(Sender sender, Process service) throws Exception {
        int messages = (int) options.number("--messages", 1_000);
        // Every customer is known at Gameball from then on, and the program is warm.
        spaced(sender, 3 * CUSTOMERS);
        awaitOrders(next);
        int first = next;
        spaced(sender, messages);
        awaitOrders(next);
        Latencies empty = latencies(first, arrivals(), Instant.MIN, Instant.MAX);
        System.out.printf("%-34s %8s %8s %8s %8s%n", "from message to answer, in ms", "messages", "p50", "p99", "longest");
        print("queue otherwise empty", empty);
        judge("p99 with an empty queue", empty.p99() <= (nodes ? MOST_P99_OF_NODES_MILLIS : MOST_P99_MILLIS));
        besideAFile(sender, service);
    }

    private void besideAFile(Sender sender, Process service) throws Exception {
        int rows = (int) options.number("--rows", 200_000);
        if (rows == 0) {
            return;
        }
        int first = next;
        Path inbox = Files.createDirectories(lab.work.resolve(nodes ? "takes-in/inbox" : "inbox").resolve(VENDOR));
        Files.move(file(rows), inbox.resolve("night.csv"), StandardCopyOption.ATOMIC_MOVE);
        Instant dropped = Instant.now();
        long before = lab.held() - next;
        long moved = System.nanoTime();
        for (long there = 0; there < rows && service.isAlive() && System.nanoTime() - moved < PATIENCE.toNanos(); ) {
            spaced(sender, 20);
            long now = lab.held() - next - before;
            moved = now > there ? System.nanoTime() : moved;
            there = now;
        }
        awaitOrders(next + rows);
        Map<String, Instant> arrivals = arrivals();
        List<Instant> ofFile = arrivals.entrySet().stream()
                .filter(order -> order.getKey().startsWith(IN_FILE))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        Instant began = ofFile.get(0);
        Instant ended = ofFile.get(ofFile.size() - 1);
        Latencies reading = latencies(first, arrivals, dropped, began);
        Latencies delivering = latencies(first, arrivals, began, ended);
        print(String.format("a file of %,d rows is read", rows), reading);
        print(String.format("... is delivered, %,d a second", rows * 1_000L / Math.max(1, began.until(ended, ChronoUnit.MILLIS))), delivering);
        judge("no message waits a second beside a file",
                Math.max(reading.longest(), delivering.longest()) <= MOST_BESIDE_A_FILE_MILLIS && delivering.size() > 0);
    }

    /** Many at once, by some till servers that send lots. */
    private void burst(Process service, String how) throws Exception {
        int size = (int) options.number("--burst", 5_000);
        Instant began;
        double seconds;
        Duration before = cpu(service);
        try (LedgerCount ledger = new LedgerCount(ledger())) {
            List<String> receipts = Stream.generate(this::receipt).limit(size).toList();
            ExecutorService tills = Executors.newFixedThreadPool(BURST_SENDERS);
            began = Instant.now();
            for (int sender = 0; sender < BURST_SENDERS; sender++) {
                List<String> part = receipts.subList(size * sender / BURST_SENDERS, size * (sender + 1) / BURST_SENDERS);
                tills.execute(() -> send(part));
            }
            tills.shutdown();
            while (ledger.records() < size && Duration.between(began, Instant.now()).compareTo(PATIENCE) < 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            seconds = began.until(Instant.now(), ChronoUnit.MILLIS) / 1_000.0;
            tills.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        System.out.printf("burst of %,d messages, %s: the broker had them after %.2f s, the ledger after %.2f s, %,.0f a second;"
                + " %.2f s of the service's CPU%n", size, how, burstSentSeconds, seconds, size / seconds,
                cpu(service).minus(before).toMillis() / 1_000.0);
        judge("a burst is stored at 2,000 a second", size / seconds >= LEAST_STORED_A_SECOND);
    }

    private LedgerAddress ledger() {
        return nodes ? new LedgerAddress(null, "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/posbridge", "posbridge", null)
                : LedgerAddress.ofFile(lab.work.resolve("data/ledger.db"));
    }

    private static Duration cpu(Process service) {
        return service.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void send(List<String> receipts) {
        long began = System.nanoTime();
        try (Connection connection = tills.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(TillDoor.QUEUE))) {
            for (int n = 1; n <= receipts.size(); n++) {
                producer.send(session.createTextMessage(receipts.get(n - 1)));
                if (n % BURST_LOT == 0 || n == receipts.size()) {
                    session.commit();
                }
            }
        } catch (JMSException broken) {
            throw new IllegalStateException(broken);
        }
        burstSentSeconds = (System.nanoTime() - began) / 1e9; // of the last to end
    }

    /** One after the other, with pauses of random length. */
    private void spaced(Sender sender, int count) throws Exception {
        int pause = (int) options.number("--pause", 40);
        for (int n = 0; n < count; n++) {
            String receipt = receipt();
            sent.put(LIVE + (next - 1), Instant.now());
            sender.send(receipt);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * pause));
        }
    }

    /** The next sale, of a customer who is in no file. */
    private String receipt() {
        int number = next++;
        return HEADER + "sale,L" + number + ",live" + number % CUSTOMERS + ',' + OPENING.plusSeconds(number).format(TIME) + ",12.50\n";
    }

    private Path file(int rows) throws IOException {
        Path file = lab.work.resolve("night.csv");
        try (BufferedWriter text = Files.newBufferedWriter(file)) {
            text.write(HEADER);
            for (int row = 0; row < rows; row++) {
                text.write("sale,F" + row + ",c" + row % (rows / FILE_CUSTOMERS_PART + 1) + ',' + OPENING.plusSeconds(row).format(TIME) + ",10.00\n");
            }
        }
        return file;
    }

    /** Waits until the sandbox holds so many. */
    private void awaitOrders(long count) throws Exception {
        long held = lab.held();
        long moved = System.nanoTime();
        while (held < count && System.nanoTime() - moved < PATIENCE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(20);
            long now = lab.held();
            moved = now > held ? System.nanoTime() : moved;
            held = now;
        }
        if (held < count) {
            throw new IllegalStateException("the sandbox holds " + held + " orders, expected " + count + ", see " + lab.work);
        }
    }

    /** When which order was taken by the sandbox, which answers in the same moment. */
    private Map<String, Instant> arrivals() throws Exception {
        Map<String, Instant> arrivals = new HashMap<>();
        try (Stream<String> orders = lab.lines("orders")) {
            orders.forEach(order -> arrivals.put(Comparison.text(order, "orderId"), Instant.parse(Comparison.text(order, "arrivedAt"))));
        }
        return arrivals;
    }

    /** Of the messages from a number on that were sent within a span of time. */
    private Latencies latencies(int first, Map<String, Instant> arrivals, Instant from, Instant to) {
        Latencies latencies = new Latencies();
        for (int number = first; number < next; number++) {
            Instant start = sent.get(LIVE + number);
            if (!start.isBefore(from) && start.isBefore(to)) {
                latencies.add(Duration.between(start, arrivals.get(LIVE + number)));
            }
        }
        return latencies;
    }

    private static void print(String what, Latencies latencies) {
        System.out.printf("%-34s %8d %8.1f %8.1f %8.1f%n", what, latencies.size(), latencies.p50(), latencies.p99(), latencies.longest());
    }

    private void judge(String target, boolean met) {
        if (!met) {
            System.out.println("  missed: " + target);
            well = false;
        }
    }

    /** What a forced write costs on this disk, the least that a message can take. */
    private double forceMillis() throws IOException {
        int writes = 100;
        ByteBuffer page = ByteBuffer.allocate(4_096);
        try (FileChannel file = FileChannel.open(lab.work.resolve("forced"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long began = System.nanoTime();
            for (int write = 0; write < writes; write++) {
                file.write(page.rewind());
                file.force(false);
            }
            return (System.nanoTime() - began) / 1e6 / writes;
        }
    }
}
