package dev.posbridge.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads how messages come to us ({@code posbridge.broker.*}). */
final class BrokerReader {
    static final List<String> KEYS = List.of(
            "posbridge.broker.accept",
            "posbridge.broker.users-file",
            "posbridge.broker.key-store",
            "posbridge.broker.key-store-password",
            "posbridge.broker.key-store-password-file",
            "posbridge.broker.url",
            "posbridge.broker.unencrypted",
            "posbridge.broker.user",
            "posbridge.broker.password",
            "posbridge.broker.password-file",
            "posbridge.broker.trust-store",
            "posbridge.broker.trust-store-password",
            "posbridge.broker.trust-store-password-file",
            "posbridge.broker.dead-letter-queue");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final Pattern SEVERAL = Pattern.compile("\\(([^()]+)\\)(?:\\?ha=true)?");
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
        List<BrokerSettings.Address> addresses = addresses("posbridge.broker.url");
        return addresses.isEmpty()
                ? null
                : new BrokerSettings.External(
                        addresses,
                        values.text("posbridge.broker.user"),
                        secret("posbridge.broker.password"),
                        values.path("posbridge.broker.trust-store", null),
                        secret("posbridge.broker.trust-store-password"),
                        values.text("posbridge.broker.dead-letter-queue", "DLQ"));
    }

    /**
     * Of one server, or of a live one and its backups, as Artemis writes them. That the others are tried where one is gone
     * needs no parameter: {@code ha=true} says what is so.
     */
    private List<BrokerSettings.Address> addresses(String key) {
        boolean anywhere = values.flag("posbridge.broker.unencrypted", false);
        String text = values.text(key);
        if (text == null) {
            return List.of();
        }
        Matcher several = SEVERAL.matcher(text);
        List<URI> addresses = Stream.of((several.matches() ? several.group(1) : text).split(",", -1))
                .map(one -> address(one.strip(), anywhere))
                .toList();
        if (addresses.contains(null)) {
            values.problem(
                    key,
                    "ssl://host:port, tcp://127.0.0.1:port on this machine (elsewhere with posbridge.broker.unencrypted = "
                            + "true), or (ssl://live:port,ssl://backup:port)?ha=true");
            return List.of();
        }
        return addresses.stream()
                .map(address -> new BrokerSettings.Address(
                        address.getHost(), address.getPort(), "ssl".equals(address.getScheme())))
                .toList();
    }

    /** @return null where nobody set it, or where it is none */
    private URI address(String key) {
        String text = values.text(key);
        URI address = text == null ? null : address(text, false);
        if (text != null && address == null) {
            values.problem(key, "ssl://host:port, or tcp://127.0.0.1:port on this machine");
        }
        return address;
    }

    /** @return null where it is none */
    private static URI address(String text, boolean unencrypted) {
        try {
            URI address = new URI(text);
            boolean plain = "tcp".equals(address.getScheme()) && (unencrypted || LOOPBACK.contains(address.getHost()));
            if (address.getHost() == null || !plain && !"ssl".equals(address.getScheme()) || hasMore(address)) {
                return null;
            }
            return address.getPort() > 0 ? address : new URI(text + ":" + USUAL_PORT);
        } catch (URISyntaxException noAddress) {
            return null;
        }
    }

    private static boolean hasMore(URI address) {
        return address.getRawQuery() != null || address.getRawUserInfo() != null;
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
