package dev.posbridge.intake;

import dev.posbridge.FileRejectedException;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.harness.Guard;
import dev.posbridge.ledger.Beginning;
import dev.posbridge.ledger.ChunkWriter;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.FileBook;
import dev.posbridge.ledger.FileOffer;
import dev.posbridge.ledger.Hold;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.LedgerFile;
import dev.posbridge.ledger.NewRecords;
import dev.posbridge.ledger.TurnBook;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a file's way into the ledger. Thread-safe; files of one identity wait for each other. */
public final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** What begins the name of the turn at a file, over all nodes; the identity follows. */
    public static final String TURN = "intake ";

    private final Profiles profiles;
    private final FileBook files;
    private final ChunkWriter chunks;
    private final PutAway putAway;
    private final IntakeGuard guard;
    private final GrownFiles grown;
    private final HoldJudge judge;
    private final Turns turns;

    /**
     * @param grown which looks at files again that were put away
     * @param judge which says what a person has to look at first
     * @param nodes what other nodes do that share the ledger
     */
    public Intake(
            Profiles profiles,
            FileBook files,
            ChunkWriter chunks,
            PutAway putAway,
            IntakeGuard guard,
            GrownFiles grown,
            HoldJudge judge,
            TurnBook nodes) {
        this.turns = new Turns(nodes);
        this.profiles = profiles;
        this.files = files;
        this.chunks = chunks;
        this.putAway = putAway;
        this.guard = guard;
        this.grown = grown;
        this.judge = judge;
    }

    /**
     * Claims the file in the ledger and opens it. A file whose content was taken in before has nothing to read.
     *
     * @param offered the file, where it lies
     * @param source by which it came, or null
     */
    public Reading begin(
            @Body File offered,
            @ExchangeProperty("vendor") String vendor,
            @ExchangeProperty("source") String source,
            Exchange exchange)
            throws IOException, InterruptedException {
        Path path = offered.toPath();
        Profile profile = profiles.named(vendor);
        guard.require();
        String name = profile.nameOf(path);
        try {
            turns.await(profile.identity());
        } catch (LedgerUnavailableException unreachable) {
            guard.failed(vendor, unreachable);
            throw unreachable;
        }
        if (isGone(path, exchange)) {
            turns.end(profile.identity());
            turns.endForOthers(profile.identity());
            exchange.setRouteStop(true);
            return null;
        }
        try {
            FileStamp stamp = FileStamp.of(path);
            Failpoint.BEFORE_BEGINNING_FILE.reach();
            Beginning beginning = files.begin(offer(path, name, profile, source));
            Failpoint.AFTER_BEGINNING_FILE.reach();
            Reading reading = beginning.readable()
                    ? open(path, name, profile, beginning)
                    : beginning.held()
                            ? Reading.held(path, profile, beginning.file())
                            : Reading.known(path, profile, beginning.file());
            return reading.of(stamp).approvedBy(beginning.approved());
        } catch (IOException | RuntimeException failure) {
            turns.end(profile.identity());
            turns.endForOthers(profile.identity());
            guard.failed(vendor, failure);
            throw failure;
        }
    }

    /** Whether another node that watches the same folder took it while we waited. */
    private static boolean isGone(Path path, Exchange exchange) {
        String route = exchange == null ? null : exchange.getFromRouteId();
        return route != null && route.startsWith("inbox-") && Files.notExists(path);
    }

    private static FileOffer offer(Path path, String name, Profile profile, String source) throws IOException {
        return new FileOffer(
                profile.vendor(),
                profile.identity(),
                name,
                path.toString(),
                ContentHash.of(path),
                profile.hash(),
                profile.businessDateOf(name),
                source,
                profile.matchesByProduct(),
                profile.parksUnmatched(),
                profile.again().timeTolerance(),
                profile.textHash());
    }

    private static Reading open(Path path, String name, Profile profile, Beginning beginning) throws IOException {
        LedgerFile file = beginning.file();
        if (beginning.isPoisonous()) {
            return Reading.unreadable(path, profile, file, poisonous(name, beginning));
        }
        try {
            return new Reading(path, profile, file, profile.open(path), beginning.deaths() > 0);
        } catch (FileRejectedException problem) {
            return Reading.unreadable(path, profile, file, problem);
        }
    }

    private static FileRejectedException poisonous(String name, Beginning beginning) {
        return new FileRejectedException(
                Position.ofFile(name),
                Reason.POISONOUS,
                beginning.deaths() + " processes died one after the other while they read what follows receipt "
                        + beginning.file().receiptsStored() + ". " + Reason.POISONOUS.remedy());
    }

    /**
     * Stores a translated chunk, or passes over it where a crash came after its commit. It may be under way when this
     * returns; the file is not released before it is stored.
     */
    public void store(TranslatedChunk translated) {
        Reading reading = translated.chunk().reading();
        try {
            reading.storing().add(prepared(translated), prepared -> store(reading, prepared));
            if (reading.isAfterDeath()) {
                reading.storing().await();
            }
        } catch (RuntimeException failure) {
            reading.fail();
            guard.failed(reading.profile().vendor(), failure);
            throw failure;
        }
    }

    /** Holds no rows: of a chunk that waits only its records are wanted. */
    private Supplier<ChunkWriter.Prepared> prepared(TranslatedChunk translated) {
        Reading reading = translated.chunk().reading();
        List<Entry> entries = translated.entries();
        long before = translated.chunk().receiptsBefore();
        int receipts = translated.chunk().receipts().size();
        long bytesRead = translated.chunk().bytesRead();
        return () -> {
            NewRecords records = chunks.prepare(reading.file(), entries);
            reading.figures().add(records);
            return new ChunkWriter.Prepared(before, receipts, bytesRead, records);
        };
    }

    private void store(Reading reading, List<ChunkWriter.Prepared> prepared) {
        acknowledgeUnlessGuarded(reading);
        Failpoint.BEFORE_CHUNK.reach();
        chunks.store(reading.file(), reading.document().header(), prepared);
        Failpoint.AFTER_CHUNK.reach();
    }

    /**
     * Trusts the file: from now on its records are due.
     *
     * @throws FileRejectedException where its totals, or its share of bad rows, say that it cannot be trusted
     */
    public void release(@ExchangeProperty("reading") Reading reading, @ExchangeProperty("takeAway") boolean takeAway) {
        if (!reading.isKnown() && !reading.isHeld()) {
            reading.check();
            try {
                reading.storing().await();
                Failpoint.BEFORE_RELEASE.reach();
                Optional<Hold> hold = judge.judge(reading, takeAway);
                if (hold.isPresent()) {
                    hold(reading, hold.get());
                    return;
                }
                boolean let = reading.approval() == HoldBook.Approval.RELEASE;
                files.release(
                        reading.file(),
                        reading.rows(),
                        reading.numbers(),
                        reading.figures(),
                        let ? null : reading.profile().limits());
            } catch (RuntimeException failure) {
                guard.failed(reading.profile().vendor(), failure);
                throw failure;
            }
            Failpoint.AFTER_RELEASE.reach();
            reading.markReleased();
        }
    }

    private void hold(Reading reading, Hold hold) {
        Failpoint.BEFORE_REJECTING.reach();
        judge.hold(reading, hold);
        Failpoint.AFTER_REJECTING.reach();
        reading.markHeld();
        LOG.warn(
                "vendor={} file={} held: {}",
                reading.profile().vendor(),
                reading.path().getFileName(),
                hold.message());
    }

    /** Distrusts the file: nothing of it is kept but the reason. */
    public void reject(
            @ExchangeProperty("reading") Reading reading,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        FileRejectedException problem = rejection(failure);
        reading.storing().close();
        Failpoint.BEFORE_REJECTING.reach();
        files.reject(reading.file().id(), reading.rows(), problem);
        Failpoint.AFTER_REJECTING.reach();
        reading.reject(problem);
        LOG.warn(
                "vendor={} file={} rejected: {}",
                reading.profile().vendor(),
                reading.path().getFileName(),
                problem.getMessage());
    }

    /** Whatever happened: the file is closed, and the next of its identity may come. */
    public void close(@ExchangeProperty("reading") Reading reading) {
        if (reading != null) {
            try {
                reading.close();
                if (reading.isAfterDeath()) {
                    files.survived(reading.file().id());
                }
            } finally {
                turns.end(reading.profile().identity());
                if (!reading.hasEnded()) {
                    turns.endForOthers(reading.profile().identity());
                }
            }
        }
    }

    /** Moves the file to the archive or to rejected; a file that was only shown to us stays where it is. */
    public void putAway(@ExchangeProperty("reading") Reading reading, @ExchangeProperty("takeAway") boolean takeAway)
            throws IOException {
        try {
            move(reading, takeAway);
            guard.succeeded(reading.profile().vendor());
        } catch (IOException | RuntimeException failure) {
            guard.failed(reading.profile().vendor(), failure);
            throw failure;
        } finally {
            turns.endForOthers(reading.profile().identity());
        }
        LOG.info(
                "vendor={} file={} rows={} receipts={} bad={} {}",
                reading.profile().vendor(),
                reading.path().getFileName(),
                reading.rows(),
                reading.receipts(),
                reading.bad(),
                reading.isKnown()
                        ? "known"
                        : reading.isHeld() ? "held" : reading.isReleased() ? "released" : "rejected");
        if (reading.isReleased()
                && reading.document() != null
                && reading.document().remark() != null) {
            LOG.warn(
                    "vendor={} file={} {}. Look at its dead letters.",
                    reading.profile().vendor(),
                    reading.path().getFileName(),
                    reading.document().remark());
        }
        if (reading.document() != null && !reading.document().drops().isEmpty()) {
            LOG.info(
                    "vendor={} file={} left out of customers because they are none: {}",
                    reading.profile().vendor(),
                    reading.path().getFileName(),
                    new TreeMap<>(reading.document().drops()));
        }
    }

    /** The error that a harness must notice. */
    private void acknowledgeUnlessGuarded(Reading reading) {
        if (Guard.ARCHIVE_LAST.isOff() && Files.exists(reading.path())) {
            try {
                putAway.file(reading, true);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private void move(Reading reading, boolean takeAway) throws IOException {
        Failpoint.BEFORE_MOVE.reach();
        Optional<Path> place = Guard.ARCHIVE_LAST.isOff()
                ? Optional.empty()
                : putAway.file(reading, takeAway, target -> grown.watch(reading, target));
        Failpoint.AFTER_MOVE.reach();
        if (place.isPresent()) {
            files.moved(reading.file().id(), place.get().toString());
            Failpoint.AFTER_NOTING_MOVE.reach();
        }
    }

    /** Camel wraps what stops a split. */
    private static FileRejectedException rejection(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof FileRejectedException)) {
            cause = cause.getCause();
        }
        return (FileRejectedException) cause;
    }
}
