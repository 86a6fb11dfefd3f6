package dev.posbridge.intake;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;

/**
 * Remembers how the files of a door looked, and what became of them. A half-written file looks like a short day, so one must
 * have stood still before it is taken; and days keep their order, so one whose time has come waits for an earlier one of its
 * folder that is being written or could not be taken. Each look asks of every file first whether it {@link #stoodStill}, in
 * whatever order the folder has them; only then, in the order in which they are taken, whether it is {@link #isNext}.
 * Thread-safe.
 */
public final class Looks {
    private static final int MANY = 10_000;

    /** A file that never comes to rest, or that nobody can read, holds up the later ones no longer than this. */
    private static final long LONGEST_HOLD = Duration.ofMinutes(10).toNanos();

    private static final long TIDIED_EVERY = Duration.ofMinutes(1).toNanos();

    private final Duration settle;
    private final Comparator<GenericFile<Object>> order;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    /** Those that are being written, or could not be taken when their turn came. */
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile long tidied = System.nanoTime();

    /**
     * @param first since when it holds up others
     * @param since when it was first seen as it looks now
     * @param seen when it was last looked at, {@code before} the time before that. All as {@link System#nanoTime()}.
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
     * Whether the file has not changed for the time, which takes two looks at least.
     *
     * @param whole whether one look is enough, since something else tells that nobody writes it
     * @param size bytes
     * @param modified as the file's system tells it, in milliseconds
     * @param now {@link System#nanoTime()}
     */
    public boolean stoodStill(GenericFile<Object> file, boolean whole, long size, long modified, long now) {
        tidy(now);
        String path = file.getAbsoluteFilePath();
        Look look = looks.merge(
                path,
                new Look(file, size, modified, now, now, now, Long.MIN_VALUE),
                (before, current) -> current.after(before));
        boolean still = whole || look.stoodStill(settle);
        if (still) {
            waiting.remove(path);
        } else {
            waiting.add(path);
        }
        return still;
    }

    /** Whether no earlier file of its folder waits; asked when all that are there were looked at. */
    public boolean isNext(GenericFile<Object> file) {
        Look look = looks.get(file.getAbsoluteFilePath());
        return look == null
                || waiting.stream()
                        .map(looks::get)
                        .noneMatch(other -> other != null
                                && look.seen - other.first < LONGEST_HOLD
                                && isThere(other, look)
                                && folder(other.file).equals(folder(look.file))
                                && order.compare(other.file, look.file) < 0);
    }

    /** It could not be taken, and stays: those behind it wait, for as long as it takes where it is no fault of its own. */
    public void failed(GenericFile<Object> file, Throwable why) {
        String path = file.getAbsoluteFilePath();
        looks.computeIfPresent(
                path,
                (same, look) -> IntakeGuard.isMomentary(why)
                        ? new Look(file, look.size, look.modified, look.seen, look.since, look.seen, look.before)
                        : look);
        waiting.add(path);
    }

    /** It is gone. */
    public void forget(GenericFile<Object> file) {
        String path = file.getAbsoluteFilePath();
        waiting.remove(path);
        looks.remove(path);
    }

    /** A file that was passed over between two looks at another is gone: each is looked at every time. */
    private static boolean isThere(Look other, Look look) {
        return other.seen >= look.before;
    }

    private static String folder(GenericFile<Object> file) {
        String path = file.getAbsoluteFilePath();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private void tidy(long now) {
        if (looks.size() > MANY && now - tidied > TIDIED_EVERY) {
            tidied = now;
            looks.values().removeIf(look -> now - look.seen > LONGEST_HOLD);
            waiting.retainAll(looks.keySet());
        }
    }

    /** Whether the file is refused for the first time, which is told once. */
    public boolean isFirstRefusal(GenericFile<Object> file) {
        if (refused.size() > MANY) {
            refused.clear();
        }
        return refused.add(file.getAbsoluteFilePath());
    }
}
