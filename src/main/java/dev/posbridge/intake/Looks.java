package dev.posbridge.intake;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;

/**
 * Remembers how files looked, to tell which have stood still: a half-written file looks like a short day. One whose time
 * has come still waits for an earlier one of its folder that is being written, so that days keep their order. Thread-safe.
 */
public final class Looks {
    private static final int MOST_REMEMBERED = 10_000;

    /** A file that never comes to rest holds up the later ones no longer than this. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

    private final Duration settle;
    private final Comparator<GenericFile<Object>> order;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /**
     * @param first when it was first seen; {@code since} when it was first seen as it looks now; {@code seen} when it was
     *     last looked at, {@code before} the time before that. All as {@link System#nanoTime()}.
     */
    private record Look(
            GenericFile<Object> file, long size, long modified, long first, long since, long seen, long before) {

        Look after(Look earlier) {
            boolean still = earlier.size == size && earlier.modified == modified;
            return new Look(file, size, modified, earlier.first, still ? earlier.since : since, seen, earlier.seen);
        }

        boolean stoodStill(Duration settle) {
            return since != seen && seen - since >= settle.toNanos();
        }
    }

    /**
     * @param settle how long a file must not have changed
     * @param order in which files of a folder are taken
     */
    public Looks(Duration settle, Comparator<GenericFile<Object>> order) {
        this.settle = settle;
        this.order = order;
    }

    /**
     * Whether the file has not changed for the time, which takes two looks at least, and no earlier one is being written.
     * Once both are so, it is forgotten.
     *
     * @param whole whether one look is enough, since something else tells that nobody writes it
     * @param size bytes
     * @param modified as the file's system tells it, in milliseconds
     * @param now {@link System#nanoTime()}
     */
    public boolean mayBeTaken(GenericFile<Object> file, boolean whole, long size, long modified, long now) {
        Look look = looked(file, size, modified, now);
        boolean taken = (whole || look.stoodStill(settle)) && !waitsForEarlier(look);
        if (taken) {
            forget(file);
        }
        return taken;
    }

    private Look looked(GenericFile<Object> file, long size, long modified, long now) {
        if (looks.size() > MOST_REMEMBERED) {
            looks.clear();
        }
        return looks.merge(
                file.getAbsoluteFilePath(),
                new Look(file, size, modified, now, now, now, now),
                (before, current) -> current.after(before));
    }

    private boolean waitsForEarlier(Look look) {
        return looks.values().stream()
                .anyMatch(other -> look.seen - other.first < LONGEST_HOLD.toNanos()
                        && isThere(other, look)
                        && folder(other.file).equals(folder(look.file))
                        && order.compare(other.file, look.file) < 0);
    }

    /** A file that was passed over between two looks at another is gone: each is offered at every poll. */
    private static boolean isThere(Look other, Look look) {
        return other.seen >= look.before;
    }

    private static String folder(GenericFile<Object> file) {
        String path = file.getAbsoluteFilePath();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Whether the file is refused for the first time, which is told once. */
    public boolean isFirstRefusal(GenericFile<Object> file) {
        if (refused.size() > MOST_REMEMBERED) {
            refused.clear();
        }
        return refused.add(file.getAbsoluteFilePath());
    }

    public void forget(GenericFile<Object> file) {
        looks.remove(file.getAbsoluteFilePath());
    }
}
