package dev.posbridge.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files in an inbox may be taken: regular ones with a plain name, whose size and time have not changed for a while.
 * A half-written file looks like a short day. One whose time has come still waits for an earlier one that is being
 * written, so that days keep their order. Thread-safe.
 */
public final class SettledFiles implements GenericFileFilter<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(SettledFiles.class);

    /** A file that never comes to rest holds up the later ones no longer than this. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

    private final Looks looks;
    private final Comparator<GenericFile<Object>> order;
    private final Map<Path, Moving> moving = new ConcurrentHashMap<>();

    /** A file that was not at rest when it was last looked at. */
    private record Moving(GenericFile<Object> file, long since) {}

    /**
     * @param settle how long a file must not have changed
     * @param order in which files of a folder are taken
     */
    public SettledFiles(Duration settle, Comparator<GenericFile<Object>> order) {
        this.looks = new Looks(settle);
        this.order = order;
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        return !file.isDirectory() && accept(file, System.nanoTime());
    }

    boolean accept(GenericFile<Object> file, long now) {
        Path path = Path.of(file.getAbsoluteFilePath());
        try {
            BasicFileAttributes attributes = attributes(path);
            if (!isTakeable(path, attributes)) {
                return false;
            }
            if (!standsStill(path, attributes, now)) {
                moving.putIfAbsent(path, new Moving(file, now));
                return false;
            }
            moving.remove(path);
            if (waitsForEarlier(file, path.getParent(), now)) {
                return false;
            }
            looks.forget(path.toString());
            return true;
        } catch (IOException gone) {
            looks.forget(path.toString());
            moving.remove(path);
            return false;
        }
    }

    private boolean waitsForEarlier(GenericFile<Object> file, Path folder, long now) {
        moving.keySet().removeIf(path -> !Files.exists(path, LinkOption.NOFOLLOW_LINKS));
        return moving.entrySet().stream()
                .anyMatch(entry -> folder.equals(entry.getKey().getParent())
                        && now - entry.getValue().since() < LONGEST_HOLD.toNanos()
                        && order.compare(entry.getValue().file(), file) < 0);
    }

    boolean accept(Path path, long now) throws IOException {
        BasicFileAttributes attributes = attributes(path);
        return isTakeable(path, attributes) && standsStill(path, attributes, now);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isTakeable(Path path, BasicFileAttributes attributes) {
        boolean takeable =
                attributes.isRegularFile() && PlainName.is(path.getFileName().toString());
        if (!takeable) {
            warnOnce(path);
        }
        return takeable;
    }

    private boolean standsStill(Path path, BasicFileAttributes attributes, long now) {
        return looks.standsStill(
                path.toString(),
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                now);
    }

    private void warnOnce(Path path) {
        if (looks.isNew(path.toString())) {
            LOG.warn(
                    "{}: is left where it is: expected a regular file whose name has letters, digits, dots, blanks, "
                            + "hyphens and underlines only. Rename or remove it.",
                    path);
        }
    }
}
