package dev.posbridge.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files in an inbox may be taken: regular ones with a plain name, whose size and time have not changed for a while.
 * A half-written file looks like a short day. Thread-safe.
 */
public final class SettledFiles implements GenericFileFilter<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(SettledFiles.class);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,127}");
    private static final int MOST_REMEMBERED = 10_000;

    private final Duration settle;
    private final Map<Path, Look> looks = new ConcurrentHashMap<>();

    private record Look(long size, long modified, long since) {}

    /** @param settle how long a file must not have changed */
    public SettledFiles(Duration settle) {
        this.settle = settle;
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        Path path = Path.of(file.getAbsoluteFilePath());
        if (file.isDirectory()) {
            return false;
        }
        try {
            return accept(path, System.nanoTime());
        } catch (IOException gone) {
            looks.remove(path);
            return false;
        }
    }

    boolean accept(Path path, long now) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()
                || !PLAIN.matcher(path.getFileName().toString()).matches()) {
            warnOnce(path);
            return false;
        }
        if (looks.size() > MOST_REMEMBERED) {
            looks.clear();
        }
        long modified = attributes.lastModifiedTime().toMillis();
        Look look = looks.merge(
                path,
                new Look(attributes.size(), modified, now),
                (before, current) ->
                        before.size() == current.size() && before.modified() == current.modified() ? before : current);
        boolean settled = look.since() != now && now - look.since() >= settle.toNanos();
        if (settled) {
            looks.remove(path);
        }
        return settled;
    }

    private void warnOnce(Path path) {
        if (looks.putIfAbsent(path, new Look(-1, -1, 0)) == null) {
            LOG.warn(
                    "{}: is left where it is: expected a regular file whose name has letters, digits, dots, blanks, "
                            + "hyphens and underlines only. Rename or remove it.",
                    path);
        }
    }
}
