package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Count;
import dev.posbridge.cli.IngestResult.Ending;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.ledger.Requests;
import dev.posbridge.operations.Report;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Files in, report out, by the service that runs on the data folder: it is asked through the ledger, and watched there. */
final class HandOver {
    private static final long LOOK_MILLIS = 200;
    private static final int MOST_ERRORS_LOOKED_AT = 1_000;

    private final Settings settings;
    private final Ledger ledger;
    private final ReportBook book;
    private final Requests requests;
    private final Terminal terminal;
    private String stopped;

    HandOver(Settings settings, Ledger ledger, Terminal terminal) {
        this.settings = settings;
        this.ledger = ledger;
        this.book = new ReportBook(ledger.database());
        this.requests = new Requests(ledger.database(), settings.folders().data());
        this.terminal = terminal;
    }

    /** Whether the folder's holder takes requests. */
    static boolean isPossible(Settings settings) {
        return DataFolder.isService(DataFolder.holder(settings.folders().data()));
    }

    /** Who delivers what is due beside whoever has the data folder; a sentence. */
    static String deliverer(Settings settings) {
        String other = isPossible(settings) ? null : holder(settings).orElse(null);
        return other == null
                ? "the running service delivers them."
                : "\"" + other + "\" delivers them while it does, else the next run.";
    }

    private static Optional<String> holder(Settings settings) {
        return DataFolder.holder(settings.folders().data()).map(DataFolder::command);
    }

    IngestResult run(List<Path> files, String vendor, IngestCommand.Wait wait, Duration longest)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        String profile = Profiles.in(settings.folders().vendors())
                .find(vendor)
                .map(Profile::hash)
                .orElse("");
        long request = requests.ask(vendor, profile, files);
        terminal.say("Handed over to the running service: " + Count.of(files.size(), "file"));
        Ending ending = Ending.AS_ASKED;
        if (wait != IngestCommand.Wait.none) {
            ending = awaitTaken(request, end);
            Requests.Progress taken = requests.progress(request);
            if (taken.how() == Requests.How.REFUSED) {
                throw new ConfigurationException(taken.answer());
            }
        }
        if (wait == IngestCommand.Wait.delivered && ending == Ending.AS_ASKED) {
            ending = awaitSettled(files(request), end);
        }
        terminal.endProgress();
        return result(request, ending);
    }

    /** As {@link #run}, for files that are in the ledger already. */
    IngestResult watch(List<Long> ids, IngestCommand.Wait wait, Duration longest) throws InterruptedException {
        Ending ending = wait == IngestCommand.Wait.delivered
                ? awaitSettled(ids, System.nanoTime() + longest.toNanos())
                : Ending.AS_ASKED;
        terminal.endProgress();
        Report report = new Report(ledger.account(), book.files(ids), firstErrors(ids));
        return new IngestResult(report, List.of(), ending, book.open(ids), stopped, 0);
    }

    private IngestResult result(long request, Ending ending) {
        String problem = requests.progress(request).answer();
        List<String> failed = problem == null ? List.of() : problem.lines().toList();
        List<Long> ids = files(request);
        Report report = new Report(ledger.account(), book.files(ids), firstErrors(ids));
        return new IngestResult(
                report,
                failed,
                ending,
                book.open(ids),
                stopped,
                new DeadLetters(ledger.database()).openOfSameContent(ids));
    }

    private List<DeadLetter> firstErrors(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : new DeadLetters(ledger.database())
                        .first(Collections.min(ids) - 1, MOST_ERRORS_LOOKED_AT).stream()
                                .filter(letter -> ids.contains(letter.fileId()))
                                .limit(IngestRun.FIRST_ERRORS)
                                .toList();
    }

    private List<Long> files(long request) {
        return requests.files(request).values().stream().sorted().toList();
    }

    private Ending awaitTaken(long request, long end) throws InterruptedException {
        ReadingBar reading = new ReadingBar(ledger.database(), terminal);
        while (!requests.progress(request).ended()) {
            if (isOver(end)) {
                return Ending.NOT_SETTLED;
            }
            reading.tell();
            Thread.sleep(LOOK_MILLIS);
        }
        terminal.endProgress();
        return Ending.AS_ASKED;
    }

    private Ending awaitSettled(List<Long> ids, long end) throws InterruptedException {
        if (holder(settings).filter(DataFolder.INTAKE_ONLY::equals).isPresent()) {
            stopped = "The running service only takes in (--intake-only).";
            return Ending.NOT_SETTLED;
        }
        Standstill standstill =
                new Standstill(ledger.database(), settings.delivery().hours());
        long total = book.open(ids);
        long open = total;
        while (open > 0) {
            stopped = standstill.reason(open);
            if (stopped != null || isOver(end)) {
                return Ending.NOT_SETTLED;
            }
            terminal.progress("Delivering", total - open, total);
            Thread.sleep(LOOK_MILLIS);
            open = book.open(ids);
        }
        return Ending.AS_ASKED;
    }

    private boolean isOver(long end) {
        if (!isPossible(settings)) {
            stopped = "The service has ended; the next one goes on.";
            return true;
        }
        return System.nanoTime() > end;
    }
}
