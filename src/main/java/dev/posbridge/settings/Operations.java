package dev.posbridge.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** How the service is watched, whom it tells, how long it keeps what it has seen, and where people look at it. */
public record Operations(Management management, Alarms alarms, Retention retention, ConsoleAccess console) {

    /**
     * Where it answers how it is.
     *
     * @param address on which it listens; this machine only, unless somebody set another
     * @param port null for none
     * @param key under which the port was set
     * @param token for what is asked from elsewhere, but for the probes; null: nothing else is answered there
     */
    public record Management(String address, Integer port, String key, Secret token) {}

    /**
     * Who is told that something is wrong.
     *
     * @param webhook to which a cause is posted, or null
     * @param command that is started with the cause on its standard input, or null
     * @param heartbeat that is called after each good night, or null
     * @param after how long something must be wrong before anybody is told
     * @param reminder how long until it is told again
     * @param way out to the webhook and the heartbeat
     * @param backlog age of the oldest record to deliver from which on it is one
     */
    public record Alarms(
            URI webhook,
            Path command,
            URI heartbeat,
            Settings.Way way,
            Duration after,
            Duration reminder,
            Duration backlog) {
        public boolean anybody() {
            return webhook != null || command != null;
        }

        /** Without the URLs: whoever knows one can use it. */
        @Override
        public String toString() {
            return "Alarms[webhook=" + (webhook != null) + ", command=" + command + ", heartbeat=" + (heartbeat != null)
                    + "]";
        }
    }

    /**
     * How long things are kept; null for ever. Keys and amounts never end, they are why nothing is sent twice.
     *
     * @param payloads what delivered and skipped records said, and the rows they came from
     * @param rawInput rows of dead letters that are closed, and of those that nobody closed
     */
    public record Retention(Duration payloads, Duration archive, Duration rejected, Duration rawInput) {
        public boolean isAny() {
            return payloads != null || archive != null || rejected != null || rawInput != null;
        }
    }
}
