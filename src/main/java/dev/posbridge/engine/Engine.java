package dev.posbridge.engine;

import dev.posbridge.PosbridgeException;
import dev.posbridge.broker.Broker;
import dev.posbridge.checkout.Checkout;
import dev.posbridge.checkout.DeskRelay;
import dev.posbridge.delivery.Batches;
import dev.posbridge.delivery.Calls;
import dev.posbridge.delivery.CustomerSteps;
import dev.posbridge.delivery.CustomersAtWork;
import dev.posbridge.delivery.DeadLetterSteps;
import dev.posbridge.delivery.EventSteps;
import dev.posbridge.delivery.FailurePolicy;
import dev.posbridge.delivery.Gate;
import dev.posbridge.delivery.Housekeeping;
import dev.posbridge.delivery.Lanes;
import dev.posbridge.delivery.OrderSteps;
import dev.posbridge.delivery.Pulse;
import dev.posbridge.delivery.Quotas;
import dev.posbridge.delivery.RefundSteps;
import dev.posbridge.delivery.RestoredLedger;
import dev.posbridge.delivery.Sizing;
import dev.posbridge.delivery.Timetable;
import dev.posbridge.delivery.VerificationSteps;
import dev.posbridge.delivery.Ways;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.gameball.Resource;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.ByBusinessDate;
import dev.posbridge.intake.GrownFiles;
import dev.posbridge.intake.HoldJudge;
import dev.posbridge.intake.Intake;
import dev.posbridge.intake.IntakeGuard;
import dev.posbridge.intake.Looks;
import dev.posbridge.intake.OneAfterTheOther;
import dev.posbridge.intake.PutAway;
import dev.posbridge.intake.RequestedFiles;
import dev.posbridge.intake.Sets;
import dev.posbridge.intake.SettledFiles;
import dev.posbridge.intake.Translator;
import dev.posbridge.intake.sftp.ReportWriter;
import dev.posbridge.ledger.ChunkWriter;
import dev.posbridge.ledger.DeskBook;
import dev.posbridge.ledger.Forgotten;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.LaneRules;
import dev.posbridge.ledger.Parking;
import dev.posbridge.ledger.QuotaLog;
import dev.posbridge.ledger.Requests;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.ledger.SumBook;
import dev.posbridge.ledger.WatchBook;
import dev.posbridge.settings.Account;
import dev.posbridge.settings.OpeningHours;
import dev.posbridge.settings.Operations;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.watch.ManagementDoor;
import dev.posbridge.watch.Sample;
import dev.posbridge.watch.Vital;
import dev.posbridge.watch.Watch;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.LoggerFactory;

/**
 * The running program: ledger, broker, beans and routes, put together once. Whoever starts it holds the data folder.
 * Thread-safe.
 */
public final class Engine implements AutoCloseable {
    private static final long WATCH_MILLIS = 1_000;

    private final Ledger ledger;
    private final Broker broker;
    private final Gate gate;
    private final SenderRole role;
    private final Lanes lanes;
    private final Batches batches;
    private final Housekeeping housekeeping;
    private final RestoredLedger restored;
    private final HealthBook health;
    private final Vital vital = new Vital();
    private final ManagementDoor door;
    private final Watch watch;
    private final OpeningHours hours;
    private final RouteRunner routes;
    private final IntakeGuard guard;
    private final Doors doors;
    private final Nodes nodes;
    private final DeskRelay relay;

    /**
     * What somebody else brings along.
     *
     * @param reports writes what is put back on servers
     * @param beans what Camel shall find in its registry beside our own, such as an interceptor
     */
    record Guests(ReportWriter reports, Map<String, Object> beans) {}

