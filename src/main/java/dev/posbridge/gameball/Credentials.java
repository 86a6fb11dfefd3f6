package dev.posbridge.gameball;

import dev.posbridge.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account's two keys, from the settings or from files. Thread-safe; no method but {@link #apiKey} and
 * {@link #secretKey} ever shows them. Both go on every call: only then every version and mode of Gameball works.
 */
public final class Credentials {
    private final KeySource apiSource;
    private final KeySource secretSource;
    private volatile Keys keys;

    private record Keys(String api, String secret) {}

    private Credentials(KeySource apiSource, KeySource secretSource) {
        this.apiSource = apiSource;
        this.secretSource = secretSource;
        this.keys = read();
    }

    /**
     * Each key comes from its value or from its file; the other of the two is null.
     *
     * @throws ConfigurationException with all problems at once: a key is missing, given twice, unreadable, or not
     *     printable
     */
    public static Credentials of(String apiKey, Path apiKeyFile, String secretKey, Path secretKeyFile) {
        return new Credentials(
                new KeySource("posbridge.gameball.api-key", apiKey, apiKeyFile),
                new KeySource("posbridge.gameball.secret-key", secretKey, secretKeyFile));
    }

    /** For the sandbox, which takes any key. */
    public static Credentials ofStandIn() {
        return of("sandbox-api-key", null, "sandbox-secret-key", null);
    }

    public String apiKey() {
        return keys.api();
    }

    public String secretKey() {
        return keys.secret();
    }

    /**
     * Reads the files again, for instance after Gameball refused the key.
     *
     * @return whether a key changed
     * @throws ConfigurationException as {@link #of}; the keys stay as they were
     */
    public boolean refresh() {
        Keys before = keys;
        Keys now = read();
        keys = now;
        return !now.equals(before);
    }

    /** True for the documented prefixes of live keys. False proves nothing: other keys may be live as well. */
    public boolean isLive() {
        return startsWith("gb_live_") || startsWith("live_");
    }

    /** True for the documented prefixes of test keys. False proves nothing. */
    public boolean isTest() {
        return startsWith("gb_test_") || startsWith("test_");
    }

    private boolean startsWith(String prefix) {
        Keys current = keys;
        return current.api().startsWith(prefix) || current.secret().startsWith(prefix);
    }

    private Keys read() {
        List<String> problems = new ArrayList<>();
        Keys read = new Keys(apiSource.read(problems), secretSource.read(problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return read;
    }

    @Override
    public String toString() {
        return "Credentials[api key and secret key, hidden]";
    }
}
