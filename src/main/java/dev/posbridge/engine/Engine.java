package dev.posbridge.engine;

import dev.posbridge.PosbridgeException;
import dev.posbridge.broker.Broker;
import dev.posbridge.broker.Door;
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
import dev.posbridge.delivery.Sizing;
import dev.posbridge.delivery.Timetable;
import dev.posbridge.delivery.VerificationSteps;
import dev.posbridge.delivery.Ways;
import dev.posbridge.gameball.Credentials;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.gameball.Resource;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.ByBusinessDate;
import dev.posbridge.intake.Intake;
import dev.posbridge.intake.IntakeGuard;
import dev.posbridge.intake.PutAway;
import dev.posbridge.intake.RequestedFiles;
import dev.posbridge.intake.SettledFiles;
import dev.posbridge.intake.Translator;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.Parking;
import dev.posbridge.ledger.QuotaLog;
import dev.posbridge.ledger.Requests;
import dev.posbridge.settings.Account;
import dev.posbridge.settings.BrokerSettings;
import dev.posbridge.settings.OpeningHours;
import dev.posbridge.settings.QueueSource;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.LoggerFactory;

/**
 * The running program: ledger, broker, beans and routes, put together once. Whoever starts it holds the data folder.
 * Thread-safe.
 */
public final class Engine implements AutoCloseable {
    private final Ledger ledger;
    private final Broker broker;
    private final Gate gate;
    private final Lanes lanes;
    private final Batches batches;
    private final Housekeeping housekeeping;
    private final HealthBook health;
    private final HealthDoor healthDoor;
    private final OpeningHours hours;
    private final RouteRunner routes;

    private Engine(
            Settings settings, Profiles profiles, Ledger ledger, Broker broker, Mode mode, Map<String, Object> beans) {
        this.ledger = ledger;
        this.broker = broker;
        Settings.Delivery delivery = settings.delivery();
        this.gate = new Gate(delivery.retryPause(), delivery.retryPauseMax());
        QuotaLog quotaLog = new QuotaLog(ledger.database());
        Quotas quotas = quotas(settings, quotaLog);
        FailurePolicy failures =
                new FailurePolicy(gate, delivery.retryPause(), delivery.retryPauseMax(), delivery.attempts());
        CustomersAtWork customers = new CustomersAtWork();
        Ways ways = new Ways(ledger.database(), ledger.files(), settings.batch());
        this.lanes =
                new Lanes(ledger.lanes(), gate, new Sizing(quotas, delivery.concurrency()), failures, customers, ways);
        Calls calls = new Calls(
                settings.gameball().apiVersion(), credentials(settings.gameball(), mode), quotas, gate, customers);
        this.health = new HealthBook(ledger.database());
        this.hours = delivery.hours();
        Timetable timetable = new Timetable(hours, settings.account().quotaShare(), gate, quotas);
        timetable.keep();
        this.housekeeping = new Housekeeping(
                calls,
                lanes,
                new Parking(ledger.database()),
                quotas,
                quotaLog,
                timetable,
                new Pulse(health, gate, timetable, ledger.database()));
        this.routes = new RouteRunner(settings, broker);
        bindIntake(settings, profiles);
        bindDelivery(settings, calls, failures);
        this.batches = Batches.of(settings, ledger.database(), calls, gate, failures, ways);
        routes.bind("ways", ways);
        routes.bind("jobs", batches.jobs());
        routes.bind("batchLane", batches.lane());
        routes.bind("health", health);
        beans.forEach(routes::bind);
        ledger.lanes().freeAll();
        health.clear();
        batches.jobs().takeOver();
        this.healthDoor = mode == Mode.ONE_SHOT || settings.health().port() == null
                ? null
                : HealthDoor.open(settings.health().port(), health);
        routes.start(
                mode == Mode.SERVICE || mode == Mode.INTAKE_ONLY ? profiles.names() : List.of(),
                mode != Mode.INTAKE_ONLY);
        Failpoint.STARTED.reach();
    }

    /** What the engine is started for. */
    public enum Mode {
        /** Takes what it is given and delivers. */
        ONE_SHOT,
        /** Watches the inboxes and delivers. */
        SERVICE,
        /** Watches the inboxes and keeps everything; needs no keys. */
        INTAKE_ONLY
    }

    /** Starts everything; the broker and the ledger at the same time, since each takes its while. */
    public static Engine start(Settings settings, Profiles profiles, Mode mode) {
        return start(settings, profiles, mode, Map.of());
    }

