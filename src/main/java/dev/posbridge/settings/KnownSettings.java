package dev.posbridge.settings;

import dev.posbridge.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key there is; a key that is not here is a mistake, and the nearest right one is named. */
final class KnownSettings {
    static final List<String> KEYS = Stream.concat(
                    Stream.of(BrokerReader.KEYS, OperationsReader.KEYS, ConsoleReader.KEYS)
                            .flatMap(List::stream),
                    Stream.of(
                            "posbridge.account.name",
                            "posbridge.account.environment",
                            "posbridge.account.currency",
                            "posbridge.account.merging",
                            "posbridge.account.unknown-customers",
                            "posbridge.account.existing-customers",
                            "posbridge.account.anonymous",
                            "posbridge.account.earn-from",
                            "posbridge.account.quota-share",
                            "posbridge.account.late-redemption",
                            "posbridge.account.return-window-days",
                            "posbridge.account.excludes-tax-and-shipping",
                            "posbridge.gameball.url",
                            "posbridge.gameball.api-version",
                            "posbridge.gameball.api-key",
                            "posbridge.gameball.secret-key",
                            "posbridge.gameball.api-key-file",
                            "posbridge.gameball.secret-key-file",
                            "posbridge.gameball.quotas",
                            "posbridge.gameball.connect-timeout",
                            "posbridge.gameball.answer-timeout",
                            "posbridge.gameball.proxy",
                            "posbridge.gameball.proxy-user",
                            "posbridge.gameball.proxy-password",
                            "posbridge.gameball.proxy-password-file",
                            "posbridge.gameball.authorities-file",
                            "posbridge.data-dir",
                            "posbridge.data-dir.least-free",
                            "posbridge.ledger.url",
                            "posbridge.ledger.user",
                            "posbridge.ledger.password",
                            "posbridge.ledger.password-file",
                            "posbridge.inbox",
                            "posbridge.vendors-dir",
                            "posbridge.inbox.poll",
                            "posbridge.inbox.settle",
                            "posbridge.held.first-file",
                            "posbridge.delivery.concurrency",
                            "posbridge.delivery.mode",
                            "posbridge.delivery.batch-threshold",
                            "posbridge.delivery.linger",
                            "posbridge.delivery.job-deadline",
                            "posbridge.gameball.batch-orders",
                            "posbridge.delivery.attempts",
                            "posbridge.delivery.retry-pause",
                            "posbridge.delivery.retry-pause-max",
                            OpeningHoursReader.WINDOWS,
                            OpeningHoursReader.BLACKOUT,
                            "posbridge.refunds.wait",
                            "posbridge.checkout.enabled",
                            "posbridge.checkout.deadline",
                            "posbridge.checkout.concurrency"))
            .toList();

    private static final Map<String, String> BY_ENVIRONMENT =
            KEYS.stream().collect(Collectors.toMap(KnownSettings::environmentName, key -> key));

    /** The key that an environment variable sets, or null. */
    String ofEnvironment(String variable) {
        return switch (variable) {
            case "GAMEBALL_API_KEY" -> "posbridge.gameball.api-key";
            case "GAMEBALL_SECRET_KEY" -> "posbridge.gameball.secret-key";
            default -> BY_ENVIRONMENT.getOrDefault(variable, SourceKeys.ofEnvironment(variable));
        };
    }

    Optional<String> problemWith(String key) {
        if (KEYS.contains(key)) {
            return Optional.empty();
        }
        if (SourceKeys.isOne(key)) {
            return SourceKeys.problemWith(key);
        }
        String meant = Nearest.to(key, KEYS)
                .map(near -> " Did you mean \"" + near + "\"?")
                .orElse("");
        return Optional.of("unknown key \"" + key + "\"." + meant + " config/posbridge.properties lists them all.");
    }

    /** The environment variable that sets a key. */
    static String environmentName(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
