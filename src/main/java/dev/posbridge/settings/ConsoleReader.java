package dev.posbridge.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads where people look at the service ({@code posbridge.console.*}). */
final class ConsoleReader {
    static final List<String> KEYS = List.of(
            "posbridge.console.port",
            "posbridge.console.address",
            "posbridge.console.host-names",
            "posbridge.console.users-file",
            "posbridge.console.key-store",
            "posbridge.console.key-store-password",
            "posbridge.console.key-store-password-file",
            "posbridge.console.proxy-user-header");

    static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    private static final String ADDRESS = "[0-9A-Fa-f.:]{2,45}|localhost";
    private static final String USERS = "posbridge.console.users-file";
    private static final String KEY_STORE = "posbridge.console.key-store";
    private static final String PROXY = "posbridge.console.proxy-user-header";

    private final Values values;

    ConsoleReader(Values values) {
        this.values = values;
    }

    ConsoleAccess read() {
        String port = "posbridge.console.port";
        String address = values.text("posbridge.console.address", "127.0.0.1");
        if (!address.matches(ADDRESS)) {
            values.problem("posbridge.console.address", "an address such as 127.0.0.1 or 0.0.0.0");
        }
        Path users = file(
                USERS,
                "a file with a user a line. Write one with posbridge console user add NAME --role R --file FILE");
        Path keyStore = file(KEY_STORE, "a PKCS12 file with the key and certificate of the console");
        String proxy = values.text(PROXY);
        if (proxy != null && !proxy.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
            values.problem(PROXY, "the name of a header, such as X-Forwarded-User");
        }
        if (proxy != null && users == null) {
            values.source()
                    .problem(
                            PROXY,
                            PROXY + " is set, and " + USERS + " is not, expected both: the file says what each"
                                    + " user may do. Set " + USERS + ".");
        }
        if (!LOOPBACK.contains(address) && (users == null || keyStore == null)) {
            values.source()
                    .problem(
                            "posbridge.console.address",
                            "posbridge.console.address is \"" + address
                                    + "\", which other machines reach, expected users and TLS with it. Set " + USERS
                                    + " and " + KEY_STORE + ", or leave the address out.");
        }
        return new ConsoleAccess(
                address,
                values.text(port) == null ? null : (Integer) values.number(port, 0, 1, 65_535),
                values.list("posbridge.console.host-names"),
                users,
                keyStore,
                new OperationsReader(values).secret("posbridge.console.key-store-password"),
                proxy);
    }

    private Path file(String key, String expected) {
        Path file = values.path(key, null);
        if (file != null && !Files.isReadable(file)) {
            values.problem(key, expected);
        }
        return file;
    }
}
