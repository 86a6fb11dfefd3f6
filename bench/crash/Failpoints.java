import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ends the program at every named point of its way, once and again in the recovery, and compares what the sandbox got with
 * what was written beforehand: {@code bench/run failpoints} (short: the first hit of each point, each life the recovery of
 * the one before) or {@code bench/run failpoints --form long} (first and last hit, each followed by every point of a
 * recovery). All lives share one data folder. Ends with 0 only if nothing was lost, doubled, dead or out of order, the
 * money is equal to the cent, and every point was reached.
 */
public final class Failpoints {
    private static final Set<String> KNOWN = Set.of("--form", "--points", "--guard-off", "--set", "--sandbox", "--class-path");
    private static final int HALTED = 86;

    /** How long nothing must move before a life counts as done: what it left, the next one does. */
    private static final long IDLE_MILLIS = 1_500;

    /** Before it "not there" is no evidence, so a list whose answer nobody saw waits for it. */
    private static final long JOB_DEADLINE_MILLIS = 2_000;

    /** What the dry life does not reach is not tried, so it gets time on a slow machine, too. */
    private static final long IDLE_IN_DRY_LIFE_MILLIS = 8_000;

    /** More in a row, and the record in hand counts as the one that kills us: that is another test. */
    private static final int KILLS_IN_A_ROW = 3;

    /** Where a start that has something to recover may be ended. */
    private static final List<String> OF_RECOVERY = List.of("LEDGER_OPENED", "QUOTAS_RESTORED", "STARTED", "AFTER_CLAIM",
            "AFTER_CLAIM_OF_UNKNOWN", "AFTER_JOBS_TAKEN_OVER",
            "AFTER_ORDERS_TRANSACTIONS", "AFTER_JOB_STATUS", "AFTER_JOB_ID", "BEFORE_JOB_OUTCOMES",
            "BEFORE_SETTLING_VERIFIED", "BEFORE_OUTCOMES", "AFTER_OUTCOMES", "AFTER_CHUNK", "AFTER_MOVE");

    /** Reached only where the life before ended with something else than a sale on its way. */
    private static final List<String> OF_UNKNOWN = List.of("AFTER_CLAIM_OF_UNKNOWN", "BEFORE_SETTLING_VERIFIED");

    /** Calls of tills, and those that delivery makes only where a job is stuck. */
    private static final Set<String> NOT_CALLED = Set.of("EVENTS", "JOB_STOP", "ORDER_TRANSACTIONS", "HOLD", "HOLD_RELEASE",
            "ONE_TIME_PASSWORD", "ORDER_PREVIEW", "ACTIVITIES");

    /** Of ledger move, which is no part of a service's life: LedgerMoveTest ends it there. */
    private static final String OF_MOVE = "CARRYING";

    /** What only happens where sales go by batch calls. */
    private static final Set<String> OF_BATCH = Set.of("CUSTOMERS", "ORDERS", "BALANCES", "JOB", "JOB_LOST");

    private static final int MOST_TRIES = 3;

    private final Options options;
    private final Lab lab;
    private final Manifest manifest = new Manifest();
    private final Set<String> notReached = new LinkedHashSet<>();
    private int nights;
    private int lives;
    private int kills;

