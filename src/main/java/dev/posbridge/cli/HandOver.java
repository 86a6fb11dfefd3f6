package dev.posbridge.cli;

import dev.posbridge.cli.IngestResult.Ending;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.ledger.Requests;
import dev.posbridge.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        this.requests = new Requests(ledger.database());
        this.terminal = terminal;
    }

    /** Whether the folder's holder takes requests. */
    static boolean isPossible(Settings settings) {
        return holder(settings)
                .filter(List.of(RunCommand.HOLDER, RunCommand.INTAKE_ONLY)::contains)
                .isPresent();
    }

    private static Optional<String> holder(Settings settings) {
        return DataFolder.holder(settings.folders().data()).map(holder -> holder.split(",", 2)[0]);
    }

    IngestResult run(List<Path> files, String vendor, IngestCommand.Wait wait, Duration longest)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long before = book.lastFile();
        long request = requests.ask(vendor, files);
        terminal.say("Handed over to the running service: " + files.size() + " files");
        Ending ending = Ending.AS_ASKED;
        if (wait != IngestCommand.Wait.none) {
            ending = awaitTaken(request, end);
        }
        if (wait == IngestCommand.Wait.delivered && ending == Ending.AS_ASKED) {
            ending = awaitSettled(vendor, files, before, end);
        }
        terminal.endProgress();
        List<FileReport> reports = ours(vendor, files, before);
        return result(request, ending, reports, firstErrors(before, ids(reports)));
    }

    private List<DeadLetter> firstErrors(long before, List<Long> ids) {
        return new DeadLetters(ledger.database())
                .first(before, MOST_ERRORS_LOOKED_AT).stream()
                        .filter(letter -> ids.contains(letter.fileId()))
                        .limit(IngestRun.FIRST_ERRORS)
                        .toList();
    }

    private IngestResult result(long request, Ending ending, List<FileReport> reports, List<DeadLetter> firstErrors) {
        String problem = requests.progress(request).answer();
        List<String> failed = problem == null ? List.of() : problem.lines().toList();
        Report report = new Report(ledger.account(), reports, firstErrors);
        return new IngestResult(report, failed, ending, book.open(ids(reports)), stopped);
    }

    private Ending awaitTaken(long request, long end) throws InterruptedException {
        while (!requests.progress(request).ended()) {
            if (isOver(end)) {
                return Ending.NOT_SETTLED;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Ending.AS_ASKED;
    }

    private Ending awaitSettled(String vendor, List<Path> files, long before, long end) throws InterruptedException {
        if (holder(settings).filter(RunCommand.INTAKE_ONLY::equals).isPresent()) {
            stopped = "The running service only takes in (--intake-only).";
            return Ending.NOT_SETTLED;
        }
        Standstill standstill = new Standstill(new Pauses(ledger.database()));
        List<Long> ids = ids(ours(vendor, files, before));
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

    /** The reports of our files: a service that was started anew may have offered one twice, the first time counts. */
    private List<FileReport> ours(String vendor, List<Path> files, long before) {
        Set<String> seen = new HashSet<>();
        List<FileReport> ours = new ArrayList<>();
        for (FileReport report : book.filesAfter(before)) {
            boolean asked = report.vendor().equals(vendor)
                    && report.state() != FileState.ABANDONED
                    && files.stream().anyMatch(file -> isOf(report, file));
            if (asked && seen.add(report.path())) {
                ours.add(report);
            }
        }
        return ours;
    }

    /** A rejected file was copied, so the ledger knows it by the place of the copy. */
    private static boolean isOf(FileReport report, Path file) {
        return report.path().equals(file.toString())
                || (report.state() == FileState.REJECTED
                        && report.name().equals(file.getFileName().toString()));
    }

    private static List<Long> ids(List<FileReport> reports) {
        return reports.stream().map(FileReport::id).toList();
    }
}
