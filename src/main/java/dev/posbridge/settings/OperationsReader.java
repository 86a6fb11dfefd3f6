package dev.posbridge.settings;

import dev.posbridge.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads how the service is watched ({@code posbridge.management.*}, {@code .alarms.*}, {@code .retention.*}). */
final class OperationsReader {
    static final List<String> KEYS = List.of(
            "posbridge.health.port",
            "posbridge.management.port",
            "posbridge.management.address",
            "posbridge.management.token",
            "posbridge.management.token-file",
            "posbridge.alarms.webhook",
            "posbridge.alarms.webhook-file",
            "posbridge.alarms.command",
            "posbridge.alarms.heartbeat",
            "posbridge.alarms.heartbeat-file",
            "posbridge.alarms.proxy",
            "posbridge.alarms.after",
            "posbridge.alarms.reminder",
            "posbridge.alarms.backlog",
            "posbridge.retention.payloads",
            "posbridge.retention.archive",
            "posbridge.retention.rejected",
            "posbridge.retention.raw-input");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final String PORT = "posbridge.management.port";
    private static final String EARLIER_PORT = "posbridge.health.port";
    private static final String ADDRESS = "[0-9A-Fa-f.:]{2,45}|localhost";

    private final Values values;

    OperationsReader(Values values) {
        this.values = values;
    }

    /** @param way by which Gameball is reached */
    Operations read(Settings.Way way) {
        return new Operations(management(), alarms(way), retention(), new ConsoleReader(values).read());
    }

    private Operations.Management management() {
        if (values.text(PORT) != null && values.text(EARLIER_PORT) != null) {
            values.problem(EARLIER_PORT, "only " + PORT + ", which answers /health too. Remove " + EARLIER_PORT);
        }
        String key = values.text(EARLIER_PORT) == null ? PORT : EARLIER_PORT;
        Integer port = values.text(key) == null ? null : (Integer) values.number(key, 0, 1, 65_535);
        String address = values.text("posbridge.management.address", "127.0.0.1");
        if (!address.matches(ADDRESS)) {
            values.problem("posbridge.management.address", "an address such as 127.0.0.1 or 0.0.0.0");
        }
        return new Operations.Management(address, port, key, secret("posbridge.management.token"));
    }

    private Operations.Alarms alarms(Settings.Way gameball) {
        boolean straight = values.oneOf("posbridge.alarms.proxy", "gameball", "gameball", "none")
                .equals("none");
        return new Operations.Alarms(
                url("posbridge.alarms.webhook"),
                program("posbridge.alarms.command"),
                url("posbridge.alarms.heartbeat"),
                straight ? new Settings.Way(null, null, null, gameball.authorities()) : gameball,
                values.duration("posbridge.alarms.after", "1m"),
                values.duration("posbridge.alarms.reminder", "12h"),
                values.duration("posbridge.alarms.backlog", "12h"));
    }

    private Operations.Retention retention() {
        return new Operations.Retention(
                days("posbridge.retention.payloads"),
                days("posbridge.retention.archive"),
                days("posbridge.retention.rejected"),
                days("posbridge.retention.raw-input"));
    }

    private Duration days(String key) {
        String text = values.text(key);
        if (text == null) {
            return null;
        }
        Duration duration = Values.parseDuration(text);
        if (duration == null || !text.endsWith("d") || duration.toDays() < 1) {
            values.problem(key, "days, such as 90d");
            return null;
        }
        return duration;
    }

    Secret secret(String key) {
        String text = values.text(key);
        Path file = values.path(key + "-file", null);
        if (text != null && file != null) {
            values.problem(key + "-file", "only one of " + key + " and " + key + "-file");
        }
        return text == null && file == null ? null : new Secret(text, file);
    }

    /** Whoever knows such a URL can use it, so its value is in no message. */
    private URI url(String key) {
        Secret written = secret(key);
        if (written == null) {
            return null;
        }
        try {
            URI url = new URI(written.read().strip());
            boolean here = LOOPBACK.contains(String.valueOf(url.getHost()));
            if (url.getHost() != null && ("https".equals(url.getScheme()) || here && "http".equals(url.getScheme()))) {
                return url;
            }
        } catch (ConfigurationException unreadable) {
            values.source().problem(key + "-file", unreadable.getMessage());
            return null;
        } catch (URISyntaxException noUrl) {
            // Said below, without its text.
        }
        values.source()
                .problem(
                        key,
                        key + ": found something else (not shown, it may be a secret), expected an https URL, or http "
                                + "to this machine.");
        return null;
    }

    private Path program(String key) {
        Path program = values.path(key, null);
        if (program != null && !Files.isExecutable(program)) {
            values.problem(key, "a program that can be run; it gets the alarm on its standard input");
        }
        return program;
    }
}