    private Engine(Settings settings, Profiles profiles, Ledger ledger, SenderRole role, Broker broker, Guests guests) {
        Mode mode = role.mode();
        this.ledger = ledger;
        this.role = role;
        this.broker = broker;
        Settings.Delivery delivery = settings.delivery();
        this.gate = new Gate(delivery.retryPause(), delivery.retryPauseMax(), role::maySend);
        QuotaLog quotaLog = new QuotaLog(ledger.database());
        Quotas quotas = GameballAccess.quotas(settings, quotaLog);
        FailurePolicy failures =
                new FailurePolicy(gate, delivery.retryPause(), delivery.retryPauseMax(), delivery.attempts());
        CustomersAtWork customers = new CustomersAtWork();
        Ways ways = new Ways(ledger.database(), ledger.files(), settings.batch());
        this.lanes =
                new Lanes(ledger.lanes(), gate, new Sizing(quotas, delivery.concurrency()), failures, customers, ways);
        Calls calls = new Calls(
                settings.gameball().apiVersion(),
                GameballAccess.credentials(settings.gameball(), mode),
                quotas,
                gate,
                customers);
        this.health = new HealthBook(ledger.database());
        this.nodes = new Nodes(ledger.database(), settings.folders().data(), health, role);
        this.hours = delivery.hours();
        Timetable timetable = new Timetable(hours, settings.account().quotaShare(), gate, quotas);
        timetable.keep();
        this.restored = new RestoredLedger(
                ledger.database(),
                RestoreGuard.begin(ledger.database(), settings.folders().ledger()),
                gate);
        Pulse pulse = new Pulse(health, gate, timetable, ledger.database(), restored);
        this.housekeeping = new Housekeeping(
                calls,
                lanes,
                new Parking(ledger.database(), settings.refundsWait()),
                new SumBook(ledger.database()),
                quotas,
                quotaLog,
                timetable,
                pulse,
                restored,
                this::beat,
                role.standsBy());
        this.routes = new RouteRunner(settings, broker);
        this.guard = bindIntake(settings, profiles, mode);
        Payloads payloads =
                new Payloads(settings.account().merging(), settings.account().returnWindowDays());
        bindDelivery(settings, calls, failures, payloads);
        this.batches = Batches.of(settings, ledger.database(), calls, gate, failures, ways, restored);
        bindBatches(ways);
        boolean asked = settings.checkout().enabled() && mode == Mode.SERVICE;
        DeskBook desk = new DeskBook(
                ledger.database(),
                ledger.chunks(),
                LaneRules.ofNow(ledger.account().lanes(), settings.refundsWait(), profiles::again));
        if (asked) {
            var shared =
                    new Checkout.Shared(calls, gate, customers, failures, payloads, new Forgotten(ledger.database()));
            Checkout.beans(settings, profiles, desk, shared).forEach(routes::bind);
        }
        routes.bind("health", health);
        MessageSources messages = new MessageSources(settings, ledger, broker, !mode.delivers());
        messages.bind(routes, profiles, health);
        takeOver(desk, guests);
        this.doors = new Doors(settings, profiles, ledger.database(), health, routes, messages);
        this.door = openDoor(settings.operations().management(), mode, pulse);
        this.watch = watch(settings, profiles, quotas, mode);
        routes.start(
                mode, mode == Mode.ONE_SHOT ? List.of() : doors.atStart(guard, nodes.turns(), guests.reports()), asked);
        this.relay = open(messages, mode);
        started();
    }

    private DeskRelay open(MessageSources messages, Mode mode) {
        if (mode != Mode.ONE_SHOT) {
            doors.openQueues();
        }
        return messages.relayDesk(mode);
    }

    private void beat() {
        vital.beat();
        nodes.look();
    }

    private void started() {
        if (door != null) {
            door.show(watch);
        }
        watch.start(Duration.ofMillis(Long.getLong("engine.watch.period", WATCH_MILLIS)));
        vital.started();
        role.begins();
        Failpoint.STARTED.reach();
    }

    private Watch watch(Settings settings, Profiles profiles, Quotas quotas, Mode mode) {
        return new Watch(
                settings,
                ledger.database(),
                ledger.account(),
                health,
                () -> calls(quotas),
                (vendor, name) -> profiles.find(vendor)
                        .map(profile -> profile.storeOf(name))
                        .orElse(""),
                () -> WayOut.by(settings.operations().alarms().way()),
                mode != Mode.ONE_SHOT,
                nodes::all);
    }

    private void bindBatches(Ways ways) {
        routes.bind("ways", ways);
        routes.bind("jobs", batches.jobs());
        routes.bind("batchLane", batches.lane());
    }

    /** What an earlier process had in hand is ours, or nobody's. */
    private void takeOver(DeskBook desk, Guests guests) {
        guests.beans().forEach(routes::bind);
        if (!role.standsBy()) {
            desk.freeAll();
            health.clear();
            batches.jobs().takeOver();
        }
    }

