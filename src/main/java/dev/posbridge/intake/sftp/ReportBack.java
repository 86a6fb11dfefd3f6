package dev.posbridge.intake.sftp;

import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.SourceFiles;
import dev.posbridge.settings.SftpSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the night's report back on the server, once everything that came is settled. What could not be put there is tried
 * again. For one source, whose timer is one thread.
 */
public final class ReportBack {
    private static final Logger LOG = LoggerFactory.getLogger(ReportBack.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SftpSource source;
    private final Lot lot;
    private final LedgerDatabase database;
    private final SourceFiles files;
    private final ReportWriter writer;
    private final SftpDoor door;
    private final HealthBook health;
    private final String concern;
    private String said = "";

    /** A report that is due. */
    public record Due(List<Long> files, String name, String text) {}

    public ReportBack(
            SftpSource source,
            Lot lot,
            LedgerDatabase database,
            ReportWriter writer,
            SftpDoor door,
            HealthBook health) {
        this.source = source;
        this.lot = lot;
        this.database = database;
        this.files = new SourceFiles(database);
        this.writer = writer;
        this.door = door;
        this.health = health;
        this.concern = "report to " + source.name();
    }

    /** @return null where there is nothing to tell, or more of the same night is on its way */
    public Due due() {
        if (lot.isUnderWay()) {
            return null;
        }
        Duration quiet = source.drop().settle().plus(source.schedule().poll().multipliedBy(2));
        List<Long> unreported = files.unreported(source.name(), Instant.now().minus(quiet));
        if (unreported.isEmpty()) {
            return null;
        }
        boolean json = source.report().json();
        door.refresh(source.name());
        String name = "posbridge-" + source.name() + "-" + STAMP.format(Instant.now()) + (json ? ".json" : ".csv");
        return new Due(unreported, name, writer.write(database, unreported, json));
    }

    /** It lies on the server. */
    public void put(@ExchangeProperty("report") Due report) {
        files.reported(report.files());
        health.report(concern, State.GREEN, "");
        said = "";
        LOG.info(
                "source={} report={} files={}",
                source.name(),
                report.name(),
                report.files().size());
    }

    /** It could not be put there. */
    public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception problem) {
        String message = "the report could not be put into " + source.report().folder() + " (" + DropProblem.of(problem)
                + "); it is tried again";
        health.report(concern, State.RED, message);
        if (!message.equals(said)) {
            LOG.warn("source={} {}", source.name(), message);
            said = message;
        }
    }
}
