package dev.posbridge.settings;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Merging;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns values into {@link Settings}; every problem of every key is told at once. */
public final class SettingsReader {
    private final SettingsSource source;
    private final Values values;
    private final Path home;

    private SettingsReader(SettingsSource source, Path home) {
        this.source = source;
        this.values = new Values(source, home);
        this.home = home;
    }

    /**
     * Reads the settings.
     *
     * @param config the file that {@code --config} names, or null for {@code config/posbridge.properties} if it is there
     * @param set values of {@code --set}, and of options that stand for keys
     * @throws ConfigurationException with every problem
     */
    public static Settings read(Path home, Path config, Map<String, String> environment, Map<String, String> set) {
        Path file = config == null ? home.resolve("config/posbridge.properties") : config;
        return read(home, new SettingsSource(file, config == null, environment, set, new KnownSettings()));
    }

    /** Settings from these values alone, whatever the file and the environment say. */
    public static Settings readOnly(Path home, Map<String, String> values) {
        Path none = home.resolve("config/none");
        return read(home, new SettingsSource(none, true, Map.of(), values, new KnownSettings()));
    }

    private static Settings read(Path home, SettingsSource source) {
        SettingsReader reader = new SettingsReader(source, home);
        Settings settings = reader.settings();
        source.complain();
        return settings;
    }

    private Settings settings() {
        Settings.Gameball gameball = gameball();
        return new Settings(
                source,
                account(),
                gameball,
                new Settings.Folders(
                        home,
                        values.path("posbridge.data-dir", "data"),
                        values.path("posbridge.inbox", "inbox"),
                        values.path("posbridge.vendors-dir", "config/vendors")),
                ledgerServer(),
                new Settings.Inbox(
                        values.duration("posbridge.inbox.poll", "1s"),
                        values.duration("posbridge.inbox.settle", "2s"),
                        source.choice("posbridge.held.first-file", Settings.FirstFile.AUTO)),
                new Settings.Delivery(
                        values.number("posbridge.delivery.concurrency", 8, 1, 64),
                        values.number("posbridge.delivery.attempts", 12, 1, 1000),
                        values.duration("posbridge.delivery.retry-pause", "1s"),
                        values.duration("posbridge.delivery.retry-pause-max", "1m"),
                        new OpeningHoursReader(values).read()),
                new Settings.Batch(
                        source.choice("posbridge.delivery.mode", Settings.DeliveryMode.AUTO),
                        values.number("posbridge.delivery.batch-threshold", 25, 1, 1_000_000_000),
                        values.duration("posbridge.delivery.linger", "500ms"),
                        values.duration("posbridge.delivery.job-deadline", "2m"),
                        source.choice("posbridge.gameball.batch-orders", Settings.BatchOrders.FULL)),
                values.duration("posbridge.refunds.wait", "72h"),
                new Settings.Health(values.size("posbridge.data-dir.least-free", "64MiB")),
                new OperationsReader(values).read(gameball.way()),
                new SourcesReader(values).read(),
                new BrokerReader(values).read(),
                new Settings.Checkout(
                        values.oneOf("posbridge.checkout.enabled", "false", "true", "false")
                                .equals("true"),
                        values.duration("posbridge.checkout.deadline", "3s"),
                        values.number("posbridge.checkout.concurrency", 16, 1, 256)));
    }

    private Account account() {
        return new Account(
                source.text("posbridge.account.name"),
                values.oneOf("posbridge.account.environment", null, "test", "live"),
                currency(),
                source.choice("posbridge.account.merging", Merging.NONE),
                source.choice("posbridge.account.unknown-customers", Account.UnknownCustomers.CREATE),
                source.choice("posbridge.account.existing-customers", Account.ExistingCustomers.LEAVE),
                source.choice("posbridge.account.anonymous", Account.Anonymous.SKIP),
                values.date("posbridge.account.earn-from"),
                share(),
                source.choice("posbridge.account.late-redemption", Account.LateRedemption.DELIVER),
                source.text("posbridge.account.return-window-days") == null
                        ? null
                        : values.number("posbridge.account.return-window-days", 0, 0, 7300),
                values.oneOf("posbridge.account.excludes-tax-and-shipping", "false", "true", "false")
                        .equals("true"));
    }

    private Settings.Gameball gameball() {
        return new Settings.Gameball(
                url(),
                values.oneOf("posbridge.gameball.api-version", "v4.0", "v4.0", "v4.1"),
                source.text("posbridge.gameball.api-key"),
                values.path("posbridge.gameball.api-key-file", null),
                source.text("posbridge.gameball.secret-key"),
                values.path("posbridge.gameball.secret-key-file", null),
                values.oneOf("posbridge.gameball.quotas", "documented", "documented", "off")
                        .equals("documented"),
                values.duration("posbridge.gameball.connect-timeout", "5s"),
                values.duration("posbridge.gameball.answer-timeout", "30s"),
                new Settings.Way(
                        proxy(), source.text("posbridge.gameball.proxy-user"), proxyPassword(), authorities()));
    }