    /** What the engine is started for. */
    public enum Mode {
        /** Takes what it is given and delivers. */
        ONE_SHOT,
        /** Watches the inboxes and delivers. */
        SERVICE,
        /** Watches the inboxes and keeps everything; needs no keys. */
        INTAKE_ONLY,
        /** As that, while another node sends from the same ledger. */
        STANDBY;

        boolean delivers() {
            return this == ONE_SHOT || this == SERVICE;
        }
    }

    /** Starts everything; the broker and the ledger at the same time, since each takes its while. */
    public static Engine start(Settings settings, Profiles profiles, Mode mode) {
        return start(settings, profiles, mode, (database, files, json) -> {
            throw new IllegalStateException("nobody brought a writer of reports along");
        });
    }

    /** @param reports writes what is put back on servers */
    public static Engine start(Settings settings, Profiles profiles, Mode mode, ReportWriter reports) {
        return start(settings, profiles, mode, new Guests(reports, Map.of()));
    }

    static Engine start(Settings settings, Profiles profiles, Mode mode, Guests guests) {
        // Two threads that log for the first time at once make the logging framework complain on stderr.
        LoggerFactory.getILoggerFactory();
        CompletableFuture<Broker> broker = CompletableFuture.supplyAsync(() -> BrokerStart.start(settings, mode));
        Ledger ledger = null;
        SenderRole role = null;
        try {
            ledger = Ledger.open(settings, profiles::again);
            role = SenderRole.seek(mode, ledger.database());
            return new Engine(settings, profiles, ledger, role, started(broker), guests);
        } catch (RuntimeException problem) {
            if (role != null) {
                role.close();
            }
            if (ledger != null) {
                ledger.close();
            }
            broker.handle((started, failure) -> started)
                    .thenAccept(Engine::closeIfStarted)
                    .join();
            throw problem;
        }
    }

    /** What hindered the broker is told as it is, not as what another thread died of. */
    private static Broker started(CompletableFuture<Broker> broker) {
        try {
            return broker.join();
        } catch (CompletionException problem) {
            throw problem.getCause() instanceof PosbridgeException known ? known : problem;
        }
    }

    private static void closeIfStarted(Broker broker) {
        if (broker != null) {
            broker.close();
        }
    }

    /**
     * Takes a file in now, on the caller's thread; it is left where it is.
     *
     * @return its id in the ledger
     * @throws PosbridgeException where that failed for another reason than the file's own
     */
    public long ingest(Path file, String vendor) {
        return routes.ingest(file, vendor, false);
    }

    /** As {@link #ingest}, but the file is taken away: to the archive, or to rejected with the reason beside it. */
    public long ingestAndTakeAway(Path file, String vendor) {
        return routes.ingest(file, vendor, true);
    }

    /** Puts a text into a queue of the embedded broker, as a till would that may. */
    public void send(String queue, String text) {
        try (JMSContext context = broker.pooledConnections().createContext()) {
            context.createProducer().send(context.createQueue(queue), text);
        }
    }

