import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Nights dropped by a real OpenSSH client, one after the other, while tills send receipts to the broker; then all of it
 * again, under other names, and the tills' receipts once more in a file. The service is killed at random moments. Ends with 0
 * only if the sandbox holds what was written, once, in order and to the cent, and nothing was sent for what came again:
 * {@code bench/run doors --kills 20 --seed 1}. bench/README.md lists the options.
 */
public final class Doors {
    private static final Set<String> KNOWN = Set.of("--kills", "--seed", "--files", "--receipts", "--messages", "--customers",
            "--nights", "--profile", "--orders", "--sales", "--refunds", "--refunded", "--dead",
            "--latency", "--life", "--set", "--sandbox", "--java", "--class-path");

    /** How long nothing may move before what is missing counts as lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int IN_RECOVERY_MILLIS = 1_500;

    private final Options options;
    private final Random random;
    private final int customers;
    private final Lab lab;
    private final SshServer server;
    private final Path nightDrops;
    private final Path tillDrops;
    private final TillDoor door;
    private final Manifest manifest = new Manifest();
    private final List<Drop> nights;
    private final LiveReceipts live;
    private final Map<String, Integer> endings = new TreeMap<>();
    private int resent;

    /** A file, and where under which name it is to lie at the server. */
    private record Drop(Path file, Path folder, String name) {}

    private Doors(Options options, long seed) throws IOException {
        this.options = options;
        this.random = new Random(seed);
        this.customers = (int) options.number("--customers", 50);
        this.lab = new Lab("doors", options.text("--class-path", null)).with(options.text("--java", ""));
        this.server = new SshServer(lab.work.resolve("ssh"));
        this.door = new TillDoor(lab.work);
        this.nightDrops = Files.createDirectories(lab.work.resolve("drops/nights"));
        this.tillDrops = Files.createDirectories(lab.work.resolve("drops/tills"));
        this.nights = options.text("--nights", null) == null ? ownNights() : givenNights();
        manifest.from("messages");
        this.live = new LiveReceipts((int) options.number("--messages", 500), customers, random, manifest);
    }

    public static void main(String[] arguments) throws Exception {
        if (SshServer.missing() != null) {
            System.err.println("bench/run doors: " + SshServer.missing());
            System.exit(2);
        }
        Options options = new Options(arguments, KNOWN);
        long seed = options.number("--seed", System.nanoTime() % 1_000_000);
        System.out.println("seed " + seed);
        System.exit(new Doors(options, seed).run() ? 0 : 1);
    }

    private List<Drop> ownNights() throws IOException {
        AcmeNights writer = new AcmeNights(random, (int) options.number("--receipts", 200), customers, manifest);
        List<Drop> drops = new ArrayList<>();
        for (int night = 0; night < options.number("--files", 10); night++) {
            Path file = writer.write(night, lab.work);
            drops.add(new Drop(file, nightDrops, file.getFileName().toString()));
        }
        return drops;
    }

    /** Somebody's files, of which sums are known. */
    private List<Drop> givenNights() throws IOException {
        manifest.others = new Manifest.Sums(options.text("--profile", "acme") + '-', options.number("--orders", 0),
                Manifest.cents(options.text("--sales", "0")), options.number("--refunds", 0),
                Manifest.cents(options.text("--refunded", "0")), options.number("--dead", 0));
        try (Stream<Path> files = Files.list(Path.of(options.text("--nights", null)))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .map(file -> new Drop(file, nightDrops, file.getFileName().toString()))
                    .toList();
        }
    }