    private Settings.LedgerServer ledgerServer() {
        String key = "posbridge.ledger.url";
        String url = source.text(key);
        Secret password = new OperationsReader(values).secret("posbridge.ledger.password");
        if (url == null) {
            String given = source.text("posbridge.ledger.user") != null
                    ? "posbridge.ledger.user"
                    : password != null ? "posbridge.ledger.password" : null;
            if (given != null) {
                source.problem(
                        key,
                        key + " is not set, but " + given
                                + " is: expected jdbc:postgresql://HOST:5432/DATABASE. Where the ledger"
                                + " is the file in the data folder, take " + given
                                + " away (from the settings, or POSBRIDGE_LEDGER_... from the environment).");
            }
            return null;
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            source.problem(
                    key,
                    key
                            + " is no address of a PostgreSQL database, expected jdbc:postgresql://HOST:5432/DATABASE. Without it"
                            + " the ledger is the file ledger.db in the data folder.");
        } else if (Pattern.compile("[?&]password=|//[^/@]*:[^/@]*@")
                .matcher(url)
                .find()) {
            source.problem(
                    key,
                    key
                            + " has a password in it, where it comes into messages, expected it in posbridge.ledger.password-file"
                            + " or POSBRIDGE_LEDGER_PASSWORD.");
        }
        return new Settings.LedgerServer(url, source.text("posbridge.ledger.user"), password);
    }

    private URI proxy() {
        String key = "posbridge.gameball.proxy";
        String text = source.text(key);
        if (text == null) {
            return null;
        }
        URI proxy = Pattern.matches("http://[^/@?#]+:[0-9]{1,5}/?", text) ? URI.create(text) : null;
        if (proxy == null || proxy.getHost() == null || proxy.getPort() < 1 || proxy.getPort() > 65_535) {
            source.problem(
                    key,
                    key + " is \"" + text + "\", expected http://HOST:PORT, without a user: that one stands in "
                            + "posbridge.gameball.proxy-user.");
            return null;
        }
        return proxy;
    }

    private Secret proxyPassword() {
        String text = source.text("posbridge.gameball.proxy-password");
        Path file = values.path("posbridge.gameball.proxy-password-file", null);
        if (text != null && file != null) {
            source.problem(
                    "posbridge.gameball.proxy-password",
                    "posbridge.gameball.proxy-password and posbridge.gameball.proxy-password-file are both set, expected one of"
                            + " them. Leave one out.");
        }
        boolean hasPassword = text != null || file != null;
        if (hasPassword != (source.text("posbridge.gameball.proxy-user") != null)
                || hasPassword && source.text("posbridge.gameball.proxy") == null) {
            source.problem(
                    "posbridge.gameball.proxy-user",
                    "posbridge.gameball.proxy-user, a password for it (proxy-password or proxy-password-file) and"
                            + " posbridge.gameball.proxy belong together, expected all of them or only the proxy.");
        }
        return hasPassword ? new Secret(text, file) : null;
    }

    private Path authorities() {
        String key = "posbridge.gameball.authorities-file";
        Path file = values.path(key, null);
        if (file != null && !java.nio.file.Files.isReadable(file)) {
            source.problem(key, key + " is " + file + ", which cannot be read, expected certificates in PEM form.");
        }
        return file;
    }

    private URI url() {
        String key = "posbridge.gameball.url";
        String text = source.text(key) == null ? "https://api.gameball.co" : source.text(key);
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            Settings.Gameball probe =
                    new Settings.Gameball(url, null, null, null, null, null, true, null, null, Settings.Way.STRAIGHT);
            if (url.getHost() == null || !("https".equals(url.getScheme()) || probe.isLoopback())) {
                source.problem(key, key + " is \"" + text + "\", expected an https URL, or http to this machine.");
            } else if (!isServerAlone(url)) {
                source.problem(
                        key,
                        key + " is \"" + text
                                + "\", expected the server alone, without path, user or query; the path follows"
                                + " from posbridge.gameball.api-version. Write " + url.getScheme() + "://"
                                + url.getHost()
                                + (url.getPort() < 0 ? "" : ":" + url.getPort()) + ".");
            }
            return url;
        } catch (java.net.URISyntaxException problem) {
            source.problem(key, key + " is \"" + text + "\", which is no URL (" + problem.getReason() + ").");
            return URI.create("https://invalid");
        }
    }

    private static boolean isServerAlone(URI url) {
        return url.getRawPath().isEmpty()
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
    }

    private String currency() {
        String text = source.text("posbridge.account.currency");
        try {
            return text == null ? null : Currency.getInstance(text).getCurrencyCode();
        } catch (IllegalArgumentException unknown) {
            source.problem(
                    "posbridge.account.currency",
                    "posbridge.account.currency is \"" + text + "\", expected an ISO 4217 code such as GBP.");
            return null;
        }
    }

    private double share() {
        String key = "posbridge.account.quota-share";
        String text = source.text(key) == null ? "80%" : source.text(key);
        Matcher percent = Pattern.compile("(\\d{1,3})\\s*%").matcher(text);
        int share = percent.matches() ? Integer.parseInt(percent.group(1)) : 0;
        if (share < 1 || share > 100) {
            source.problem(key, key + " is \"" + text + "\", expected 1% to 100%.");
        }
        return share / 100.0;
    }

    /** @return null where the text is no time with a unit */
    public static Duration parseDuration(String text) {
        return Values.parseDuration(text);
    }
}
