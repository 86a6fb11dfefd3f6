import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Attacks the service by every way in at once, while it is killed, stopped and started, and while nights, tills and the desk
 * do what they always do: {@code bench/run attack --seed 1 --for 10m}. bench/README.md lists the options. Ends with 0 only if
 * what had to come is at the sandbox, once, in order and to the cent, the books are equal, no process ended by itself or grew,
 * nobody was led anywhere, and no output shows a key or a person.
 */
public final class Attack {
    private static final Set<String> KNOWN = Set.of("--seed", "--for", "--customers", "--receipts", "--most-memory", "--tricks", "--guard-off",
            "--set", "--java", "--class-path");

    /** How long nothing may move at the end before what is missing counts as lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int LONG_PAUSE_MILLIS = 2_500;
    private static final int JOIN_MILLIS = 1_000;

    private static final int IN_RECOVERY_MILLIS = 1_500;
    private static final int SHORTEST_LIFE_MILLIS = 3_000;
    private static final int SALES_AT_THE_END = 5;
    private static final int LONGEST_LIFE_MILLIS = 12_000;
    private static final double[] SHARES = {0, 0.05, 0.2, 0.5};
    private static final int GOOD_MESSAGES_A_LIFE = 15;
    /** Enough is enough. */
    private static final int MOST_FINDINGS = 5;

    private static final int MOST_MESSAGES = 2_500;

    private final Options options;
    private final Random random;
    private final Lab lab;
    private final TillDoor door;
    private final Manifest files = new Manifest();
    private final Manifest deskSales = new Manifest();
    private final AcmeNights nights;
    private final LiveReceipts live;
    private final List<Path> written = new ArrayList<>();
    private final Map<String, Integer> endings = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> stories = new ArrayList<>();
    private HostileProxy proxy;
    private int night;
    private int allowed;
    private long mostMegabytes;

    private Attack(Options options, long seed) throws IOException {
        this.options = options;
        this.random = new Random(seed);
        this.lab = new Lab("attack", options.text("--class-path", null));
        this.door = new TillDoor(lab.work, "tills,checkout");
        int customers = (int) options.number("--customers", 40);
        this.nights = new AcmeNights(random, (int) options.number("--receipts", 30), customers, files);
        Manifest messages = new Manifest();
        this.live = new LiveReceipts(MOST_MESSAGES, customers, random, messages);
        // Those that are sent are noted when they are.
        this.messages = messages;
    }

