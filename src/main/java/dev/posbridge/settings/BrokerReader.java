package dev.posbridge.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads how messages come to us ({@code posbridge.broker.*}). */
final class BrokerReader {
    static final List<String> KEYS = List.of(
            "posbridge.broker.accept",
            "posbridge.broker.users-file",
            "posbridge.broker.key-store",
            "posbridge.broker.key-store-password",
            "posbridge.broker.key-store-password-file",
            "posbridge.broker.url",
            "posbridge.broker.user",
            "posbridge.broker.password",
            "posbridge.broker.password-file",
            "posbridge.broker.trust-store",
            "posbridge.broker.trust-store-password",
            "posbridge.broker.trust-store-password-file",
            "posbridge.broker.dead-letter-queue");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final int USUAL_PORT = 61_616;

    private final Values values;

    BrokerReader(Values values) {
        this.values = values;
    }

    BrokerSettings read() {
        return new BrokerSettings(accept(), external());
    }

    private BrokerSettings.Accept accept() {
        String key = "posbridge.broker.accept";
        URI address = address(key);
        if (address == null) {
            return null;
        }
        Path keyStore = values.path("posbridge.broker.key-store", null);
        if ("ssl".equals(address.getScheme()) == (keyStore == null)) {
            values.problem(key, "ssl://host:port with posbridge.broker.key-store, or tcp://127.0.0.1:port without it");
        }
        if (values.text("posbridge.broker.users-file") == null) {
            values.problem(key, "posbridge.broker.users-file beside it: nobody comes in without a password");
        }
        return new BrokerSettings.Accept(
                address.getHost(),
                address.getPort(),
                values.path("posbridge.broker.users-file", null),
                keyStore,
                secret("posbridge.broker.key-store-password"));
    }

    private BrokerSettings.External external() {
        URI address = address("posbridge.broker.url");
        return address == null
                ? null
                : new BrokerSettings.External(
                        address.getHost(),
                        address.getPort(),
                        "ssl".equals(address.getScheme()),
                        values.text("posbridge.broker.user"),
                        secret("posbridge.broker.password"),
                        values.path("posbridge.broker.trust-store", null),
                        secret("posbridge.broker.trust-store-password"),
                        values.text("posbridge.broker.dead-letter-queue", "DLQ"));
    }

    /** @return null where nobody set it, or where it is none */
    private URI address(String key) {
        String text = values.text(key);
        try {
            URI address = text == null ? null : new URI(text);
            boolean plain =
                    address != null && "tcp".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
            if (address == null || address.getHost() != null && (plain || "ssl".equals(address.getScheme()))) {
                return address == null || address.getPort() > 0 ? address : new URI(text + ":" + USUAL_PORT);
            }
        } catch (URISyntaxException noAddress) {
            // Told below.
        }
        values.problem(key, "ssl://host:port, or tcp://127.0.0.1:port on this machine");
        return null;
    }

    /** @return null where neither the text nor a file is given */
    private Secret secret(String key) {
        Path file = values.path(key + "-file", null);
        if (values.text(key) != null && file != null) {
            values.problem(key + "-file", "only one of " + key + " and " + key + "-file");
        }
        return values.text(key) == null && file == null ? null : new Secret(values.text(key), file);
    }
}