    private Failpoints(Options options) throws IOException {
        this.options = options;
        String guard = options.text("--guard-off", null);
        this.lab = new Lab("failpoints", options.text("--class-path", null))
                .with("-XX:TieredStopAtLevel=1 -Dposbridge.suspects-millis=1" + (guard == null ? "" : " -Dposbridge.guard.off=" + guard));
        lab.set(List.of("posbridge.inbox.poll=50ms", "posbridge.inbox.settle=1ms", "posbridge.account.currency=GBP",
                "posbridge.account.existing-customers=fill-gaps", "posbridge.account.quota-share=100%",
                "posbridge.gameball.quotas=documented", "posbridge.delivery.retry-pause=20ms",
                "posbridge.delivery.job-deadline=" + JOB_DEADLINE_MILLIS + "ms"));
        lab.set(options.words("--set"));
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(new Failpoints(new Options(arguments, KNOWN)).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        System.out.println("data in " + lab.work);
        long began = System.nanoTime();
        try (lab) {
            List<String> sandbox = new ArrayList<>(List.of("--quotas", "off"));
            sandbox.addAll(options.words("--sandbox"));
            lab.startSandbox(sandbox);
            List<String> points = options.words("--points");
            if (points.isEmpty()) {
                every(hitsOfADryLife());
            } else {
                chain(points);
            }
            live(null, null);
            replay("");
            live(null, null);
            boolean well = new Comparison(manifest, lab, lab.report()).isWell();
            System.out.printf("%-16s %s%n%-16s %d kills in %d lives, %d s%n", "not reached", notReached, "took", kills, lives,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            return well && notReached.isEmpty();
        }
    }

    private void every(Map<String, Integer> hits) throws Exception {
        boolean isLong = options.text("--form", "short").equals("long");
        List<String> points = new ArrayList<>();
        hits.keySet().removeAll(OF_UNKNOWN);
        for (Map.Entry<String, Integer> point : hits.entrySet()) {
            if (point.getValue() == 0) {
                notReached.add(point.getKey());
                continue;
            }
            points.add(point.getKey());
            if (isLong && point.getValue() > 1) {
                points.add(point.getKey() + ":" + point.getValue());
            }
        }
        for (String point : OF_UNKNOWN) {
            kill("AFTER_REFUND");
            count(point, live(point, null));
            live(null, null);
        }
        if (!isLong) {
            chain(points);
            return;
        }
        for (String point : points) {
            for (String recovery : OF_RECOVERY) {
                kill(point);
                live(recovery, null);
                live(null, null);
            }
        }
    }

    /** Each life recovers from the end of the one before, and is ended at the next point. */
    private void chain(List<String> points) throws Exception {
        int inARow = 0;
        for (String point : points) {
            kill(point);
            if (++inARow % KILLS_IN_A_ROW == 0) {
                live(null, null);
            }
        }
    }

    /**
     * Makes the program reach a point that a dry life reached, and end there: at a night or two more, where a life had to
     * recover for so long that it looked idle before it came so far.
     */
    private void kill(String point) throws Exception {
        boolean reached = false;
        for (int tries = 0; tries < MOST_TRIES && !reached; tries++) {
            reached = reaches(point);
        }
        count(point, reached);
    }

    private boolean reaches(String point) throws Exception {
        boolean reached;
        if (point.contains("_REPLAY")) {
            live(null, night());
            reached = replay(point) == HALTED;
        } else if (point.equals("AFTER_ASKING_SERVICE")) {
            Process service = lab.service("");
            lab.awaitReady(service);
            reached = Lab.end(handOver(point)) == HALTED;
            service.destroyForcibly();
            Lab.end(service);
        } else {
            reached = live(point, night());
        }
        return reached;
    }

    private void count(String point, boolean reached) {
        if (reached) {
            kills++;
        } else {
            notReached.add(point);
        }
    }

    /** What is reached in a healthy night with a bad file, a request, a replay and a stop; and how often. */
    private Map<String, Integer> hitsOfADryLife() throws Exception {
        Path hits = lab.work.resolve("hits.txt");
        String watched = "-Dposbridge.failpoint.log=" + hits;
        Process service = lab.service(watched);
        lab.awaitReady(service);
        Lab.end(handOver(null, watched));
        offer(night());
        awaitIdle(service, IDLE_IN_DRY_LIFE_MILLIS);
        service.destroy();
        if (Lab.end(service) != 0) {
            throw new IllegalStateException("a healthy life does not end well, see " + lab.log("run"));
        }
        replay(null, watched);
        Map<String, Integer> counted = new LinkedHashMap<>();
        points().forEach(point -> counted.put(point, 0));
        Files.readAllLines(hits).forEach(point -> counted.merge(point, 1, Integer::sum));
        return counted;
    }

    /** The program names its points where it refuses an unknown one. */
    private Set<String> points() throws Exception {
        Process refused = lab.command("-Dposbridge.failpoint=NOWHERE", "status");
        Matcher known = Pattern.compile("Known: ([A-Z_, ]+)\\.").matcher(
                Lab.end(refused) == 2 ? Lab.text(lab.log("status")) : "");
        if (!known.find()) {
            throw new IllegalStateException("an unknown failpoint is not refused, see " + lab.log("status"));
        }
        Set<String> points = new LinkedHashSet<>(List.of(known.group(1).split(", ")));
        points.removeIf(point -> NOT_CALLED.contains(what(point)) || what(point).equals(OF_MOVE));
        if (!byBatch()) {
            points.removeIf(point -> OF_BATCH.contains(what(point)));
        }
        return points;
    }

    private boolean byBatch() {
        return options.words("--set").contains("posbridge.delivery.mode=batch");
    }

    private static String what(String point) {
        return point.replaceFirst("BEFORE_|WITHIN_|AFTER_", "");
    }

    /**
     * One life of the service.
     *
     * @param point where it ends, or null to end it when all is done
     * @param night files to feed, or null
     * @return whether it ended at the point
     */
    private boolean live(String point, List<Path> night) throws Exception {
        lives++;
        Process service = lab.service(point == null ? "" : "-Dposbridge.failpoint=" + point);
        if (point != null && point.contains("_REQUEST")) {
            lab.awaitReady(service);
            Lab.end(handOver(null));
        }
        offer(night == null ? List.of() : night);
        // By batch a life that is left alone has to outwait a lost list, or its sales would be in hand at the next kills, too.
        awaitIdle(service, byBatch() ? IDLE_MILLIS + JOB_DEADLINE_MILLIS : IDLE_MILLIS);
        if (service.isAlive()) {
            service.destroy();
        }
        int exit = Lab.end(service);
        if (exit != HALTED && exit != 0) {
            throw new IllegalStateException("life " + lives + " (" + point + ") ended with " + exit + ", see " + lab.log("run"));
        }
        return exit == HALTED;
    }

    private Process handOver(String point, String... more) throws Exception {
        Path folder = Files.createDirectories(lab.work.resolve("handed"));
        List<String> arguments = new ArrayList<>(List.of("ingest", "--vendor", Night.VENDOR, "--wait", "none"));
        for (Path file : night()) {
            arguments.add(Files.move(file, folder.resolve(file.getFileName())).toString());
        }
        String options = point == null ? String.join(" ", more) : "-Dposbridge.failpoint=" + point;
        return lab.command(options, arguments.toArray(String[]::new));
    }

    private int replay(String point, String... more) throws Exception {
        String options = more.length > 0 ? more[0] : point.isEmpty() ? "" : "-Dposbridge.failpoint=" + point;
        return Lab.end(lab.command(options, "dead-letters", "replay", "--reason", "gameball-refused", "--timeout", "60s"));
    }

    private List<Path> night() throws Exception {
        return new Night(nights++, manifest, byBatch()).prepare(lab);
    }

    private void offer(List<Path> files) throws IOException {
        Path inbox = Files.createDirectories(lab.work.resolve("inbox").resolve(Night.VENDOR));
        for (Path file : files) {
            Files.move(file, inbox.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Until the service is gone, or nothing lies in the inbox and nothing has arrived for a moment. */
    private void awaitIdle(Process service, long idleMillis) throws Exception {
        String before = "";
        long moved = System.nanoTime();
        while (service.isAlive() && System.nanoTime() - moved < TimeUnit.MILLISECONDS.toNanos(idleMillis)) {
            TimeUnit.MILLISECONDS.sleep(50);
            String now = lab.get("state") + waiting() + ready();
            if (!now.equals(before) || !ready() || waiting() > 0) {
                moved = System.nanoTime();
                before = now;
            }
        }
    }

    private boolean ready() throws IOException {
        String log = Lab.text(lab.log("run"));
        return log.lastIndexOf("Ready.") > log.lastIndexOf("# process ");
    }

    private long waiting() throws IOException {
        Path inbox = lab.work.resolve("inbox").resolve(Night.VENDOR);
        if (!Files.exists(inbox)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(inbox)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
