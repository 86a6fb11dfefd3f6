package dev.posbridge.console;

import dev.posbridge.Daemons;
import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.Difference;
import dev.posbridge.ledger.ReconcileBook;
import dev.posbridge.ledger.ReconcileBook.Discrepancy;
import dev.posbridge.ledger.ReconcileBook.Found;
import dev.posbridge.ledger.ReconcileBook.Phase;
import dev.posbridge.ledger.ReconcileBook.Run;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.reconcile.Histories;
import dev.posbridge.reconcile.LostFiles;
import dev.posbridge.reconcile.Reconciliation;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /reconcile}: what Gameball really holds beside what the ledger says, and the repair of what can be repaired surely. One
 * comparison at a time, by a thread of its own; one that is interrupted goes on when the same is asked again. Thread-safe.
 */
final class ReconcilePage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcilePage.class);
    private static final String PATH = "/reconcile";
    private static final int MOST_SHOWN = 200;
    private static final int MOST_FILES = 100;

    private final Workplace workplace;
    private final Site site;
    private final ReconcileBook book;
    private final AtomicBoolean going = new AtomicBoolean();
    private volatile String problem;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Daemons.named("console-reconcile"));

    /**
     * What is shown.
     *
     * @param run the newest comparison, by a command or here; null for none
     * @param problem why the last one here ended early; null where it did not
     * @param lost files of the archive that a ledger which was put back does not know
     * @param waits why delivery waits for a comparison; null where it does not
     */
    record Shown(
            boolean going,
            Run run,
            String problem,
            List<Found> found,
            List<Discrepancy> first,
            List<Path> lost,
            String waits) {
        long left() {
            return found.stream()
                    .mapToLong(one -> one.records() - one.repaired())
                    .sum();
        }

        boolean isDone() {
            return run != null && run.phase() == Phase.DONE;
        }
    }

    ReconcilePage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.book = new ReconcileBook(workplace.database());
    }

    Answer page(Visit visit) {
        Shown shown = shown();
        return Site.page(out -> JtereconcileGenerated.render(
                out, null, site.frame(visit, "Reconcile", "/held"), shown, visit, workplace.zone()));
    }

    /** The part that changes by itself. */
    Answer live(Visit visit) {
        Shown shown = shown();
        return Site.page(out -> JtereconciledGenerated.render(
                out, null, shown, visit, workplace.account().currency(), workplace.zone()));
    }

    private Shown shown() {
        Optional<Run> run = book.newest();
        Optional<String> waits = RestoreGuard.restored(workplace.database());
        return new Shown(
                going.get(),
                run.orElse(null),
                problem,
                run.map(book::found).orElse(List.of()),
                run.map(one -> book.first(one, MOST_SHOWN)).orElse(List.of()),
                waits.isPresent()
                        ? LostFiles.in(workplace.settings().folders().archive(), workplace.database(), MOST_FILES)
                        : List.of(),
                waits.map(RestoreGuard::sentence).orElse(null));
    }

    /** What a repair does about a difference. */
    static String repair(Difference difference) {
        return switch (difference) {
            case NOT_NOTED -> "settles it as delivered";
            case MISSING -> "sends it again, unless it spent points or is kept no longer";
            case UNANSWERED -> "asks again";
            case OTHER_AMOUNT, OTHER_POINTS, NOT_OURS -> "leaves it to a person";
        };
    }

    /** Asks Gameball, and changes nothing but what the ledger knows of points. */
    Answer compare(Visit visit) {
        return begin(visit, false, null);
    }

    Answer repair(Visit visit) {
        return begin(visit, true, visit.reason());
    }

    private Answer begin(Visit visit, boolean repair, String reason) {
        String name = visit.asked().field("file-name").strip();
        Instant since = since(visit.asked().field("since").strip());
        if (!name.isEmpty() && !book.isFile(name)) {
            throw new RefusedException(400, "file is \"" + name + "\", and no file of that name came.");
        }
        Histories histories = new Histories(workplace.settings().gameball());
        if (!going.compareAndSet(false, true)) {
            visit.session().tell("Nothing was done: a comparison is under way.");
            return Answer.see(PATH);
        }
        String who = visit.session().user() + " (console)";
        problem = null;
        worker.submit(() -> AuditBook.as(who, () -> {
            run(histories, since, name.isEmpty() ? null : name, repair, reason);
            return null;
        }));
        return Answer.see(PATH);
    }

    private void run(Histories histories, Instant since, String file, boolean repair, String reason) {
        try {
            if (reason != null) {
                site.audit().note("console reconcile", 1, reason);
            }
            Reconciliation.noticeRestored(workplace.settings(), workplace.database(), repair);
            new Reconciliation(workplace.database(), histories).compare(book.begin(since, file, repair), run -> {});
        } catch (PosbridgeException away) {
            problem = away.getMessage() + " What was compared is kept: ask for the same again.";
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unknown) {
            LOG.error("console: the comparison with Gameball failed", unknown);
            problem = "It failed, and nothing is known of it here. The log has the details.";
        } finally {
            going.set(false);
        }
    }

    /** A day, or a moment as the page showed it. */
    private Instant since(String text) {
        try {
            if (text.isEmpty()) {
                return null;
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(workplace.zone()).toInstant();
        } catch (DateTimeParseException none) {
            throw new RefusedException(400, "since is \"" + text + "\", expected a day such as 2026-01-31.", none);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
