package dev.posbridge.cli;

import dev.posbridge.PosbridgeException;
import dev.posbridge.cli.IngestResult.Ending;
import dev.posbridge.engine.Engine;
import dev.posbridge.intake.IntakeGuard;
import dev.posbridge.intake.RequestedFiles;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.operations.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Files in, report out, on an engine that runs. */
final class IngestRun {
    static final int FIRST_ERRORS = 5;
    private static final long LOOK_MILLIS = 40;
    private static final long COUNT_EVERY_NANOS = 1_000_000_000L;
    private static final int SHARE_OF_COUNTING = 50;

    private final Engine engine;
    private final LedgerDatabase database;
    private final ReportBook book;
    private final Terminal terminal;
    private String stopped;

    /** A file and by whose profile it is read. */
    record Input(Path file, String vendor) {}

    IngestRun(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.database = engine.ledger().database();
        this.book = new ReportBook(database);
        this.terminal = terminal;
    }

    IngestResult run(List<Input> inputs, IngestCommand.Wait wait, Duration longest) throws InterruptedException {
        long before = book.lastFile();
        Set<Long> taken = new LinkedHashSet<>();
        List<String> failed = takeIn(inputs, taken);
        Ending ending = wait == IngestCommand.Wait.delivered ? awaitSettled(longest) : Ending.AS_ASKED;
        terminal.endProgress();
        DeadLetters deadLetters = new DeadLetters(database);
        Report report = new Report(
                engine.ledger().account(), inOrder(book.files(taken), taken), deadLetters.first(before, FIRST_ERRORS));
        return new IngestResult(report, failed, ending, book.open(), stopped, deadLetters.openOfSameContent(taken));
    }

    /** As they were named: one that was counted before has an older number than what came before it now. */
    private static List<FileReport> inOrder(List<FileReport> files, Set<Long> taken) {
        List<Long> order = List.copyOf(taken);
        return files.stream()
                .sorted(Comparator.comparingInt(file -> order.indexOf(file.id())))
                .toList();
    }

    /** As {@link #run}, for files that are in the ledger already. */
    IngestResult watch(List<Long> files, IngestCommand.Wait wait, Duration longest) throws InterruptedException {
        Ending ending = wait == IngestCommand.Wait.delivered ? awaitSettled(longest) : Ending.AS_ASKED;
        terminal.endProgress();
        Report report = new Report(engine.ledger().account(), book.files(files), List.of());
        return new IngestResult(report, List.of(), ending, book.open(), stopped, 0);
    }

    /**
     * A file that fails is told, and does not keep the others from being taken; but where ledger or disk were wanting, those
     * behind it wait with it, because days keep their order.
     */
    @SuppressWarnings({"try", "PMD.UnusedLocalVariable"}) // the bar goes on by itself
    private List<String> takeIn(List<Input> inputs, Set<Long> taken) {
        List<String> failed = new ArrayList<>();
        for (Input input : inputs) {
            terminal.say("Reading " + input.file().getFileName());
            try (ReadingBar bar = ReadingBar.whileReading(database, terminal)) {
                taken.add(engine.ingest(input.file(), input.vendor()));
            } catch (PosbridgeException problem) {
                failed.add(problem.getMessage());
                if (IntakeGuard.isMomentary(problem)) {
                    inputs.subList(inputs.indexOf(input) + 1, inputs.size())
                            .forEach(behind -> failed.add(RequestedFiles.waitsFor(behind.file(), input.file())));
                    break;
                }
            }
        }
        return failed;
    }

    /** Why delivery stands still, as a sentence; null where it does not. */
    String stopped() {
        return stopped;
    }

    Ending awaitSettled(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        Standstill standstill = new Standstill(database, engine.hours());
        long total = book.open();
        long open = total;
        long countAt = System.nanoTime() + COUNT_EVERY_NANOS;
        while (!book.isSettled()) {
            if (engine.refusal() != null) {
                stopped = engine.refusal();
                return engine.isMisdirected() ? Ending.MISDIRECTED : Ending.REFUSED;
            }
            long now = System.nanoTime();
            if (now - countAt > 0) {
                // Counting a million open records takes a while; whether there is one does not.
                open = book.open();
                long took = System.nanoTime() - now;
                countAt = now + Math.max(COUNT_EVERY_NANOS, SHARE_OF_COUNTING * took);
            }
            stopped = standstill.reason(open);
            if (stopped != null || System.nanoTime() > end) {
                return Ending.NOT_SETTLED;
            }
            terminal.progress("Delivering", total - open, total);
            Thread.sleep(LOOK_MILLIS);
        }
        // Else a file that comes again while a refund of it asks once more would count as still under way.
        engine.ledger().files().closeSettled();
        return Ending.AS_ASKED;
    }
}
