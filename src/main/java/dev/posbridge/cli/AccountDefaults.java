package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Credentials;
import dev.posbridge.settings.Account;
import dev.posbridge.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An account has to be named, but for stand-ins of Gameball on this machine, which belong to nobody. */
final class AccountDefaults {
    private AccountDefaults() {}

    /**
     * The settings, complete enough to send something.
     *
     * @param currency that of the vendor at hand, or null where there is none
     * @throws ConfigurationException naming each key that is missing
     */
    static Settings complete(GlobalOptions options, String currency) {
        Settings settings = orStandIn(options, currency);
        requireAccount(settings.account());
        return settings;
    }

    /** As {@link #complete}, but what is missing stays so. */
    static Settings orStandIn(GlobalOptions options, String currency) {
        Settings settings = options.settings(Map.of());
        if (!settings.gameball().isLoopback()) {
            return settings;
        }
        Map<String, String> sandbox = new java.util.LinkedHashMap<>(
                Map.of("posbridge.account.name", "sandbox", "posbridge.account.environment", "test"));
        if (currency != null) {
            sandbox.put("posbridge.account.currency", currency);
        }
        return options.settings(sandbox);
    }

    /** What is still to be set before anything can be delivered, a sentence each. */
    static List<String> missingForDelivery(Settings settings) {
        Settings.Gameball gameball = settings.gameball();
        if (gameball.isLoopback()) {
            return List.of();
        }
        List<String> missing = missing(settings.account());
        try {
            Credentials.of(gameball.apiKey(), gameball.apiKeyFile(), gameball.secretKey(), gameball.secretKeyFile());
        } catch (ConfigurationException noKeys) {
            missing.addAll(noKeys.getMessage().lines().toList());
        }
        return missing;
    }

    private static void requireAccount(Account account) {
        List<String> missing = missing(account);
        if (!missing.isEmpty()) {
            throw new ConfigurationException(missing);
        }
    }

    /** What the account lacks, a sentence each. */
    static List<String> missing(Account account) {
        List<String> missing = new ArrayList<>();
        addIfMissing(missing, account.name(), "name", "how you call this Gameball account");
        addIfMissing(missing, account.environment(), "environment", "test or live");
        addIfMissing(missing, account.currency(), "currency", "ISO 4217 code of the account, such as GBP");
        return missing;
    }

    private static void addIfMissing(List<String> missing, String value, String name, String meaning) {
        if (value == null) {
            missing.add("posbridge.account." + name + " is not set, expected " + meaning
                    + ". Set it in config/posbridge.properties, or with --set posbridge.account." + name + "=...");
        }
    }
}
