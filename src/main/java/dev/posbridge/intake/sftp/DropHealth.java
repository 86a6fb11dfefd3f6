package dev.posbridge.intake.sftp;

import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.settings.SftpSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;

/**
 * How a source is, for those who look after it: in the health book, where a source that says nothing for too long turns
 * red, and in the log, once each time that it changes. Thread-safe.
 */
public final class DropHealth {
    private static final Logger LOG = LoggerFactory.getLogger(DropHealth.class);
    /** A poll that takes in files takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SftpSource source;
    private final HealthBook health;
    private final String concern;
    private String said = "";
    private final Map<String, Failure> failed = new LinkedHashMap<>();

    private record Failure(String message, Instant until) {}

    public DropHealth(SftpSource source, HealthBook health) {
        this.source = source;
        this.health = health;
        this.concern = "sftp " + source.name();
    }

    /** A file could not be fetched or taken in; the poll goes on with the next. */
    synchronized void fileFailed(String path, Exception problem) {
        LOG.debug("source={} file={}", source.name(), path, problem);
        note(path, " was not taken in (" + DropProblem.of(problem) + "), nothing of it is sent; it is tried again");
    }

    /** A file that we have could not be moved, renamed or deleted. */
    synchronized void leftThere(String path, Exception problem) {
        note(
                path,
                " is taken in, but cannot be put away at the server (" + DropProblem.of(problem) + "). Give user "
                        + source.server().user() + " the right to, or set after = keep");
    }

    /** Nothing is wrong with the file any more. */
    synchronized void fileWell(String path) {
        failed.remove(path);
    }

    /** A poll ended, whatever became of single files. */
    synchronized void end() {
        Instant now = Instant.now();
        failed.values().removeIf(failure -> failure.until().isBefore(now));
        if (failed.isEmpty()) {
            say(State.GREEN, "");
        } else {
            String first = failed.values().iterator().next().message();
            say(State.RED, failed.size() == 1 ? first : first + " (and " + (failed.size() - 1) + " more files)");
        }
    }

    /** A file that is looked at again counts as failed until it is well, or is not offered any more. */
    private void note(String path, String message) {
        Instant until = Instant.now()
                .plus(source.drop().settle().plus(between()).multipliedBy(3))
                .plus(PATIENCE);
        failed.put(path, new Failure(path + message, until));
    }

    /** Nothing could be looked at. */
    synchronized void pollFailed(Exception problem) {
        say(State.RED, DropProblem.of(problem));
    }

    /** Another node looks at the server, and says how that went. */
    synchronized void otherNode() {
        health.forget(concern);
        failed.clear();
        said = "";
    }

    private void say(State state, String message) {
        health.report(concern, state, message, silence());
        if (!message.equals(said)) {
            if (state == State.GREEN) {
                LOG.info("source={} is well again", source.name());
            } else {
                LOG.warn(
                        "source={} host={}:{} {}",
                        source.name(),
                        source.server().host(),
                        source.server().port(),
                        message);
            }
            said = message;
        }
    }

    /** How long it may say nothing. */
    private Duration silence() {
        return between().plus(source.server().timeout()).multipliedBy(2).plus(PATIENCE);
    }

    /** Between two polls. */
    private Duration between() {
        if (source.schedule().cron() == null) {
            return source.schedule().poll();
        }
        ZonedDateTime now = ZonedDateTime.now(source.drop().zone());
        ZonedDateTime next = CronExpression.parse(source.schedule().cron()).next(now);
        return next == null ? Duration.ofDays(366) : Duration.between(now, next);
    }
}
