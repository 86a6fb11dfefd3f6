package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import dev.posbridge.IntakeFailedException;
import dev.posbridge.PosbridgeException;
import dev.posbridge.broker.Broker;
import dev.posbridge.broker.QueueComponent;
import dev.posbridge.broker.TokenListeners;
import dev.posbridge.checkout.Operation;
import dev.posbridge.delivery.AnswerDeadline;
import dev.posbridge.delivery.Batches;
import dev.posbridge.intake.Reading;
import dev.posbridge.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Camel, with the routes of the folder and the settings they ask for. */
final class RouteRunner implements AutoCloseable {
    private static final int SHUTDOWN_SECONDS = 30;
    private static final int LIVE_CONCURRENCY = 4;
    private static final int LARGEST_REQUEST_BYTES = 64 * 1024;

    private final Settings settings;
    private final Main main = new Main();
    private final AnswerDeadline deadline;
    private volatile ProducerTemplate producer;

    RouteRunner(Settings settings, Broker broker) {
        this.settings = settings;
        // Camel's own shutdown hook would wait, on the thread that closes us, for what that thread is about to do.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        this.deadline = new AnswerDeadline(settings.gameball().answerTimeout());
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(broker.connections());
        jms.setConsumerType(ConsumerType.Custom);
        jms.setMessageListenerContainerFactory(new TokenListeners());
        bind("jms", jms);
        bind("tills", new QueueComponent(broker.queues()));
        bind("pooledConnections", broker.pooledConnections());
        bind("http", http());
        bind("https", http());
    }

    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /**
     * @param inlets what is watched
     * @param asked whether tills may ask at the desk
     */
    void start(Engine.Mode mode, List<Inlet> inlets, boolean asked) {
        boolean delivers = mode.delivers();
        Path folder = settings.folders().routes();
        main.configure()
                .withName("posbridge")
                .withRoutesIncludePattern("file:" + folder + "/*.yaml,file:" + folder + "/templates/*.yaml")
                .withShutdownTimeout(SHUTDOWN_SECONDS)
                .withShutdownLogInflightExchangesOnTimeout(false);
        List<String> excluded = new ArrayList<>();
        if (!delivers) {
            excluded.addAll(List.of("deliver", "deliver-live"));
        }
        if (mode == Engine.Mode.ONE_SHOT) {
            // Whoever takes a few files and ends does not begin what a command asked a service for.
            excluded.addAll(List.of("requests", "reload"));
        }
        if (!asked) {
            excluded.add("checkout-*");
        }
        if (!excluded.isEmpty()) {
            main.configure().withRouteFilterExcludePattern(String.join(",", excluded));
        }
        main.setInitialProperties(placeholders());
        RoutesFolder routes = new RoutesFolder(folder, excluded);
        routes.require();
        main.addMainListener(routes);
        try {
            main.start();
            CamelContext context = main.getCamelContext();
            open(context, inlets);
            for (int worker = 0; delivers && worker < Batches.WORKERS; worker++) {
                // One finds soon enough that there is something to do; then the others have time to come.
                String period = worker == 0 ? "{{engine.batch.period}}" : "{{engine.batch.others-period}}";
                context.addRouteFromTemplate("jobs-" + worker, "jobs", Map.of("worker", worker));
                context.addRouteFromTemplate(
                        "orders-batch-" + worker, "orders-batch", Map.of("worker", worker, "period", period));
            }
            for (Operation operation : asked ? Operation.values() : new Operation[0]) {
                context.addRouteFromTemplate(
                        "checkout-queue-" + operation.word(),
                        "checkout-queue",
                        Map.of("operation", operation.word(), "queue", operation.queue()));
            }
            producer = context.createProducerTemplate();
        } catch (ConfigurationException problem) {
            close();
            throw problem;
        } catch (Exception problem) {
            close();
            throw new ConfigurationException(
                    folder + ": the routes do not start (" + problem.getMessage() + "). The log has the details.",
                    problem);
        }
    }

    /** Opens more of them beside those that are open. */
    void add(List<Inlet> inlets) {
        add(context -> open(context, inlets));
    }

    private static void open(CamelContext context, List<Inlet> inlets) throws Exception {
        for (Inlet inlet : inlets) {
            context.addRouteFromTemplate(inlet.routeId(), inlet.template(), inlet.parameters());
        }
    }

    /** Adds routes from templates to those that run. */
    interface Addition {
        void to(CamelContext context) throws Exception;
    }

    void add(Addition addition) {
        try {
            addition.to(main.getCamelContext());
        } catch (Exception problem) {
            throw new ConfigurationException(
                    "A source's route does not start (" + problem.getMessage() + "). The log has the details.",
                    problem);
        }
    }

