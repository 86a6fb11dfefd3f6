package dev.posbridge.engine;

import dev.posbridge.broker.Broker;
import dev.posbridge.broker.Door;
import dev.posbridge.checkout.Operation;
import dev.posbridge.settings.BrokerSettings;
import dev.posbridge.settings.QueueSource;
import dev.posbridge.settings.Settings;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the broker within this process, as the settings have it. */
final class BrokerStart {
    private BrokerStart() {}

    static Broker start(Settings settings, Engine.Mode mode) {
        return Broker.start(
                settings.folders().data().resolve("broker"),
                mode == Engine.Mode.ONE_SHOT ? null : door(settings.broker()),
                settings.broker().external() == null ? queues(settings) : Map.of(),
                settings.checkout().enabled() ? Operation.all().map(Operation::queue) : Stream.empty());
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
}
