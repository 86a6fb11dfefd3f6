package dev.posbridge.harness;

import dev.posbridge.ConfigurationException;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The switches as a whole: looked at once, when the settings are known. Thread-safe. */
public final class Harness {
    private static final String LEASE = "posbridge.lease-millis";
    private static final long USUAL_LEASE_MILLIS = 60_000;
    private static final long LEASE_MILLIS = Long.getLong(LEASE, USUAL_LEASE_MILLIS);

    private Harness() {}

    /** How long a lane's lease lasts. Sixty seconds, unless a harness wants to outlast it. */
    public static long leaseMillis() {
        return LEASE_MILLIS;
    }

    /**
     * Refuses a switch that nobody knows, and every switch before a Gameball that is not on this machine.
     *
     * @throws ConfigurationException naming the switch
     */
    public static void check(boolean gameballIsOnThisMachine) {
        check(Failpoint.PROPERTY, Failpoint::isKnown, Failpoint.values(), gameballIsOnThisMachine);
        check(Failpoint.PROPERTY + ".log", file -> true, Failpoint.values(), gameballIsOnThisMachine);
        check(Guard.PROPERTY, Guard::isKnown, Guard.values(), gameballIsOnThisMachine);
        check(LEASE, millis -> millis.matches("[1-9]\\d{0,5}"), new Enum<?>[0], gameballIsOnThisMachine);
    }

    private static void check(String property, Predicate<String> known, Enum<?>[] all, boolean onThisMachine) {
        String value = System.getProperty(property);
        if (value == null) {
            return;
        }
        if (!onThisMachine) {
            throw new ConfigurationException("-D" + property + "=" + value
                    + ": is for tests with a Gameball on this machine only. Leave it out, or set posbridge.gameball.url"
                    + " to a sandbox.");
        }
        if (!known.test(value)) {
            throw new ConfigurationException("-D" + property + "=" + value + ": is not known. Known: "
                    + Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", ")) + ".");
        }
    }
}
