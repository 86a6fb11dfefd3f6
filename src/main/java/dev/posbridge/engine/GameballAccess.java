package dev.posbridge.engine;

import dev.posbridge.delivery.Quotas;
import dev.posbridge.gameball.Credentials;
import dev.posbridge.gameball.Resource;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.QuotaLog;
import dev.posbridge.settings.Settings;
import java.time.Instant;
import java.util.List;

/** By which keys and how fast Gameball may be called, as the settings have it. */
final class GameballAccess {
    private GameballAccess() {}

    /** @param quotaLog what earlier processes have called of late */
    static Quotas quotas(Settings settings, QuotaLog quotaLog) {
        if (!settings.gameball().documentedQuotas()) {
            return Quotas.off();
        }
        boolean shared =
                settings.checkout().enabled() || !settings.sources().queues().isEmpty();
        double share = settings.account().quotaShare();
        Quotas quotas = shared ? Quotas.evenly(share) : new Quotas(share);
        List<String> ofRecord = List.of(
                Resource.ORDERS.name(),
                Resource.TRANSACTIONS_POST.name(),
                Resource.CUSTOMERS_POST.name(),
                Resource.CUSTOMERS_GET_AND_EVENTS.name());
        quotas.restore(
                quotaLog.read(ofRecord).stream()
                        .map(call -> new Quotas.Sent(Resource.valueOf(call.resource()), call.at()))
                        .toList(),
                Instant.now());
        Failpoint.QUOTAS_RESTORED.reach();
        return quotas;
    }

    static Credentials credentials(Settings.Gameball gameball, Engine.Mode mode) {
        boolean stand = !mode.delivers() || gameball.isLoopback();
        if (stand && !gameball.hasKeys()) {
            // The sandbox takes any key; intake alone needs none.
            return Credentials.ofStandIn();
        }
        return Credentials.of(gameball.apiKey(), gameball.apiKeyFile(), gameball.secretKey(), gameball.secretKeyFile());
    }
}