    /** @param beans what Camel shall find in its registry beside our own, such as an interceptor */
    static Engine start(Settings settings, Profiles profiles, Mode mode, Map<String, Object> beans) {
        Path data = settings.folders().data();
        CompletableFuture<Broker> broker = CompletableFuture.supplyAsync(() -> Broker.start(
                data.resolve("broker"),
                mode == Mode.ONE_SHOT ? null : door(settings.broker()),
                queues(settings),
                Stream.empty()));
        try {
            Ledger ledger = Ledger.open(settings.folders().ledger(), settings.account(), settings.refundsWait());
            return new Engine(settings, profiles, ledger, broker.join(), mode, beans);
        } catch (RuntimeException problem) {
            broker.thenAccept(Broker::close).join();
            throw problem;
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

    /** When it delivers. */
    public OpeningHours hours() {
        return hours;
    }

    /** What Gameball said when it refused our key or account; null while it does not. */
    public String refusal() {
        return gate.refusal();
    }

    /** Claims nothing more, lets what is under way end, and closes everything. */
    @Override
    public void close() {
        Failpoint.BEFORE_STOP.reach();
        lanes.stop();
        batches.lane().stop();
        Failpoint.AFTER_STOPPING_LANES.reach();
        routes.close();
        Failpoint.AFTER_STOPPING_ROUTES.reach();
        housekeeping.keepQuotaLog();
        broker.close();
        Failpoint.AFTER_STOPPING_BROKER.reach();
        if (healthDoor != null) {
            healthDoor.close();
        }
        ledger.close();
    }

    private static Door door(BrokerSettings settings) {
        BrokerSettings.Accept accept = settings.accept();
        return accept == null
                ? null
                : new Door(
                        accept.host(),
                        accept.port(),
                        accept.keyStore(),
                        accept.keyStorePassword() == null
                                ? null
                                : accept.keyStorePassword().read(),
                        accept.usersFile());
    }

    /** The queue of each source, by the source's name. */
    private static Map<String, String> queues(Settings settings) {
        return settings.sources().queues().stream().collect(Collectors.toMap(QueueSource::name, QueueSource::queue));
    }

    private static Quotas quotas(Settings settings, QuotaLog quotaLog) {
        if (!settings.gameball().documentedQuotas()) {
            return Quotas.off();
        }
        Quotas quotas = new Quotas(settings.account().quotaShare());
        List<String> ofRecord = List.of(
                Resource.ORDERS.name(),
                Resource.TRANSACTIONS_POST.name(),
                Resource.CUSTOMERS_POST.name(),
                Resource.CUSTOMERS_GET_AND_EVENTS.name());
        quotas.restore(
                quotaLog.read(ofRecord).stream()
                        .map(call -> new Quotas.Sent(Resource.valueOf(call.resource()), call.at()))
                        .toList(),
                Instant.now());
        Failpoint.QUOTAS_RESTORED.reach();
        return quotas;
    }

    private static Credentials credentials(Settings.Gameball gameball, Mode mode) {
        boolean stand = mode == Mode.INTAKE_ONLY || gameball.isLoopback();
        if (stand && !gameball.hasKeys()) {
            // The sandbox takes any key; intake alone needs none.
            return Credentials.of("sandbox-api-key", null, "sandbox-secret-key", null);
        }
        return Credentials.of(gameball.apiKey(), gameball.apiKeyFile(), gameball.secretKey(), gameball.secretKeyFile());
    }

    private void bindIntake(Settings settings, Profiles profiles) {
        Settings.Folders folders = settings.folders();
        IntakeGuard guard = new IntakeGuard(folders.data(), settings.health().leastFree(), health);
        routes.bind("intakeGuard", guard);
        routes.bind(
                "intake",
                new Intake(
                        profiles,
                        ledger.files(),
                        ledger.chunks(),
                        new PutAway(folders.archive(), folders.rejected()),
                        guard));
        routes.bind("translator", new Translator(new AccountRules(settings.account())));
        routes.bind("requests", new RequestedFiles(new Requests(ledger.database())));
        SettledFiles settled = new SettledFiles(settings.inbox().settle());
        routes.bind("settledFiles", (GenericFileFilter<Object>) file -> guard.isOpen() && settled.accept(file));
        routes.bind("byBusinessDate", new ByBusinessDate(profiles));
    }

    private void bindDelivery(Settings settings, Calls calls, FailurePolicy failures) {
        Account account = settings.account();
        Duration wait = settings.refundsWait();
        Payloads payloads = new Payloads(account.merging(), account.returnWindowDays());
        routes.bind("gameballJson", GameballJson.mapper());
        routes.bind("lanes", lanes);
        routes.bind("calls", calls);
        routes.bind("housekeeping", housekeeping);
        routes.bind("customers", new CustomerSteps(calls, payloads, account, wait.toMillis()));
        routes.bind("orders", new OrderSteps(calls, payloads, account));
        routes.bind("refunds", new RefundSteps(calls, payloads, wait.toMillis()));
        routes.bind("events", new EventSteps(calls, payloads));
        routes.bind("verification", new VerificationSteps(failures));
        routes.bind("deadLetters", new DeadLetterSteps());
    }
}
