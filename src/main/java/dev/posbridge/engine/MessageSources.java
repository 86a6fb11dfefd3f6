package dev.posbridge.engine;

import dev.posbridge.broker.Broker;
import dev.posbridge.broker.QueueAccess;
import dev.posbridge.broker.QueueComponent;
import dev.posbridge.broker.SenderCalls;
import dev.posbridge.checkout.DeskRelay;
import dev.posbridge.harness.Harness;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.MessageTranslator;
import dev.posbridge.intake.Messages;
import dev.posbridge.intake.MessagesInHand;
import dev.posbridge.intake.Translator;
import dev.posbridge.ledger.Forgotten;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.MessageBook;
import dev.posbridge.settings.BrokerSettings;
import dev.posbridge.settings.QueueSource;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** The sources that are queues: their beans, and a route for each. */
final class MessageSources {
    private static final long MOST_OF_A_GIVEN_UP_BODY = 16L << 20;

    private final Settings settings;
    private final List<QueueSource> sources;
    private final BrokerSettings.External external;
    private final Broker broker;
    private final MessageBook book;
    private final Forgotten forgotten;
    private final Set<String> opened = new HashSet<>();
    /** Whether other nodes have the same ledger; whether it is one of them that sends. */
    private final boolean shared;

    private final boolean callsSender;
    private SenderCalls senderCalls = SenderCalls.none();
    private boolean givenUpIsOpen;

    MessageSources(Settings settings, Ledger ledger, Broker broker, boolean callsSender) {
        this.settings = settings;
        this.sources = settings.sources().queues();
        this.external = settings.broker().external();
        this.broker = broker;
        this.book = new MessageBook(ledger.database(), ledger.chunks());
        this.forgotten = new Forgotten(ledger.database());
        this.shared = ledger.database().isShared();
        this.callsSender = callsSender;
    }

    void bind(RouteRunner routes, Profiles profiles, HealthBook health) {
        Map<String, QueueSource> byQueue =
                sources.stream().collect(Collectors.toMap(QueueSource::queue, Function.identity()));
        MessagesInHand inHand = new MessagesInHand(health);
        routes.bind("messagesInHand", inHand);
        routes.bind(
                "messages",
                new Messages(
                        profiles,
                        byQueue,
                        book,
                        inHand,
                        settings.folders().data().resolve("spool/messages"),
                        Duration.ofMillis(Harness.suspectsMillis())));
        routes.bind(
                "messageTranslator",
                new MessageTranslator(profiles, new Translator(new AccountRules(settings.account(), forgotten))));
        QueueAccess access = external == null ? broker.queues() : access(external);
        routes.bind("queue", new QueueComponent(access));
        if (shared && external != null) {
            senderCalls = callsSender
                    ? SenderCalls.calling(access)
                    : SenderCalls.heardBy(access, () -> routes.send("direct:announce-live"));
        }
        routes.bind("senderCalls", senderCalls);
    }

    /**
     * Begins to take messages where that has not begun: of sources whose profile holds; of what the broker gave up, once all
     * of them do.
     */
    void addRoutes(CamelContext context, Profiles profiles) throws Exception {
        book.forgetOld();
        context.addService(senderCalls);
        List<QueueSource> readable = sources.stream()
                .filter(source -> profiles.isInForce(source.vendor()))
                .toList();
        for (QueueSource source : readable) {
            if (!opened.add(source.name())) {
                continue;
            }
            context.addRouteFromTemplate(
                    "queue-" + source.name(),
                    "queue-source",
                    Map.of("queue", source.queue(), "maxBody", Long.toString(source.maxBody())));
        }
        if (readable.size() == sources.size() && !givenUpIsOpen) {
            givenUpIsOpen = true;
            addGivenUp(context);
        }
    }

    /**
     * Where nodes share a broker, tills ask at whichever they reach: what another node's tills ask comes over that broker.
     *
     * @return null where there is nothing to carry
     */
    DeskRelay relayDesk(Engine.Mode mode) {
        if (!shared || external == null || !settings.checkout().enabled()) {
            return null;
        }
        ConnectionFactory others = access(external).jms();
        return switch (mode) {
            case SERVICE -> DeskRelay.start(others, broker.connections());
            case STANDBY -> DeskRelay.start(broker.connections(), others);
            case ONE_SHOT, INTAKE_ONLY -> null;
        };
    }

    private void addGivenUp(CamelContext context) throws Exception {
        String maxBody = Long.toString(MOST_OF_A_GIVEN_UP_BODY);
        if (external != null && !sources.isEmpty()) {
            context.addRouteFromTemplate(
                    "queue-given-up",
                    "queue-source",
                    Map.of(
                            "queue",
                            external.deadLetterQueue(),
                            "maxBody",
                            maxBody,
                            "givenUp",
                            "true",
                            "filter",
                            ours()));
        } else if (!sources.isEmpty()) {
            context.addRouteFromTemplate(
                    "queue-given-up",
                    "queue-source",
                    Map.of("queue", Broker.DEAD, "maxBody", maxBody, "givenUp", "true"));
        }
    }

    /** Of a dead-letter queue that others share, what was sent to our queues. */
    private String ours() {
        return sources.stream()
                .map(source -> "_AMQ_ORIG_QUEUE = '" + source.queue() + "'")
                .collect(Collectors.joining(" OR "));
    }

    /** How to come to somebody's broker. */
    static QueueAccess access(BrokerSettings.External external) {
        return QueueAccess.external(
                external.addresses().stream()
                        .map(address -> new QueueAccess.Server(address.host(), address.port(), address.tls()))
                        .toList(),
                external.trustStore() == null ? null : external.trustStore().toString(),
                external.trustStorePassword() == null
                        ? null
                        : external.trustStorePassword().read(),
                external.user(),
                external.password() == null ? () -> null : external.password()::read);
    }
}