    /**
     * Sends nothing through a route, on the caller's thread; what goes wrong there is the route's. Before the routes run nobody is
     * called: they look by themselves when they begin.
     */
    void send(String route) {
        ProducerTemplate ready = producer;
        if (ready != null) {
            ready.request(route, nothing -> {});
        }
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /**
     * @param takeAway whether the file is moved to where it then belongs
     * @return the file's id in the ledger
     */
    long ingest(Path file, String vendor, boolean takeAway) {
        Exchange exchange = producer.request("direct:intake", offered -> {
            offered.getMessage().setBody(file.toFile());
            offered.setProperty("vendor", vendor);
            offered.setProperty("takeAway", takeAway);
        });
        Exception failure = exchange.getException();
        // Camel wraps what stops a split or an expression; our own says more.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PosbridgeException problem) {
                throw problem;
            }
        }
        if (failure != null) {
            throw new IntakeFailedException(file, failure);
        }
        return exchange.getProperty("reading", Reading.class).file().id();
    }

    @Override
    public void close() {
        main.stop();
        deadline.close();
    }

    private HttpComponent http() {
        HttpComponent http = new BoundedHttp();
        // Its own retries would obey a Retry-After of an hour, and hide what was sent.
        http.setAutomaticRetriesDisabled(true);
        http.setRedirectHandlingDisabled(true);
        http.setCookieManagementDisabled(true);
        http.setAuthCachingDisabled(true);
        // No cookie is kept, so no list of all the world's domains is read at each start to judge them by.
        http.setHttpClientConfigurer(client -> client.addExecInterceptorFirst("deadline", deadline)
                .setRequestExecutor(new AnswersInStep())
                .setDefaultCookieSpecRegistry(name -> null));
        long answer = settings.gameball().answerTimeout().toMillis();
        http.setConnectTimeout(settings.gameball().connectTimeout().toMillis());
        http.setConnectionRequestTimeout(answer);
        http.setResponseTimeout(answer);
        http.setSoTimeout(answer);
        int callers = settings.delivery().concurrency()
                + settings.checkout().concurrency()
                + LIVE_CONCURRENCY
                + 2 * Batches.WORKERS;
        http.setConnectionsPerRoute(callers);
        http.setMaxTotalConnections(callers);
        outwards(http, settings.gameball());
        return http;
    }

    private static void outwards(HttpComponent http, Settings.Gameball gameball) {
        Settings.Way way = gameball.way();
        if (way.proxy() != null && !gameball.isLoopback()) {
            http.setProxyHost(way.proxy().getHost());
            http.setProxyPort(way.proxy().getPort());
            http.setProxyAuthScheme("http");
            if (way.user() != null) {
                http.setProxyAuthMethod("Basic");
                http.setProxyAuthUsername(way.user());
                http.setProxyAuthPassword(way.password().read());
            }
        }
        if (way.authorities() != null) {
            TrustManagersParameters trusted = new TrustManagersParameters();
            trusted.setTrustManager(Authorities.with(way.authorities()));
            SSLContextParameters tls = new SSLContextParameters();
            tls.setTrustManagers(trusted);
            http.setSslContextParameters(tls);
        }
    }

    private Properties placeholders() {
        Properties placeholders = new Properties();
        // Camel would wait a second, which whoever takes over sending does not have.
        placeholders.put("engine.first-look", "0");
        placeholders.putAll(Map.of(
                "posbridge.gameball.url",
                settings.gameball().url().toString(),
                "engine.jobs.period",
                "50",
                "engine.batch.period",
                "50",
                "engine.batch.others-period",
                "100",
                "posbridge.delivery.concurrency",
                Integer.toString(settings.delivery().concurrency()),
                "engine.lanes.queue",
                Broker.LANES,
                "engine.lanes.receive-timeout",
                "250",
                "engine.lanes.recovery-interval",
                "2000",
                "engine.housekeeping.period",
                "1000"));
        placeholders.putAll(Map.of(
                "engine.live-lanes.queue",
                Broker.LIVE_LANES,
                "engine.live-lanes.concurrency",
                Integer.toString(LIVE_CONCURRENCY),
                "engine.messages.most-at-once",
                "500",
                "engine.messages.recovery-interval",
                "2000",
                "engine.messages.oversized",
                settings.folders().data().resolve("oversized").toString()));
        placeholders.putAll(Map.of(
                "engine.requests.period",
                "500",
                "engine.reports.period",
                "15000",
                "engine.inbox.most-per-poll",
                "100",
                "posbridge.inbox.poll",
                Long.toString(settings.inbox().poll().toMillis())));
        placeholders.putAll(Map.of(
                "posbridge.checkout.concurrency",
                Integer.toString(settings.checkout().concurrency()),
                "engine.checkout.largest",
                Integer.toString(LARGEST_REQUEST_BYTES),
                "engine.checkout.in-hand",
                settings.folders().data().resolve("broker/in-hand").toString(),
                "engine.checkout.most-waiting",
                "2000",
                "engine.checkout.look",
                "50",
                "engine.checkout.replies",
                "posbridge.checkout.replies"));
        return placeholders;
    }
}