    private final Manifest messages;

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments, KNOWN);
        long seed = options.number("--seed", System.nanoTime() % 1_000_000);
        System.out.println("seed " + seed);
        System.exit(new Attack(options, seed).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        SelfCheck.findings().forEach(missed -> findings.add("the harness itself does not find what is " + missed));
        long began = System.nanoTime();
        long until = began + seconds(options.text("--for", "10m")) * 1_000_000_000L;
        Path vendors = home();
        HostileFiles hostileFiles = new HostileFiles(lab.work, vendors, new Random(random.nextLong()));
        CamelNames names = new CamelNames(Path.of("target/lib"));
        System.out.println("data in " + lab.work);
        try (lab) {
            open();
            HostileMessages hostileMessages = new HostileMessages(door.port(), proxy.trap(), names, new Random(random.nextLong()));
            GoodDesk desk = new GoodDesk(door, (int) options.number("--customers", 40), new Random(random.nextLong()), deskSales);
            Tills tills = new Tills(door.connections(), live.receipts(), new Random(random.nextLong()));
            List<Thread> attackers = start(hostileFiles, hostileMessages, this::changeProxy);
            List<Thread> honest = start(desk, tills);
            requireStart();
            while (System.nanoTime() < until && findings.size() < MOST_FINDINGS) {
                oneLife(tills);
            }
            end(attackers);
            proxy.hostile(0);
            Books books = lastLife(tills, desk, honest);
            honest.forEach(Thread::interrupt);
            judge(books, desk);
            // Where this ran on another machine, its log is all that is left.
            for (String id : books.lost().limit(MOST_FINDINGS).toList()) {
                stories.add(lab.said("trace", id.substring(id.indexOf(' ') + 1)));
            }
            System.out.printf("%-16s %d files%n%-16s %s%n%-16s %s%n%-16s %s%n%-16s %s%n%-16s %d MB%n%-16s %d s%n", "dropped", hostileFiles.dropped(),
                    "sent", hostileMessages.summary(), "proxy", proxy.summary(), "endings", endings, "books", books.summary(), "most memory",
                    mostMegabytes, "took", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            System.out.printf("%-16s %d at the desk, %d of %d messages confirmed, %d nights%n", "honest", desk.done(), tills.confirmed(), allowed, night);
        }
        findings.forEach(finding -> System.out.println("FOUND " + finding));
        stories.forEach(System.out::println);
        System.out.println(findings.isEmpty() ? "all well" : findings.size() + " findings, see " + lab.work);
        return findings.isEmpty();
    }

    /** A home of its own, with routes and profiles as they are, and room for hostile ones. */
    private Path home() throws IOException {
        Path home = Files.createDirectories(lab.work.resolve("home"));
        try (Stream<Path> routes = Files.walk(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(route, home.resolve(route));
            }
        }
        Path vendors = Files.createDirectories(home.resolve("config/vendors"));
        for (String vendor : List.of("acme", "generic-csv")) {
            Files.copy(Path.of("config/vendors", vendor + ".yaml"), vendors.resolve(vendor + ".yaml"));
            Files.createDirectories(lab.work.resolve("inbox").resolve(vendor));
        }
        String guard = options.text("--guard-off", null);
        lab.with("-Dposbridge.home=" + home + (guard == null ? "" : " -Dposbridge.guard.off=" + guard) + " " + options.text("--java", ""));
        return vendors;
    }

    private void open() throws Exception {
        lab.environment("GAMEBALL_API_KEY", Markers.API_KEY);
        lab.environment("GAMEBALL_SECRET_KEY", Markers.SECRET_KEY);
        lab.startSandbox(List.of("--quotas", "off", "--latency", "3ms"));
        proxy = new HostileProxy(lab.sandbox(), Markers.API_KEY, Markers.SECRET_KEY, new Random(random.nextLong()));
        if (options.text("--tricks", null) != null) {
            proxy.only(Arrays.stream(options.text("--tricks", "").split(",")).map(HostileProxy.Trick::valueOf).toList());
        }
        lab.set(door.settings("acme"));
        lab.set(List.of("posbridge.gameball.url=" + proxy.uri(), "posbridge.gameball.quotas=off", "posbridge.gameball.answer-timeout=2s",
                "posbridge.gameball.connect-timeout=1s", "posbridge.inbox.poll=250ms", "posbridge.inbox.settle=200ms",
                "posbridge.delivery.job-deadline=5s", "posbridge.delivery.attempts=200", "posbridge.delivery.retry-pause=200ms",
                "posbridge.delivery.retry-pause-max=2s", "posbridge.account.name=attacked", "posbridge.account.environment=test",
                "posbridge.account.currency=GBP", "posbridge.checkout.enabled=true", "posbridge.refunds.wait=20s"));
        lab.set(options.words("--set"));
    }

    /** The proxy is bad for some seconds, worse, or as it should be. */
    private void changeProxy() {
        Random own = new Random(random.nextLong());
        while (!Thread.currentThread().isInterrupted()) {
            proxy.hostile(SHARES[own.nextInt(SHARES.length)]);
            pause(1_000 + own.nextInt(5_000));
        }
    }

    /** Whoever does not even start cannot be attacked: a mistake of ours in the settings. */
    private void requireStart() throws Exception {
        Process service = lab.service("");
        lab.awaitReady(service);
        if (!service.isAlive()) {
            throw new IllegalStateException("the service does not start: " + Lab.text(lab.log("run")));
        }
        end(service, "first");
    }

    private void oneLife(Tills tills) throws Exception {
        Process service = lab.service("");
        feed();
        tills.allow(GOOD_MESSAGES_A_LIFE);
        allowed += GOOD_MESSAGES_A_LIFE;
        int kind = random.nextInt(20);
        if (kind < 3) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(IN_RECOVERY_MILLIS));
            end(service, "killed in recovery");
            return;
        }
        lab.awaitReady(service);
        TimeUnit.MILLISECONDS.sleep(SHORTEST_LIFE_MILLIS + random.nextInt(LONGEST_LIFE_MILLIS - SHORTEST_LIFE_MILLIS));
        if (kind == 3) {
            look();
        }
        if (kind < 6) {
            pauseProcess(service, kind == 4 ? LONG_PAUSE_MILLIS : 300);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(IN_RECOVERY_MILLIS));
        }
        if (kind > 16) {
            note(service, "told to stop");
            service.destroy();
            int exit = Lab.end(service);
            if (exit != 0) {
                findings.add("a process that was told to stop ended with " + exit);
            }
        } else {
            end(service, kind < 6 ? "killed after a pause" : "killed");
        }
    }

    private void end(Process service, String ending) throws Exception {
        note(service, ending);
        service.destroyForcibly();
        Lab.end(service);
    }

    private void note(Process service, String ending) throws Exception {
        endings.merge(ending, 1, Integer::sum);
        long megabytes = Lab.residentMegabytes(service);
        mostMegabytes = Math.max(mostMegabytes, megabytes);
        new Markers().inCommandLine(service).forEach(findings::add);
        if (!service.isAlive()) {
            findings.add("the process ended by itself with " + service.exitValue() + ", see the end of " + lab.log("run"));
        }
    }

    private static void pauseProcess(Process service, long millis) throws Exception {
        Lab.signal(service, "STOP");
        TimeUnit.MILLISECONDS.sleep(millis);
        Lab.signal(service, "CONT");
    }

    /** What a person would ask meanwhile. */
    private void look() throws Exception {
        for (List<String> words : List.of(List.of("status", "--json"), List.of("dead-letters", "list", "--limit", "500"),
                List.of("dead-letters", "summary"), List.of("trace", "attack-1", "--json"), List.of("report"))) {
            int exit = Lab.end(lab.command("", words.toArray(String[]::new)));
            if (exit != 0 && exit != 3) {
                findings.add(words + " ended with " + exit + ", see " + lab.log(words.get(0)));
            }
        }
    }

    /** A night, perhaps cut off first, an old one once more, and a file with all kinds of records. */
    private void feed() throws Exception {
        Path inbox = lab.work.resolve("inbox/acme");
        Path whole = nights.write(night, lab.work);
        written.add(whole);
        Path target = inbox.resolve(whole.getFileName().toString());
        if (random.nextInt(3) == 0) {
            byte[] bytes = Files.readAllBytes(whole);
            drop(Arrays.copyOf(bytes, random.nextInt(bytes.length)), target);
            for (int look = 0; look < 100 && Files.exists(target); look++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        if (!Files.exists(target)) {
            drop(Files.readAllBytes(whole), target);
        } else {
            // It was not taken yet, so the whole takes its place.
            Files.copy(whole, target, StandardCopyOption.REPLACE_EXISTING);
        }
        if (random.nextInt(3) == 0) {
            Path old = written.get(random.nextInt(written.size()));
            drop(Files.readAllBytes(old), inbox.resolve(old.getFileName().toString().replace("EOD_7_", "EOD_9_")));
        }
        drop(everyKind().getBytes(StandardCharsets.UTF_8), lab.work.resolve("inbox/generic-csv/good-" + night + ".csv"));
        night++;
    }

    private String everyKind() {
        String id = "good-" + night;
        String customer = "good-c" + night;
        files.from("generic");
        files.order("generic-csv-" + id + "-1", customer, 1_000);
        files.order("generic-csv-" + id + "-2", customer, 2_000);
        files.refund("generic-csv-" + id + "-3", customer, 400);
        files.refund("generic-csv-" + id + "-4", customer, 2_000);
        files.events.add("survey-" + id);
        files.from("");
        return "kind,id,occurred_at,customer_id,first_name,email,total,original_id,event_name\n"
                + "customer,0," + at(0) + customer + ',' + Markers.PERSON + ',' + Markers.EMAIL + ",,,\n"
                + "sale," + id + "-1," + at(1) + customer + ",,,10.00,,\n"
                + "sale," + id + "-2," + at(2) + customer + ",,,20.00,,\n"
                + "refund," + id + "-3," + at(3) + customer + ",,,4.00," + id + "-1,\n"
                + "void," + id + "-4," + at(4) + customer + ",,,," + id + "-2,\n"
                + "event," + id + "-5," + at(5) + customer + ",,,,,survey-" + id + "\n";
    }

    private static String at(int second) {
        return "2026-01-31 12:00:0" + second + ',';
    }

    private void drop(byte[] content, Path target) throws IOException {
        Path file = Files.write(lab.work.resolve("next"), content);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Nobody disturbs this one, until all is there or nothing moves any more. */
    private Books lastLife(Tills tills, GoodDesk desk, List<Thread> honest) throws Exception {
        Process service = lab.service("");
        lab.awaitReady(service);
        int before = desk.done();
        for (int look = 0; look < 600 && desk.done() < before + SALES_AT_THE_END; look++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (desk.done() < before + SALES_AT_THE_END) {
            findings.add("the desk sells nothing any more, it last replied " + desk.last());
        }
        desk.close();
        for (Thread one : honest.subList(0, 1)) {
            one.join(PATIENCE.toMillis());
        }
        for (int look = 0; look < 600 && tills.confirmed() < most(); look++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        String seen = "";
        long moved = System.nanoTime();
        Books books = books(tills);
        while (!books.findings().isEmpty() && System.nanoTime() - moved < PATIENCE.toNanos() && service.isAlive()) {
            String now = books.summary();
            moved = now.equals(seen) ? moved : System.nanoTime();
            seen = now;
            TimeUnit.SECONDS.sleep(2);
            books = books(tills);
        }
        look();
        note(service, "last, told to stop");
        service.destroy();
        int exit = Lab.end(service);
        if (exit != 0) {
            findings.add("the last process ended with " + exit);
        }
        return books;
    }

    private int most() {
        return Math.min(allowed, MOST_MESSAGES) - 20;
    }

    /** Of the messages those have to be there that the broker has confirmed. */
    private Books books(Tills tills) throws Exception {
        Manifest confirmed = new Manifest();
        confirmed.from("messages");
        messages.orders.forEach((id, one) -> copy(id, one, tills.confirmed(), confirmed.orders));
        messages.refunds.forEach((id, one) -> copy(id, one, tills.confirmed(), confirmed.refunds));
        try (Stream<String> orders = lab.lines("orders"); Stream<String> refunds = lab.lines("refunds"); Stream<String> events = lab.lines("events")) {
            return new Books(List.of(files, deskSales, confirmed), orders, refunds, events, lab.report());
        }
    }

    private static void copy(String id, Manifest.Expected one, int confirmed, Map<String, Manifest.Expected> target) {
        if (one.position() < confirmed) {
            target.put(id, new Manifest.Expected(one.customer(), one.cents(), "messages", one.position()));
        }
    }

    private void judge(Books books, GoodDesk desk) throws Exception {
        findings.addAll(books.findings());
        findings.addAll(proxy.findings());
        findings.addAll(desk.findings());
        findings.addAll(new Markers().in(lab.work));
        long most = options.number("--most-memory", 600);
        if (mostMegabytes > most) {
            findings.add("a process grew to " + mostMegabytes + " MB, expected " + most + " at most");
        }
        for (Path place : List.of(Path.of("/tmp"), Path.of(""), lab.work.getParent())) {
            try (Stream<Path> entries = Files.list(place.toAbsolutePath())) {
                entries.filter(entry -> entry.getFileName().toString().startsWith("stolen")).forEach(entry -> findings.add(entry + " was written"));
            }
        }
    }

    private static List<Thread> start(Runnable... works) {
        return Arrays.stream(works).map(work -> {
            Thread thread = new Thread(work, "attack");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }).toList();
    }

    /** The broker's client takes an interruption for its own now and then, and keeps silent about it: so, again. */
    private static void end(List<Thread> attackers) throws InterruptedException {
        for (Thread attacker : attackers) {
            do {
                attacker.interrupt();
                attacker.join(JOIN_MILLIS);
            } while (attacker.isAlive());
        }
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static long seconds(String time) {
        long number = Long.parseLong(time.substring(0, time.length() - 1));
        return switch (time.charAt(time.length() - 1)) {
            case 's' -> number;
            case 'm' -> number * 60;
            case 'h' -> number * 3_600;
            default -> throw new IllegalArgumentException("--for " + time + ": expected a time with its unit, such as 60s or 10m");
        };
    }
}
