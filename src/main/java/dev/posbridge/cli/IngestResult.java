package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.operations.Report;
import dev.posbridge.operations.document.ReportJson;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an ingest went.
 *
 * @param failed why files could not be taken in
 * @param open records that still have to be delivered
 * @param stopped why delivery stands still, as a sentence; null where it does not
 * @param earlierDead open dead letters that the same files left behind when they came before
 */
record IngestResult(Report report, List<String> failed, Ending ending, long open, String stopped, long earlierDead) {

    private static final int MOST_FAILED = 10;

    /** Why the waiting ended. */
    enum Ending {
        AS_ASKED,
        /** Time is over, or delivery stands still. */
        NOT_SETTLED,
        REFUSED,
        /** Somebody else than Gameball answers where we call. */
        MISDIRECTED
    }

    ExitCode exitCode() {
        if (!failed.isEmpty()) {
            return ExitCode.INTERNAL_ERROR;
        }
        return switch (ending) {
            case REFUSED -> ExitCode.ACCOUNT_REFUSED;
            case MISDIRECTED -> ExitCode.USAGE_OR_CONFIGURATION;
            case NOT_SETTLED -> ExitCode.NOT_SETTLED;
            case AS_ASKED -> look() ? ExitCode.LOOK : ExitCode.ALL_WELL;
        };
    }

    private boolean look() {
        return isDeadOrRejected() || earlierDead > 0 || isHeld();
    }

    /** Cause, count and what to do next; null where all is well. */
    String lastLine() {
        return switch (exitCode()) {
            case ACCOUNT_REFUSED ->
                stopped + " " + waits()
                        + (stopped.contains("api-key") ? "Correct the key, then run again." : "Then run again.");
            case USAGE_OR_CONFIGURATION -> stopped + " " + waits() + "Correct the address, then run again.";
            case NOT_SETTLED ->
                (stopped == null ? "" : stopped + " ") + Count.of(open, "record is", "records are")
                        + " not settled yet; all are stored. Run the same command again, or posbridge status.";
            case LOOK ->
                Stream.of(deadAndRejected(), stillDead(), held())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(". "));
            case INTERNAL_ERROR ->
                Count.of(failed.size(), "file was", "files were") + " not taken in: "
                        + failed.stream().limit(MOST_FAILED).collect(Collectors.joining("; "))
                        + (failed.size() > MOST_FAILED ? " And " + (failed.size() - MOST_FAILED) + " more." : "");
            default -> null;
        };
    }

    private boolean isDeadOrRejected() {
        return report.rejectedFiles() > 0 || report.outcomes().of("dead").records() > 0;
    }

    private String deadAndRejected() {
        return !isDeadOrRejected() ? null : needingAPerson() + " See: posbridge dead-letters list";
    }

    private String needingAPerson() {
        long dead = report.outcomes().of("dead").records();
        long files = report.rejectedFiles();
        return Count.of(dead, "dead letter") + " and " + Count.of(files, "rejected file") + " need a person.";
    }

    private String waits() {
        return Count.of(open, "record is stored and waits. ", "records are stored and wait. ");
    }

    /** Null where none of these files' dead letters is open from before. */
    String stillDead() {
        return earlierDead == 0
                ? null
                : Count.of(earlierDead, "dead letter") + " of these files, from when they came before, "
                        + (earlierDead == 1 ? "is still open and needs a person." : "are still open and need a person.")
                        + " See: posbridge dead-letters list";
    }

    /** Null where nothing is held. */
    private String held() {
        long held = report.outcomes().of("held").records();
        String what = Count.of(report.heldFiles(), "file");
        boolean one = held == 0 ? report.heldFiles() == 1 : held == 1;
        return isHeld()
                ? (held == 0 ? what : Count.of(held, "record") + " of " + what) + (one ? " is" : " are")
                        + " held until a person has looked. See: posbridge held list"
                : null;
    }

    /** A file of anonymous sales alone is held without a record that would be delivered. */
    private boolean isHeld() {
        return report.heldFiles() > 0 || report.outcomes().of("held").records() > 0;
    }

    /** Prints the report, and on stderr the last line. */
    void print(Terminal terminal, boolean json, boolean quiet) {
        if (!(quiet && exitCode() == ExitCode.ALL_WELL)) {
            if (json) {
                terminal.out().println(ReportJson.write(report));
            } else {
                new ReportText(terminal.out()).print(report);
            }
        }
        terminal.out().flush();
        explain(terminal);
    }

    /** The last line on stderr, where there is something to say. */
    void explain(Terminal terminal) {
        if (lastLine() != null) {
            terminal.err().println(lastLine());
            terminal.err().flush();
        }
    }
}
