package dev.posbridge.intake.expected;

import dev.posbridge.intake.expected.ExpectedFiles.Missing;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.settings.Source;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the alarm when something that a source had to bring is missing. For one source; thread-safe. */
public final class ExpectedWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ExpectedWatch.class);
    private static final int NAMED = 3;

    private final Source source;
    private final String concern;
    private final ExpectedFiles expected;
    private final HealthBook health;
    private String said = "";

    public ExpectedWatch(Source source, ExpectedFiles expected, HealthBook health) {
        this.source = source;
        this.concern = "files of " + source.name();
        this.expected = expected;
        this.health = health;
    }

    /** To be called every now and then. */
    public synchronized void look() {
        String message = expected.areStoresKnown()
                ? told(expected.missing(Instant.now()))
                : "Nothing says any more which stores have to send "
                        + source.expects().file()
                        + ". Put lookups.<name>.expected back into the profile of " + source.vendor()
                        + " and reload, or set posbridge.sources." + source.name() + ".expects-stores";
        health.reportCommon(concern, message.isEmpty() ? State.GREEN : State.RED, message);
        if (!message.equals(said) && !message.isEmpty()) {
            LOG.warn("{}: {}", concern, message);
        }
        said = message;
    }

    private static String told(List<Missing> missing) {
        return missing.isEmpty()
                ? ""
                : missing.size() + " missing: "
                        + missing.stream()
                                .limit(NAMED)
                                .map(one -> one.file() + " (due " + one.due() + ")")
                                .collect(Collectors.joining(", "))
                        + (missing.size() > NAMED ? ", ..." : "")
                        + ". Ask the vendor or the store; posbridge report lists them all";
    }
}
