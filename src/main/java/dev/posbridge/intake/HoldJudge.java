package dev.posbridge.intake;

import dev.posbridge.ledger.Hold;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Known;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.util.Optional;

/** Says whether a person has to look at a file that was read to its end before anything of it leaves. Thread-safe. */
public final class HoldJudge {
    private final HoldBook book;
    private final FirstFiles firstFiles;

    /** Of which profiles the first file is held that a source of the service brings. */
    public enum FirstFiles {
        NEW_OR_CHANGED,
        CHANGED,
        NONE
    }

    /** @param firstFiles NONE where there is no service: who names a file approves of its profile */
    public HoldJudge(HoldBook book, FirstFiles firstFiles) {
        this.book = book;
        this.firstFiles = firstFiles;
    }

    /** @param bySource whether a source brought it; a file that somebody named is left where it is */
    Optional<Hold> judge(Reading reading, boolean bySource) {
        if (bySource && reading.approval() == null && !firstFiles.equals(FirstFiles.NONE)) {
            Known known =
                    book.profile(reading.profile().vendor(), reading.profile().textHash());
            boolean isFirst = known == Known.CHANGED || known == Known.NEW && firstFiles == FirstFiles.NEW_OR_CHANGED;
            if (isFirst && reading.figures().hasAny()) {
                return Optional.of(first(reading, known));
            }
        }
        return book.judge(reading.file(), reading.figures(), reading.profile().limits(), reading.approval());
    }

    private static Hold first(Reading reading, Known known) {
        String profile = reading.profile().file();
        String found = known == Known.NEW
                ? "the first file by the new profile " + profile
                : "the first file since the profile " + profile + " was changed";
        return new Hold(
                Reason.FIRST_OF_PROFILE,
                Position.ofFile(reading.file().name()) + ": " + found
                        + ", expected that a person looks at one before any earns. "
                        + Reason.FIRST_OF_PROFILE.remedy());
    }

    void hold(Reading reading, Hold hold) {
        book.hold(reading.file().id(), reading.rows(), reading.figures(), hold);
    }
}
