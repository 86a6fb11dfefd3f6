import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the program's sessions at a PostgreSQL server do, looked at again and again: what they wait for, and who holds the locks
 * of our own meanwhile. A look counts for as long as it was until the next. Used by one thread.
 */
final class Sessions {
    /** A session in the middle of a transaction that computes nothing and waits for no lock waits for us. */
    private static final String LOOK = "select coalesce(case when a.state like 'idle in%' then 'our program' else a.wait_event_type || ' ' || a.wait_event end, "
            + "'(the server computes)'), coalesce(l.mode, '') from pg_stat_activity a left join "
            + "(select pid, mode from pg_locks where locktype = 'advisory' and granted and objsubid = 1) l on l.pid = a.pid "
            + "where a.application_name = 'posbridge' and a.state <> 'idle' and a.datname = current_database()";

    private final Map<String, Double> holding = new TreeMap<>();
    private final Map<String, Double> others = new TreeMap<>();
    private double held;
    private double alone;
    private double beside;
    private long last = System.nanoTime();
    private int looks;

    void look(Statement statement) throws SQLException {
        long now = System.nanoTime();
        double span = (now - last) / 1e9;
        last = now;
        looks++;
        int holders = 0;
        try (ResultSet row = statement.executeQuery(LOOK)) {
            while (row.next()) {
                boolean holds = !row.getString(2).isEmpty();
                holders += holds ? 1 : 0;
                alone += row.getString(2).equals("ExclusiveLock") ? span : 0;
                (holds ? holding : others).merge(row.getString(1), span, Double::sum);
            }
        }
        held += holders > 0 ? span : 0;
        beside += holders > 1 ? span : 0;
    }

    void print(double seconds) {
        System.out.printf(Locale.ROOT, "    the right to write: held %.1f s (%.0f %% of the time), of that by one alone %.1f s, by several beside each other %.1f s; %d looks%n",
                held, 100 * held / seconds, alone, beside, looks);
        print("    whoever held it waited for", holding);
        print("    who did not hold it waited for", others);
    }

    private static void print(String who, Map<String, Double> seconds) {
        System.out.print(who + ": ");
        seconds.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(8)
                .forEach(wait -> System.out.printf(Locale.ROOT, "%s %.2f s; ", wait.getKey(), wait.getValue()));
        System.out.println();
    }
}
