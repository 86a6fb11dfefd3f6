package dev.posbridge.watch;

import dev.posbridge.Daemons;
import dev.posbridge.ledger.AlarmBook;
import dev.posbridge.ledger.Backlog;
import dev.posbridge.ledger.BacklogBook;
import dev.posbridge.ledger.EndedFile;
import dev.posbridge.ledger.FileEnds;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.ledger.RetentionBook;
import dev.posbridge.settings.OpeningHours;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the service every moment, on threads of its own: counts what waits, says what it means for health, tells people,
 * writes {@code data/health.json}, and ends each file with a line in the log. What costs more is done less often: counting
 * takes at most a twentieth of a thread. Thread-safe.
 */
public final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int SHARE_OF_COUNTING = 20;
    private static final long FILE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_SECONDS = 5;

    private final HealthBook health;
    private final BacklogBook backlogs;
    private final FileEnds ends;
    private final ReportBook reports;
    private final LastFiles lastFiles;
    private final HealthFile file;
    private final Settings settings;
    private final LedgerDatabase database;
    private final Supplier<Map<String, Sample.Calls>> calls;
    private final Alarms alarms;
    private final Night night;
    private final Retention retention;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, Daemons.named("watch"));
    private final ForgottenFiles forgottenFiles;
    private final Supplier<List<NodeBook.Node>> nodes;
    private final Set<String> found = new HashSet<>();
    private volatile Backlog backlog;
    private volatile Map<LastFiles.Origin, Instant> lastGood;
    private long countAgain = Long.MIN_VALUE;
    private long writeAgain = Long.MIN_VALUE;

    /**
     * @param calls of Gameball's limits, by resource
     * @param storeOf the store that a vendor's file name says, or ""
     * @param ways by which messages leave this network
     * @param tells whether people are told; a command that ends soon tells by its exit code
     * @param nodes those that share the ledger, as they were a moment ago
     */
    public Watch(
            Settings settings,
            LedgerDatabase database,
            LedgerAccount account,
            HealthBook health,
            Supplier<Map<String, Sample.Calls>> calls,
            BiFunction<String, String, String> storeOf,
            Supplier<HttpClient.Builder> ways,
            boolean tells,
            Supplier<List<NodeBook.Node>> nodes) {
        this.nodes = nodes;
        this.settings = settings;
        this.database = database;
        this.health = health;
        this.calls = calls;
        this.backlogs = new BacklogBook(database);
        this.ends = new FileEnds(database);
        this.reports = new ReportBook(database);
        this.lastFiles = new LastFiles(storeOf);
        this.file = new HealthFile(settings.folders().data(), account);
        AlarmBook book = new AlarmBook(database);
        var receivers = settings.operations().alarms();
        this.alarms = tells
                ? new Alarms(account, receivers, book, health, new Messenger(receivers, ways), InstantSource.system())
                : null;
        this.night = tells && receivers.heartbeat() != null
                ? new Night(new Messenger(receivers, ways), book, reports, health, receivers.after())
                : null;
        this.retention = tells
                ? new Retention(
                        settings.operations().retention(), settings.folders(), new RetentionBook(database), health)
                : null;
        this.forgottenFiles = tells ? new ForgottenFiles(database, settings.folders()) : null;
        ends.before().forEach(lastFiles::came);
        lastGood = lastFiles.all();
        count();
    }

    /** Begins. */
    public void start(Duration period) {
        long millis = period.toMillis();
        clock.scheduleWithFixedDelay(() -> safely(this::look), 0, millis, TimeUnit.MILLISECONDS);
        if (alarms != null) {
            clock.scheduleWithFixedDelay(() -> safely(this::tell), millis, millis, TimeUnit.MILLISECONDS);
            clock.scheduleWithFixedDelay(() -> safely(forgottenFiles::step), millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** How everything is; costs no look into the ledger. */
    Sample sample() {
        return new Sample(
                Instant.now(),
                health.reported(),
                backlog,
                database.outcomes().all(),
                calls.get(),
                lastGood,
                nodes.get());
    }

    /** Some work that may fail. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void safely(Work work) {
        try {
            work.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException problem) {
            // The next moment tries again; what it means for the service is told by whoever needs the ledger.
            LOG.warn("the watch failed for a moment: {}", problem.getMessage());
            LOG.debug("the watch failed", problem);
        }
    }

    private void look() throws IOException {
        files();
        if (System.nanoTime() - countAgain >= 0 || countAgain == Long.MIN_VALUE) {
            count();
        }
        findings();
        if (System.nanoTime() - writeAgain >= 0 || writeAgain == Long.MIN_VALUE) {
            writeAgain = System.nanoTime() + FILE_EVERY_NANOS;
            file.write(sample());
        }
    }

    private void tell() throws InterruptedException {
        retention.step();
        alarms.look();
        if (night != null) {
            night.look();
        }
    }

    private void count() {
        long began = System.nanoTime();
        backlog = backlogs.now();
        long now = System.nanoTime();
        countAgain = now + (now - began) * SHARE_OF_COUNTING;
    }

    private void findings() {
        Backlog counted = backlog;
        Concern delivery = health.reported().stream()
                .filter(concern -> concern.name().equals("delivery"))
                .findFirst()
                .orElse(null);
        List<Findings.Finding> findings = new ArrayList<>(Findings.of(counted));
        Findings.Finding late = Findings.backlog(
                counted,
                settings.operations().alarms().backlog(),
                delivery,
                !settings.delivery().hours().equals(OpeningHours.ALWAYS),
                Instant.now());
        if (late != null) {
            findings.add(late);
        }
        Set<String> now = findings.stream().map(Findings.Finding::concern).collect(Collectors.toSet());
        findings.forEach(finding -> health.reportCommon(finding.concern(), finding.state(), finding.message()));
        found.stream().filter(concern -> !now.contains(concern)).forEach(health::forget);
        found.clear();
        found.addAll(now);
    }

    private void files() {
        List<EndedFile> news = ends.news();
        if (news.isEmpty()) {
            return;
        }
        news.stream().filter(EndedFile::good).forEach(lastFiles::came);
        lastGood = lastFiles.all();
        reports.files(news.stream()
                        .filter(EndedFile::settled)
                        .map(EndedFile::id)
                        .toList())
                .forEach(Watch::line);
    }

    private static void line(FileReport report) {
        LOG.info(
                "vendor={} file={} settled rows={} records={} {} took={}s",
                report.vendor(),
                report.name(),
                report.rows(),
                report.outcomes().in().records(),
                report.outcomes().tallies().entrySet().stream()
                        .filter(tally ->
                                tally.getValue().records() > 0 || tally.getKey().equals("delivered"))
                        .map(tally -> tally.getKey() + "=" + tally.getValue().records())
                        .collect(Collectors.joining(" ")),
                Math.max(0, Duration.between(report.startedAt(), Instant.now()).toSeconds()));
    }

    /** Looks once more, so that what ended last has its line. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (clock.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                safely(this::files);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
