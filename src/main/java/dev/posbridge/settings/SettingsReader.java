package dev.posbridge.settings;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Merging;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns values into {@link Settings}; every problem of every key is told at once. */
public final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final SettingsSource source;
    private final Path home;

    private SettingsReader(SettingsSource source, Path home) {
        this.source = source;
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
        refuseUnlessUnset("posbridge.ledger.url", "the ledger is the SQLite file ledger.db in the data folder");
        refuseUnlessUnset("posbridge.broker.url", "the broker is embedded");
        return new Settings(
                source,
                account(),
                gameball,
                new Settings.Folders(home, path("posbridge.data-dir", "data"), path("posbridge.inbox", "inbox")),
                new Settings.Inbox(duration("posbridge.inbox.poll", "1s"), duration("posbridge.inbox.settle", "2s")),
                new Settings.Delivery(
                        number("posbridge.delivery.concurrency", 8, 1, 64),
                        number("posbridge.delivery.attempts", 12, 1, 1000),
                        duration("posbridge.delivery.retry-pause", "1s"),
                        duration("posbridge.delivery.retry-pause-max", "1m")),
                new Settings.Batch(
                        source.choice("posbridge.delivery.mode", Settings.DeliveryMode.AUTO),
                        number("posbridge.delivery.batch-threshold", 25, 1, 1_000_000_000),
                        duration("posbridge.delivery.linger", "500ms"),
                        duration("posbridge.delivery.job-deadline", "2m"),
                        source.choice("posbridge.gameball.batch-orders", Settings.BatchOrders.FULL)),
                duration("posbridge.refunds.wait", "72h"));
    }

    /** Keys of the design that this version does not honour: better refused than passed over in silence. */
    private void refuseUnlessUnset(String key, String instead) {
        if (source.text(key) != null) {
            source.problem(key, key + " is not built yet, in this version " + instead + ". Remove the key.");
        }
    }

    private Account account() {
        return new Account(
                source.text("posbridge.account.name"),
                oneOf("posbridge.account.environment", null, "test", "live"),
                currency(),
                source.choice("posbridge.account.merging", Merging.NONE),
                source.choice("posbridge.account.unknown-customers", Account.UnknownCustomers.CREATE),
                source.choice("posbridge.account.existing-customers", Account.ExistingCustomers.LEAVE),
                source.choice("posbridge.account.anonymous", Account.Anonymous.SKIP),
                date("posbridge.account.earn-from"),
                share(),
                source.choice("posbridge.account.late-redemption", Account.LateRedemption.DELIVER),
                source.text("posbridge.account.return-window-days") == null
                        ? null
                        : number("posbridge.account.return-window-days", 0, 0, 7300),
                oneOf("posbridge.account.excludes-tax-and-shipping", "false", "true", "false")
                        .equals("true"));
    }

    private Settings.Gameball gameball() {
        return new Settings.Gameball(
                url(),
                oneOf("posbridge.gameball.api-version", "v4.0", "v4.0", "v4.1"),
                source.text("posbridge.gameball.api-key"),
                file("posbridge.gameball.api-key-file"),
                source.text("posbridge.gameball.secret-key"),
                file("posbridge.gameball.secret-key-file"),
                oneOf("posbridge.gameball.quotas", "documented", "documented", "off")
                        .equals("documented"),
                duration("posbridge.gameball.connect-timeout", "5s"),
                duration("posbridge.gameball.answer-timeout", "30s"));
    }

    private URI url() {
        String key = "posbridge.gameball.url";
        String text = source.text(key) == null ? "https://api.gameball.co" : source.text(key);
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            Settings.Gameball probe = new Settings.Gameball(url, null, null, null, null, null, true, null, null);
            if (url.getHost() == null || !("https".equals(url.getScheme()) || probe.isLoopback())) {
                source.problem(key, key + " is \"" + text + "\", expected an https URL, or http to this machine.");
            }
            return url;
        } catch (java.net.URISyntaxException problem) {
            source.problem(key, key + " is \"" + text + "\", which is no URL (" + problem.getReason() + ").");
            return URI.create("https://invalid");
        }
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

    private LocalDate date(String key) {
        String text = source.text(key);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException problem) {
            source.problem(key, key + " is \"" + text + "\", expected a date such as 2026-01-31.");
            return null;
        }
    }

    private String oneOf(String key, String otherwise, String... allowed) {
        String text = source.text(key);
        if (text == null) {
            return otherwise;
        }
        for (String word : allowed) {
            if (word.equals(text)) {
                return word;
            }
        }
        source.problem(key, key + " is \"" + text + "\", expected one of " + String.join(", ", allowed) + ".");
        return allowed[0];
    }

    private int number(String key, int otherwise, int least, int most) {
        String text = source.text(key);
        if (text == null) {
            return otherwise;
        }
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            source.problem(
                    key, key + " is \"" + text + "\", expected a whole number from " + least + " to " + most + ".");
        }
        return number;
    }

    private Duration duration(String key, String otherwise) {
        String text = source.text(key) == null ? otherwise : source.text(key);
        Duration duration = parseDuration(text);
        if (duration == null) {
            source.problem(
                    key, key + " is \"" + text + "\", expected a time with its unit, such as 500ms, 2s, 5m, 72h, 7d.");
        }
        return duration;
    }

    /** @return null where the text is no time with a unit */
    public static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Relative paths are meant from the folder of the program, wherever it is called from. */
    private Path path(String key, String otherwise) {
        String text = source.text(key);
        return home.resolve(text == null ? otherwise : text).toAbsolutePath().normalize();
    }

    private Path file(String key) {
        return source.text(key) == null ? null : path(key, null);
    }
}
