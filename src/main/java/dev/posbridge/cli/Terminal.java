package dev.posbridge.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine;

/** What a person sees while work goes on: a bar where there is a terminal, a line now and then where there is none. */
final class Terminal {
    private static final long LINE_EVERY_NANOS = 10_000_000_000L;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean silent;
    private final boolean interactive = System.console() != null && System.getenv("TERM") != null;
    private ProgressBar bar;
    private long lastLine = System.nanoTime();

    /** @param silent whether progress is of no interest */
    Terminal(CommandLine command, boolean silent) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.silent = silent;
    }

    PrintWriter out() {
        return out;
    }

    /** Whether anybody wants to know of progress. */
    boolean isHeard() {
        return !silent;
    }

    PrintWriter err() {
        return err;
    }

    /** A line on what begins; progress goes to stderr, so that stdout is the report alone. */
    void say(String line) {
        if (!silent) {
            err.println(line);
            err.flush();
        }
    }

    /** @param done of {@code total} records */
    void progress(String what, long done, long total) {
        progress(what, done, total, "records");
    }

    void progress(String what, long done, long total, String unit) {
        if (silent) {
            return;
        }
        if (interactive) {
            bar(what, done, total, unit);
        } else if (System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
            lastLine = System.nanoTime();
            say(what + ": " + done + " of " + total + " " + unit);
        }
    }

    void endProgress() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private void bar(String what, long done, long total, String unit) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" " + unit, 1)
                    .build();
        }
        bar.maxHint(total);
        bar.stepTo(done);
    }
}
