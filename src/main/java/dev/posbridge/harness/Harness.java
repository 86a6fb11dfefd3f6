package dev.posbridge.harness;

import dev.posbridge.ConfigurationException;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The switches as a whole: looked at once, when the settings are known. Thread-safe. */
public final class Harness {
    private static final String PATIENCE = "posbridge.lock-patience-millis";
    private static final String SUSPECTS = "posbridge.suspects-millis";
    private static final String STATEMENTS = "posbridge.statements";
    private static final String MILLIS = "[1-9]\\d{0,5}";
    private static final int USUAL_PATIENCE = 35_000;
    private static final long USUAL_SUSPECTS = 10_000;

    private Harness() {}

    /** How long we wait for a ledger that somebody else has locked: 35 seconds, unless a test cannot. */
    public static int lockPatienceMillis() {
        return Integer.getInteger(PATIENCE, USUAL_PATIENCE);
    }

    /** How long a process is at work before it tries what was in hand at two deaths: 10 seconds, unless a harness cannot. */
    public static long suspectsMillis() {
        return Long.getLong(SUSPECTS, USUAL_SUSPECTS);
    }

    /** Where it is written how often each statement of the ledger ran; null where nobody asks. */
    public static String statementsFile() {
        return System.getProperty(STATEMENTS);
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
        check(SUSPECTS, millis -> millis.matches(MILLIS), new Enum<?>[0], gameballIsOnThisMachine);
        check(STATEMENTS, file -> true, new Enum<?>[0], gameballIsOnThisMachine);
        check(PATIENCE, millis -> millis.matches(MILLIS), new Enum<?>[0], gameballIsOnThisMachine);
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
                    + (all.length == 0
                            ? "1 to 999999 milliseconds"
                            : Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", ")))
                    + ".");
        }
    }
}
