import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/**
 * Ends the service at random moments while files keep coming, and compares what the sandbox got with what was written
 * beforehand: {@code bench/run crash --kills 25 --seed 1}. bench/README.md lists the options. Ends with 0 only if nothing
 * was lost, doubled, dead or out of order and the money is equal to the cent.
 */
public final class Crash {
    private static final Set<String> KNOWN = Set.of("--kills", "--seed", "--files", "--receipts", "--customers", "--latency",
            "--life", "--faults", "--set", "--sandbox", "--java", "--class-path");

    /** How long nothing may move before what is missing counts as lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Longer than the calls that are under way, and the quota's windows and timers notice it. */
    private static final int LONG_PAUSE_MILLIS = 2_500;

    private static final int IN_RECOVERY_MILLIS = 1_500;
    private static final int PROGRESS_EVERY = 50;

    private final Options options;
    private final int kills;
    private final Random random;
    private final Lab lab;
    private final Manifest manifest = new Manifest();
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final Map<String, Integer> endings = new TreeMap<>();
    private long mostMegabytes;

    private Crash(Options options, long seed) throws IOException {
        this.options = options;
        this.kills = (int) options.number("--kills", 25);
        this.random = new Random(seed);
        this.lab = new Lab("crash", options.text("--class-path", null))
                .with(options.text("--java", ""));
        lab.set(List.of("posbridge.inbox.poll=100ms", "posbridge.inbox.settle=200ms", "posbridge.gameball.quotas=off", "posbridge.delivery.job-deadline=5s",
                "posbridge.account.currency=GBP"));
        lab.set(options.words("--set"));
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments, KNOWN);
        long seed = options.number("--seed", System.nanoTime() % 1_000_000);
        System.out.println("seed " + seed);
        System.exit(new Crash(options, seed).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        int files = (int) options.number("--files", Math.max(4, kills));
        AcmeNights nights = new AcmeNights(random, (int) options.number("--receipts", 200), (int) options.number("--customers", 50), manifest);
        for (int file = 0; file < files; file++) {
            waiting.add(nights.write(file, lab.work));
        }
        System.out.printf("%d kills, %d files, %d records, data in %s%n", kills, files, manifest.records(), lab.work);
        List<String> sandbox = new ArrayList<>(List.of("--quotas", "off", "--latency", options.text("--latency", "3ms")));
        sandbox.addAll(options.words("--sandbox"));
        long began = System.nanoTime();
        try (lab) {
            lab.startSandbox(sandbox);
            if (options.text("--faults", null) != null) {
                lab.fault(options.text("--faults", null));
            }
            for (int kill = 1; kill <= kills; kill++) {
                oneLife(kill);
                if (kill % PROGRESS_EVERY == 0) {
                    System.out.printf("%d kills, %d of %d records there, %d s%n", kill, lab.held(), manifest.records(),
                            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
                }
            }
            lastLife();
            boolean well = new Comparison(manifest, lab, lab.report()).isWell();
            System.out.printf("%-16s %s%n%-16s %d MB%n%-16s %d s%n", "endings", endings, "most memory", mostMegabytes,
                    "took", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            return well;
        }
    }

    /** A start, some files, and an end at a moment nobody chose. */
    private void oneLife(int number) throws Exception {
        Process service = lab.service("");
        feed((int) Math.ceil((double) waiting.size() / (kills - number + 1)));
        int kind = random.nextInt(20);
        if (kind < 3) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(IN_RECOVERY_MILLIS));
            end(service, "in recovery");
            return;
        }
        lab.awaitReady(service);
        TimeUnit.MILLISECONDS.sleep(random.nextInt((int) options.number("--life", 4_000)));
        switch (kind) {
            case 3, 4 -> {
                note("SIGTERM", service);
                service.destroy();
                Lab.end(service);
            }
            case 5 -> {
                pause(service, 300);
                end(service, "after a pause");
            }
            case 6, 7 -> {
                pause(service, LONG_PAUSE_MILLIS);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(IN_RECOVERY_MILLIS));
                end(service, "after a long pause");
            }
            default -> end(service, "at work");
        }
    }

    private void end(Process service, String when) throws Exception {
        note("killed " + when, service);
        service.destroyForcibly();
        Lab.end(service);
    }

    private static void pause(Process service, long millis) throws Exception {
        Lab.signal(service, "STOP");
        TimeUnit.MILLISECONDS.sleep(millis);
        Lab.signal(service, "CONT");
    }

    private void note(String ending, Process service) throws IOException {
        endings.merge(ending, 1, Integer::sum);
        mostMegabytes = Math.max(mostMegabytes, Lab.residentMegabytes(service));
    }

    /** Nobody disturbs this one; it is told to stop when everything is there, or nothing moves any more. */
    private void lastLife() throws Exception {
        Process service = lab.service("");
        feed(waiting.size());
        long held = lab.held();
        long moved = System.nanoTime();
        while (held < manifest.records() && System.nanoTime() - moved < PATIENCE.toNanos() && service.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(300);
            long now = lab.held();
            moved = now > held ? System.nanoTime() : moved;
            held = now;
        }
        TimeUnit.SECONDS.sleep(2);
        note("last", service);
        service.destroy();
        System.out.println("last life ended with " + Lab.end(service));
    }

    private void feed(int files) throws IOException {
        Path inbox = Files.createDirectories(lab.work.resolve("inbox/acme"));
        for (int n = 0; n < files && !waiting.isEmpty(); n++) {
            Path file = waiting.remove();
            Files.move(file, inbox.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
