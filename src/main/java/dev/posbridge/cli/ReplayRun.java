package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.engine.Engine;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.Replayed;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.operations.FileReplay;
import dev.posbridge.operations.Replaying;
import dev.posbridge.operations.Report;
import dev.posbridge.operations.document.Json;
import dev.posbridge.operations.document.ReplayedJson;
import dev.posbridge.operations.document.ReportJson;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Dead letters in, report out: with an engine that delivers them, or beside a running service that does. */
final class ReplayRun {
    private static final int FIRST_ERRORS = 5;

    private final Ledger ledger;
    private final Settings settings;
    private final Replaying replaying;
    private final FileReplay files;
    private final Terminal terminal;
    private final boolean json;
    private final boolean quiet;
    private final List<Replayed> replayed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    /** Files and messages that were named and are closed already. */
    private final List<DeadLetter> closed = new ArrayList<>();

    ReplayRun(Ledger ledger, Settings settings, Profiles profiles, Terminal terminal, boolean json, boolean quiet) {
        this.ledger = ledger;
        this.settings = settings;
        this.replaying = new Replaying(ledger.database(), ledger.account(), settings, profiles);
        this.files = new FileReplay(settings);
        this.terminal = terminal;
        this.json = json;
        this.quiet = quiet;
    }

    /** @param corrected the rows of each dead letter, null to take them as they were */
    ExitCode run(Engine engine, Map<DeadLetter, String> corrected, Duration longest) throws InterruptedException {
        ReportBook book = new ReportBook(ledger.database());
        long lastFile = book.lastFile();
        long lastDead = new DeadLetters(ledger.database()).last();
        replay(corrected, letter -> files.takeIn(letter, engine));
        IngestRun ingest = new IngestRun(engine, terminal);
        IngestResult.Ending ending = ingest.awaitSettled(longest);
        terminal.endProgress();
        List<FileReport> reports = new ArrayList<>(book.filesAfter(lastFile));
        reports.addAll(book.ofReplayed(replayed));
        Report report = new Report(
                ledger.account(), reports, new DeadLetters(ledger.database()).openAfter(lastDead, FIRST_ERRORS));
        IngestResult result = new IngestResult(report, failed, ending, book.open(), ingest.stopped(), 0);
        print(report, result.exitCode());
        result.explain(terminal);
        return result.exitCode();
    }

    /** Only writes to the ledger, and to the inbox; the service that holds the data folder does the rest. */
    ExitCode besideService(Map<DeadLetter, String> corrected) {
        replay(corrected, files::offerToService);
        long dead = replayed.stream().filter(one -> one.newDeadLetter() != 0).count();
        ExitCode exit = !failed.isEmpty() ? ExitCode.INTERNAL_ERROR : dead > 0 ? ExitCode.LOOK : ExitCode.ALL_WELL;
        if (json) {
            ObjectNode root = Json.about(ledger.account());
            ReplayedJson.add(root, replayed);
            terminal.out().println(Json.text(root));
        } else if (!quiet || exit != ExitCode.ALL_WELL) {
            terminal.out()
                    .println(ReplayedText.of(replayed)
                            + DeadLetterChoice.closed(closed)
                            + " The data folder is in use: " + HandOver.deliverer(settings)
                            + " See: posbridge status");
        }
        terminal.out().flush();
        if (exit != ExitCode.ALL_WELL) {
            terminal.err()
                    .println(
                            failed.isEmpty()
                                    ? dead + " of them are dead again. See: posbridge dead-letters list --newest"
                                    : failed.size() + " were not replayed: " + String.join("; ", failed));
            terminal.err().flush();
        }
        return exit;
    }

    private void replay(Map<DeadLetter, String> corrected, Replaying.FileTaker taker) {
        Replaying.Outcome outcome = replaying.replay(corrected, taker);
        replayed.addAll(outcome.replayed());
        failed.addAll(outcome.failed());
        closed.addAll(outcome.closed());
    }

    private void print(Report report, ExitCode exit) {
        if (json) {
            ObjectNode root = ReportJson.node(report);
            ReplayedJson.add(root, replayed);
            terminal.out().println(Json.text(root));
        } else if (!(quiet && exit == ExitCode.ALL_WELL)) {
            terminal.out().println(ReplayedText.of(replayed) + DeadLetterChoice.closed(closed));
            new ReportText(terminal.out()).print(report);
        }
        terminal.out().flush();
    }
}
