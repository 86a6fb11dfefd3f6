package dev.posbridge.operations;

import dev.posbridge.gameball.BatchRequest;
import dev.posbridge.gameball.Resource;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.settings.Settings;
import java.time.Duration;

/** How long delivery takes at our share of the documented quotas, however fast Gameball answers. */
public final class Forecast {
    private static final double WINDOW_SECONDS = 30;
    private static final int CALLS_OF_A_LIST = 2;

    private Forecast() {}

    /** @return null where no quota is kept: then nobody knows */
    public static Duration of(StatusBook.Status status, Settings settings) {
        if (!settings.gameball().documentedQuotas()) {
            return null;
        }
        double share = QuotaUse.share(settings);
        long unknown = status.unknownCustomers();
        long events = status.open().getOrDefault(RecordKind.EVENT, 0L);
        long updates = status.open().getOrDefault(RecordKind.CUSTOMER, 0L);
        long sales = status.open().getOrDefault(RecordKind.SALE, 0L);
        if (goesByBatch(sales, settings)) {
            long lists = CALLS_OF_A_LIST * (lists(sales) + 2 * lists(unknown));
            return duration(Math.max(
                    seconds(Resource.OTHER, lists, share),
                    seconds(Resource.TRANSACTIONS_POST, status.open().getOrDefault(RecordKind.REFUND, 0L), share)));
        }
        double longest = seconds(Resource.ORDERS, sales, share);
        longest = Math.max(
                longest, seconds(Resource.TRANSACTIONS_POST, status.open().getOrDefault(RecordKind.REFUND, 0L), share));
        longest = Math.max(longest, seconds(Resource.CUSTOMERS_GET_AND_EVENTS, unknown + events, share));
        longest = Math.max(longest, seconds(Resource.CUSTOMERS_POST, Math.max(unknown, updates), share));
        return duration(longest);
    }

    /** How long a correction takes: its refunds go one by one, its orders meanwhile. */
    public static Duration ofCorrection(long refunds, long sales, Settings settings) {
        double share = settings.account().quotaShare();
        double orders = goesByBatch(sales, settings)
                ? seconds(Resource.OTHER, CALLS_OF_A_LIST * lists(sales), share)
                : seconds(Resource.ORDERS, sales, share);
        return duration(Math.max(seconds(Resource.TRANSACTIONS_POST, refunds, share), orders));
    }

    private static boolean goesByBatch(long sales, Settings settings) {
        return switch (settings.batch().mode()) {
            case AUTO -> sales >= settings.batch().threshold();
            case SINGLE -> false;
            case BATCH -> true;
        };
    }

    private static long lists(long objects) {
        return (objects + BatchRequest.LARGEST - 1) / BatchRequest.LARGEST;
    }

    private static Duration duration(double seconds) {
        return Duration.ofSeconds((long) Math.ceil(seconds));
    }

    private static double seconds(Resource resource, long calls, double share) {
        return calls * WINDOW_SECONDS / Math.max(1, Math.floor(share * resource.perThirtySeconds()));
    }

    /** {@code 1h 2m 5s}. */
    public static String words(Duration duration) {
        StringBuilder words = new StringBuilder();
        if (duration.toHours() > 0) {
            words.append(duration.toHours()).append("h ");
        }
        if (duration.toMinutes() > 0) {
            words.append(duration.toMinutesPart()).append("m ");
        }
        return words.append(duration.toSecondsPart()).append('s').toString();
    }
}
