package dev.posbridge.operations;

import dev.posbridge.gameball.Resource;
import dev.posbridge.settings.Settings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Calls of the last 30 seconds beside how many there may be.
 *
 * @param resource of Gameball's quotas, in words
 * @param share ours of the documented limit
 */
public record QuotaUse(String resource, long used, long share) {
    /** Of each resource; none where no quotas are kept. @param calls of the last 30 seconds, by the resource's name */
    public static List<QuotaUse> of(Map<String, Long> calls, Settings settings) {
        if (!settings.gameball().documentedQuotas()) {
            return List.of();
        }
        double share = share(settings);
        return Arrays.stream(Resource.values())
                .map(resource -> new QuotaUse(
                        resource.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        calls.getOrDefault(resource.name(), 0L),
                        (long) Math.max(1, Math.floor(share * resource.perThirtySeconds()))))
                .toList();
    }

    /** Ours at this hour. */
    static double share(Settings settings) {
        return settings.delivery()
                .hours()
                .share(Instant.now())
                .orElse(settings.account().quotaShare());
    }
}
