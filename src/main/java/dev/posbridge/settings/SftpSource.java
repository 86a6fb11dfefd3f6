package dev.posbridge.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Files that a vendor leaves on an SFTP server.
 *
 * @param expects what has to come each night, or null
 * @param report where the night's report goes, or null
 */
public record SftpSource(
        String name,
        String vendor,
        Server server,
        Drop drop,
        Schedule schedule,
        After after,
        Expects expects,
        Report report)
        implements Source {

    @Override
    public String outline() {
        return name + ", " + vendor + ", from " + server.user() + "@" + server.host() + ":" + server.port() + " folder "
                + drop.folder() + (server.checked() ? "" : ", HOST KEY NOT CHECKED");
    }

    /**
     * Where it is and how we prove who we are.
     *
     * @param password or null; keyFile a private key or null; keyPassphrase of the key or null
     * @param knownHosts the only host keys that are trusted; null where {@code checked} is false
     * @param checked false trusts any host: for tests
     * @param timeout after which a silent server counts as gone
     */
    public record Server(
            String host,
            int port,
            String user,
            Secret password,
            Path keyFile,
            Secret keyPassphrase,
            Path knownHosts,
            boolean checked,
            Duration timeout) {

        /** The files that it needs, by their keys. */
        Map<String, Path> files() {
            Map<String, Path> files = new TreeMap<>();
            files.put("known-hosts-file", knownHosts);
            files.put("key-file", keyFile);
            files.put("password-file", password == null ? null : password.file());
            files.put("key-passphrase-file", keyPassphrase == null ? null : keyPassphrase.file());
            files.values().removeIf(Objects::isNull);
            return files;
        }
    }

    /**
     * Which files are meant.
     *
     * @param folder absolute, or from the login's folder; may have one {@code {store}}
     * @param files pattern of their names, with {@code *} and {@code ?}
     * @param localName what a file is called here, of {@code {store}} and {@code {file}}
     * @param doneFile name of the file that says that another is whole, of {@code {file}} or {@code {base}}; or null
     * @param settle how long size and time must not have changed
     * @param daysBack older files are left alone; 0 takes them all
     * @param maxSize in bytes; larger files are left alone
     * @param zone in which the vendor's days begin and end
     */
    public record Drop(
            String folder,
            String files,
            String localName,
            String doneFile,
            Duration settle,
            int daysBack,
            long maxSize,
            ZoneId zone) {}

    /**
     * When to look.
     *
     * @param cron six fields from seconds to days of the week, in the drop's zone; null where {@code poll} counts
     */
    public record Schedule(Duration poll, String cron) {}

    /**
     * What becomes of a file on the server once we have it.
     *
     * @param moveTo folder within the file's own, for {@link Kind#MOVE}; suffix the new ending, for {@link Kind#RENAME}
     */
    public record After(Kind kind, String moveTo, String suffix) {
        /** The four ways. */
        public enum Kind {
            MOVE,
            RENAME,
            KEEP,
            DELETE
        }
    }

    /**
     * The report that goes back.
     *
     * @param folder on the server
     * @param json false for CSV
     */
    public record Report(String folder, boolean json) {}
}