    CamelContext camel() {
        return routes.context();
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Where whoever does the work says how it goes. */
    public HealthBook health() {
        return health;
    }

    /**
     * Says when this engine has to be closed and another one begun, because another node sends now, or none does any more.
     *
     * @param action run once, on another thread; never where the ledger is a file
     */
    public void whenRoleChanges(Runnable action) {
        role.whenItChanges(action, () -> nodes.turns().isAtWork(Intake.TURN));
    }

    /** Whether another node sends from the same ledger. */
    public boolean standsBy() {
        return role.standsBy();
    }

    /** What this process does of what nodes that share a ledger do, as a sentence. */
    public String role() {
        return role.sentence();
    }

    /** Has the profiles read anew in a moment; may be called from anywhere. */
    public void reloadProfiles() {
        doors.wanted();
    }

    /** When it delivers. */
    public OpeningHours hours() {
        return hours;
    }

    /** Why nothing is delivered from this ledger, as a sentence; null where it is. */
    public String waitsFor() {
        return restored.why();
    }

    /** What Gameball said when it refused our key or account; null while it does not. */
    public String refusal() {
        return gate.refusal();
    }

    /** Whether that is because our settings name somebody else than Gameball. */
    public boolean isMisdirected() {
        return gate.isMisdirected();
    }

    /** Claims nothing more, lets what is under way end, and closes everything. */
    @Override
    public void close() {
        Failpoint.BEFORE_STOP.reach();
        vital.stopping();
        if (relay != null) {
            relay.close();
        }
        lanes.stop();
        batches.lane().stop();
        Failpoint.AFTER_STOPPING_LANES.reach();
        routes.close();
        Failpoint.AFTER_STOPPING_ROUTES.reach();
        role.writeDown(() -> {
            housekeeping.keepQuotaLog();
            batches.lane().writeDown();
        });
        broker.close();
        Failpoint.AFTER_STOPPING_BROKER.reach();
        watch.close();
        if (door != null) {
            door.close();
        }
        nodes.close();
        try {
            role.writeDown(restored::keep);
        } finally {
            role.close();
            ledger.close();
        }
    }

    /** Nobody is told that all is well before somebody has looked. */
    private ManagementDoor openDoor(Operations.Management where, Mode mode, Pulse pulse) {
        guard.look();
        pulse.beat();
        pulse.keep();
        return where.port() == null || mode == Mode.ONE_SHOT ? null : ManagementDoor.open(where, health, vital);
    }

    private static Map<String, Sample.Calls> calls(Quotas quotas) {
        Map<String, Sample.Calls> calls = new TreeMap<>();
        for (Resource resource : Resource.values()) {
            calls.put(
                    resource.name().toLowerCase(Locale.ROOT),
                    new Sample.Calls(quotas.used(resource), quotas.allowed(resource)));
        }
        return calls;
    }

    /** Without a service it was a person who named the file. */
    private HoldJudge.FirstFiles firstFiles(Settings settings, Mode mode) {
        Settings.FirstFile wanted = settings.inbox().firstFile();
        if (mode == Mode.ONE_SHOT || wanted == Settings.FirstFile.NEVER) {
            return HoldJudge.FirstFiles.NONE;
        }
        return wanted == Settings.FirstFile.ALWAYS
                        || "live".equals(ledger.account().environment())
                ? HoldJudge.FirstFiles.NEW_OR_CHANGED
                : HoldJudge.FirstFiles.CHANGED;
    }

    private IntakeGuard bindIntake(Settings settings, Profiles profiles, Mode mode) {
        Settings.Folders folders = settings.folders();
        IntakeGuard guard = new IntakeGuard(folders.data(), settings.health().leastFree(), health);
        routes.bind("intakeGuard", guard);
        GrownFiles grown = new GrownFiles(
                new WatchBook(ledger.database()), settings.inbox().settle());
        routes.bind(
                "intake",
                new Intake(
                        profiles,
                        ledger.files(),
                        new ChunkWriter(
                                ledger.database(),
                                ledger.account().lanes(),
                                settings.batch().mode() != Settings.DeliveryMode.SINGLE),
                        new PutAway(folders.archive(), folders.rejected(), folders.held()),
                        guard,
                        grown,
                        new HoldJudge(new HoldBook(ledger.database()), firstFiles(settings, mode)),
                        nodes.turns()));
        routes.bind("grownFiles", grown);
        routes.bind(
                "translator", new Translator(new AccountRules(settings.account(), new Forgotten(ledger.database()))));
        routes.bind("requests", new RequestedFiles(new Requests(ledger.database(), folders.data()), profiles));
        ByBusinessDate order = new ByBusinessDate(profiles);
        Looks looks = new Looks(settings.inbox().settle(), order);
        SettledFiles settled = new SettledFiles(looks);
        routes.bind("settledFiles", (GenericFileFilter<Object>)
                file -> Sets.isOffered(profiles, file) && settled.accept(file));
        routes.bind("oneAfterTheOther", new OneAfterTheOther(looks, guard::isOpen));
        routes.bind("byBusinessDate", order);
        return guard;
    }

    private void bindDelivery(Settings settings, Calls calls, FailurePolicy failures, Payloads payloads) {
        Account account = settings.account();
        Duration wait = settings.refundsWait();
        routes.bind("gameballJson", GameballJson.mapper());
        routes.bind("lanes", lanes);
        routes.bind("calls", calls);
        routes.bind("housekeeping", housekeeping);
        routes.bind("customers", new CustomerSteps(calls, payloads, account, wait.toMillis()));
        routes.bind("orders", new OrderSteps(calls, payloads, account, restored));
        routes.bind("refunds", new RefundSteps(calls, payloads, wait.toMillis(), restored));
        routes.bind("events", new EventSteps(calls, payloads, restored));
        routes.bind("verification", new VerificationSteps(failures));
        routes.bind("deadLetters", new DeadLetterSteps());
    }
}
