package dev.posbridge.cli;

import dev.posbridge.Engine;
import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.ReportBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Files in, report out, on an engine that runs. */
final class IngestRun {
    private static final long LOOK_MILLIS = 40;
    private static final int FIRST_ERRORS = 5;

    private final Engine engine;
    private final ReportBook book;
    private final Terminal terminal;
    private final boolean json;
    private final boolean quiet;

    IngestRun(Engine engine, Terminal terminal, boolean json, boolean quiet) {
        this.engine = engine;
        this.book = new ReportBook(engine.ledger().database());
        this.terminal = terminal;
        this.json = json;
        this.quiet = quiet;
    }

    ExitCode run(List<Path> files, String vendor, IngestCommand.Wait wait, Duration longest)
            throws InterruptedException {
        long before = book.lastFile();
        List<String> failed = takeIn(files, vendor);
        boolean settled = wait != IngestCommand.Wait.delivered || awaitSettled(longest);
        terminal.endProgress();
        List<FileReport> reports = book.filesAfter(before);
        Report report = new Report(
                engine.ledger().account(),
                reports,
                new DeadLetters(engine.ledger().database()).first(before, FIRST_ERRORS));
        ExitCode exit = exitCode(report, failed, settled);
        print(report, exit);
        explain(report, failed, exit);
        return exit;
    }

    /** A file that fails is told, and does not keep the others from being taken. */
    private List<String> takeIn(List<Path> files, String vendor) {
        List<String> failed = new ArrayList<>();
        for (Path file : files) {
            terminal.say("Reading " + file.getFileName());
            try {
                engine.ingest(file, vendor);
            } catch (PosbridgeException problem) {
                failed.add(problem.getMessage());
            }
        }
        return failed;
    }

    boolean awaitSettled(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long total = book.open();
        while (!book.isSettled()) {
            if (System.nanoTime() > end || engine.refusal() != null) {
                return false;
            }
            terminal.progress("Delivering", total - book.open(), total);
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    ExitCode exitCode(Report report, List<String> failed, boolean settled) {
        if (!failed.isEmpty()) {
            return ExitCode.INTERNAL_ERROR;
        }
        if (engine.refusal() != null) {
            return ExitCode.ACCOUNT_REFUSED;
        }
        if (!settled) {
            return ExitCode.NOT_SETTLED;
        }
        boolean look = report.rejectedFiles() > 0
                || report.outcomes().of("dead").records() > 0
                || report.outcomes().of("held").records() > 0;
        return look ? ExitCode.LOOK : ExitCode.ALL_WELL;
    }

    private void print(Report report, ExitCode exit) {
        if (json) {
            terminal.out().println(ReportJson.write(report));
        } else if (!(quiet && exit == ExitCode.ALL_WELL)) {
            new ReportText(terminal.out()).print(report);
        }
        terminal.out().flush();
    }

    /** The last line on stderr says cause, count and what to do next. */
    void explain(Report report, List<String> failed, ExitCode exit) {
        String line =
                switch (exit) {
                    case ACCOUNT_REFUSED ->
                        engine.refusal() + " " + book.open()
                                + " records are stored and wait. Correct the key, then run again.";
                    case NOT_SETTLED ->
                        book.open()
                                + " records are not settled yet; all are stored. Run the same command again, or posbridge status.";
                    case LOOK ->
                        report.outcomes().of("dead").records() + " dead letters and " + report.rejectedFiles()
                                + " rejected files need a person. See: posbridge dead-letters list";
                    case INTERNAL_ERROR -> failed.size() + " files were not taken in: " + String.join("; ", failed);
                    default -> null;
                };
        if (line != null) {
            terminal.err().println(line);
            terminal.err().flush();
        }
    }
}
