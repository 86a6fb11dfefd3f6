package dev.posbridge.intake.sftp;

import dev.posbridge.intake.sftp.ExpectedFiles.Missing;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the alarm when something that a source had to bring is missing. For one source; thread-safe. */
public final class ExpectedWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ExpectedWatch.class);
    private static final int NAMED = 3;

    private final String concern;
    private final ExpectedFiles expected;
    private final HealthBook health;
    private String said = "";

    public ExpectedWatch(String source, ExpectedFiles expected, HealthBook health) {
        this.concern = "files of " + source;
        this.expected = expected;
        this.health = health;
    }

    /** To be called every now and then. */
    public synchronized void look() {
        List<Missing> missing = expected.missing(Instant.now());
        String message = missing.isEmpty()
                ? ""
                : missing.size() + " missing: "
                        + missing.stream()
                                .limit(NAMED)
                                .map(one -> one.file() + " (due " + one.due() + ")")
                                .collect(Collectors.joining(", "))
                        + (missing.size() > NAMED ? ", ..." : "")
                        + ". Ask the vendor or the store; posbridge report lists them all";
        health.report(concern, missing.isEmpty() ? State.GREEN : State.RED, message);
        if (!message.equals(said) && !missing.isEmpty()) {
            LOG.warn("{}: {}", concern, message);
        }
        said = message;
    }
}
