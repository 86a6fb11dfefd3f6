package dev.posbridge.intake;

import dev.posbridge.ledger.WatchBook;
import dev.posbridge.ledger.WatchBook.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files again once they were put away, at first soon and then ever more rarely, for a day: one whose writer paused
 * for longer than files must stand still is moved with its writer, who then writes into the archive. Such a file goes back to
 * its inbox as the next version of itself; what the ledger has of it is a duplicate there. Used by one thread at a time.
 */
public final class GrownFiles {
    private static final Logger LOG = LoggerFactory.getLogger(GrownFiles.class);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** So long a file may be on its way from where it lay to where it is put. */
    private static final Duration MOVE = Duration.ofMinutes(1);

    private final WatchBook book;
    private final Duration settle;
    private final Set<Long> told = new HashSet<>();

    /** @param settle how long files must not have changed before they are taken */
    public GrownFiles(WatchBook book, Duration settle) {
        this.book = book;
        this.settle = settle;
    }

    /** To be called before the file is moved. */
    void watch(Reading reading, Path target) {
        FileStamp stamp = reading.stamp();
        if (stamp != null) {
            long now = System.currentTimeMillis();
            Watched watched = new Watched(
                    reading.file().id(),
                    target.toString(),
                    reading.path().toString(),
                    stamp.size(),
                    stamp.modified().toMillis(),
                    now,
                    null);
            book.begin(watched, now + settle.toMillis());
        }
    }

    /** Looks at what is due. */
    public void look() {
        long now = System.currentTimeMillis();
        for (Watched watched : book.due(now)) {
            try {
                look(watched, now);
            } catch (IOException problem) {
                LOG.warn("{}: cannot be looked at again ({}).", watched.path(), problem.toString());
                book.later(watched, now + MOVE.toMillis());
            }
        }
    }

    private void look(Watched watched, long now) throws IOException {
        Path path = Path.of(watched.path());
        long age = now - watched.since();
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (isAsRead(watched, path, attributes)) {
                lookLater(watched, now, age, LONGEST);
            } else {
                bringBack(watched, path, now);
            }
        } catch (NoSuchFileException notYetOrNoMore) {
            lookLater(watched, now, age, MOVE);
        }
    }

    /** Each time after as long as it has been watched already, so that a day takes some twenty looks. */
    private void lookLater(Watched watched, long now, long age, Duration longest) {
        if (age > longest.toMillis()) {
            book.end(watched);
        } else {
            book.later(watched, now + Math.max(settle.toMillis(), age / 2));
        }
    }

    private static boolean isAsRead(Watched watched, Path path, BasicFileAttributes attributes) throws IOException {
        boolean sameTime = attributes.lastModifiedTime().toMillis() == watched.modified();
        return attributes.size() == watched.size()
                && (sameTime || ContentHash.of(path).equals(watched.content()));
    }

    private void bringBack(Watched watched, Path path, long now) throws IOException {
        Path home = Path.of(watched.home());
        if (Files.exists(home)) {
            if (told.add(watched.file())) {
                LOG.error(
                        "{}: was written to after it was put away, and goes back to {} once the file of that name there is "
                                + "taken in.",
                        path,
                        home);
            }
            book.later(watched, now + settle.toMillis());
            return;
        }
        LOG.warn(
                "{}: was written to after it was put away (its writer still has it open). It goes back to {} and is taken in "
                        + "once more; raise posbridge.inbox.settle, or have it written under another name until it is whole.",
                path,
                home);
        PutAway.move(path, home);
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + PutAway.REASON));
        book.end(watched);
        told.remove(watched.file());
    }
}