    private boolean run() throws Exception {
        int kills = (int) options.number("--kills", 20);
        System.out.printf("%d kills, %d files, %d messages, %d records, data in %s%n", kills, nights.size(),
                live.receipts().size(), manifest.records(), lab.work);
        long began = System.nanoTime();
        try (lab; server) {
            open();
            long known = records(round("first", kills - kills / 4, nights, manifest.records(), 0));
            String before = calls();
            String report = round("again", kills / 4, again(), manifest.records(), 2 * known + live.receipts().size());
            String after = calls();
            boolean well = new Comparison(manifest, lab, report).isWell();
            boolean silent = before.equals(after);
            System.out.printf("%-16s %s%n", "called again", silent ? "nothing" : "from " + before + " to " + after);
            System.out.printf("%-16s %s%n%-16s %d messages, for want of a confirmation%n%-16s %d s%n",
                    "killed", endings, "sent twice", resent, "took", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            return well && silent;
        }
    }

    private void open() throws Exception {
        server.start();
        lab.startSandbox(Stream.concat(
                Stream.of("--quotas", "off", "--latency", options.text("--latency", "3ms")), options.words("--sandbox").stream()).toList());
        lab.set(List.of("posbridge.gameball.quotas=off", "posbridge.delivery.job-deadline=5s", "posbridge.account.currency=GBP"));
        lab.set(door.settings("acme"));
        lab.set(server.source("night", options.text("--profile", "acme"), nightDrops));
        lab.set(server.source("till-night", "acme", tillDrops));
        lab.set(options.words("--set"));
    }

    /** The same files under other names, and one that holds the messages of the day. */
    private List<Drop> again() throws IOException {
        List<Drop> drops = new ArrayList<>();
        for (Drop night : nights) {
            String name = manifest.others == null ? night.name().replace("EOD_7_", "EOD_9_") : "again-" + night.name();
            drops.add(new Drop(night.file(), nightDrops, name));
        }
        Path file = Files.writeString(lab.work.resolve(LiveReceipts.FILE), live.file());
        drops.add(new Drop(file, tillDrops, LiveReceipts.FILE));
        return drops;
    }

    /**
     * Drops the files and sends the messages over so many lives, then waits until the sandbox holds so much and the ledger
     * counts at least so many records.
     *
     * @return the ledger's report of then
     */
    private String round(String name, int kills, List<Drop> files, long held, long counted) throws Exception {
        Deque<Drop> waiting = new ArrayDeque<>(files);
        int messages = live.receipts().size();
        Tills tills = new Tills(door.connections(), live.receipts(), new Random(random.nextLong()));
        Thread sender = new Thread(tills, "tills");
        sender.start();
        for (int kill = 0; kill < kills; kill++) {
            tills.allow(messages * (kill + 1) / (kills + 1) - messages * kill / (kills + 1));
            int toGo = kills + 1 - kill;
            oneLife(tills, waiting, waiting.size() / toGo + (random.nextInt(toGo) < waiting.size() % toGo ? 1 : 0));
        }
        tills.allow(messages - messages * kills / (kills + 1));
        Process service = lab.service("");
        drop(waiting, waiting.size());
        sender.join(PATIENCE.toMillis());
        sender.interrupt();
        resent += tills.resent();
        String report = awaitEnd(service, held, counted);
        service.destroy();
        System.out.printf("%s: %d kills, the last life ended with %d; %d of %d messages confirmed, %d files left at the server%n",
                name, kills, Lab.end(service), tills.confirmed(), messages, SshServer.lying(nightDrops) + SshServer.lying(tillDrops));
        return report;
    }

    /** Ends in recovery, at any moment, or when a lot of messages is on its way. */
    private void oneLife(Tills tills, Deque<Drop> waiting, int files) throws Exception {
        Process service = lab.service("");
        int early = random.nextInt(files + 1);
        drop(waiting, early);
        int kind = random.nextInt(20);
        int life = random.nextInt((int) options.number("--life", 3_000));
        if (kind >= 3) {
            lab.awaitReady(service);
        }
        drop(waiting, files - early);
        TimeUnit.MILLISECONDS.sleep(kind < 3 ? life % IN_RECOVERY_MILLIS : life);
        if (kind >= 10) {
            tills.awaitSending();
        }
        endings.merge(kind < 3 ? "in recovery" : kind < 10 ? "at work" : "while messages are sent", 1, Integer::sum);
        service.destroyForcibly();
        Lab.end(service);
    }

    private void drop(Deque<Drop> waiting, int count) throws Exception {
        for (int n = 0; n < count; n++) {
            Drop next = waiting.remove();
            server.drop(next.file(), next.folder(), next.name());
        }
    }

    /** Waits until everything is there, or nothing moves any more. */
    private String awaitEnd(Process service, long held, long counted) throws Exception {
        String seen = "";
        long moved = System.nanoTime();
        String report = lab.report();
        while (service.isAlive() && System.nanoTime() - moved < PATIENCE.toNanos()) {
            long lying = SshServer.lying(nightDrops) + SshServer.lying(tillDrops);
            String now = lab.held() + " " + lying + " " + Comparison.totals(report);
            if (lying == 0 && lab.held() >= held && records(report) >= counted && now.equals(seen)) {
                break;
            }
            moved = now.equals(seen) ? moved : System.nanoTime();
            seen = now;
            TimeUnit.SECONDS.sleep(1);
            report = lab.report();
        }
        return report;
    }

    private static long records(String report) {
        Matcher matcher = Pattern.compile("\"records\"\\s*:\\s*(\\d+)").matcher(Comparison.totals(report));
        matcher.find();
        return Long.parseLong(matcher.group(1));
    }

    /** Every call that the sandbox saw, by its kind. */
    private String calls() throws Exception {
        String state = lab.get("state");
        return state.substring(state.indexOf("\"calls\""), state.indexOf("\"answers\""));
    }
}
