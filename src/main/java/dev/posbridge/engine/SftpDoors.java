package dev.posbridge.engine;

import dev.posbridge.intake.ByBusinessDate;
import dev.posbridge.intake.IntakeGuard;
import dev.posbridge.intake.sftp.AfterTaken;
import dev.posbridge.intake.sftp.DoneFile;
import dev.posbridge.intake.sftp.DropFilter;
import dev.posbridge.intake.sftp.DropHealth;
import dev.posbridge.intake.sftp.DropPolls;
import dev.posbridge.intake.sftp.DropWatch;
import dev.posbridge.intake.sftp.Lot;
import dev.posbridge.intake.sftp.RemoteFolder;
import dev.posbridge.intake.sftp.ReportBack;
import dev.posbridge.intake.sftp.ReportWriter;
import dev.posbridge.intake.sftp.SftpDoor;
import dev.posbridge.intake.sftp.Spool;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.TakenBook;
import dev.posbridge.ledger.TurnBook;
import dev.posbridge.settings.Settings;
import dev.posbridge.settings.SftpSource;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spring.pollingconsumer.SpringScheduledPollConsumerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what the SFTP sources need; only where there is one is any class of the SFTP stack loaded. */
final class SftpDoors {
    private static final Logger LOG = LoggerFactory.getLogger(SftpDoors.class);

    private final RouteRunner routes;
    private final LedgerDatabase database;
    private final TakenBook taken;
    private final HealthBook health;
    private final IntakeGuard guard;
    private final TurnBook nodes;

    SftpDoors(RouteRunner routes, LedgerDatabase database, HealthBook health, IntakeGuard guard, TurnBook nodes) {
        this.nodes = nodes;
        this.routes = routes;
        this.database = database;
        this.taken = new TakenBook(database);
        this.health = health;
        this.guard = guard;
    }

    /**
     * Binds the beans of these sources.
     *
     * @param folders where files lie that are on their way, and where those of sets wait
     */
    List<Inlet> bind(List<SftpSource> sources, Profiles profiles, Settings.Folders folders, ReportWriter reports) {
        SftpDoor component = new SftpDoor(sources);
        routes.bind("sftp", component);
        List<Inlet> made = new ArrayList<>();
        for (SftpSource source : sources) {
            Lot lot = new Lot();
            made.add(drop(source, profiles, component, folders, lot));
            made.add(new Inlet("sftp-watch-" + source.name(), "sftp-watch", Map.of("source", source.name())));
            addReport(source, lot, component, reports, made);
        }
        return made;
    }

    private Inlet drop(SftpSource source, Profiles profiles, SftpDoor component, Settings.Folders folders, Lot lot) {
        Supplier<Profile> profile = () -> profiles.named(source.vendor());
        DropHealth ofSource = new DropHealth(source, health);
        DropWatch watch = new DropWatch(source.server().timeout().multipliedBy(2));
        DropFilter filter = new DropFilter(source, profile, taken);
        routes.bind(source.name() + "-watch", watch);
        routes.bind(source.name() + "-filter", (GenericFileFilter<Object>)
                file -> profiles.isInForce(source.vendor()) && filter.accept(file));
        routes.bind(source.name() + "-order", new ByBusinessDate(profile, filter::localName));
        routes.bind(source.name() + "-polls", new DropPolls(component, ofSource, watch, lot, nodes, source.name()));
        routes.bind(source.name() + "-after", new AfterTaken(source, taken, ofSource, watch, filter, guard::isOpen));
        Path inbox = folders.inbox().resolve(source.vendor());
        Supplier<Path> collects = () -> profile.get().set().isPresent() ? inbox : null;
        Path own = folders.spool().resolve(source.name());
        routes.bind(source.name() + "-spool", new Spool(source, filter, watch, lot, taken, own, collects, nodes));
        if (source.schedule().cron() != null) {
            routes.bind(source.name() + "-clock", clock(source));
        }
        if (!source.server().checked()) {
            LOG.warn(
                    "source={} host={} ITS HOST KEY IS NOT CHECKED (trust-any-host-for-tests): whoever listens there can "
                            + "send anything. For tests only.",
                    source.name(),
                    source.server().host());
        }
        return new Inlet("sftp-" + source.name(), "sftp-drop", parameters(source));
    }

    private void addReport(SftpSource source, Lot lot, SftpDoor component, ReportWriter reports, List<Inlet> made) {
        if (source.report() != null) {
            routes.bind(source.name() + "-report", new ReportBack(source, lot, database, reports, component, health));
            Map<String, Object> parameters = login(source);
            parameters.put("folder", source.report().folder());
            made.add(new Inlet("sftp-report-" + source.name(), "sftp-report", parameters));
        }
    }

    private static Map<String, Object> parameters(SftpSource source) {
        RemoteFolder folder = new RemoteFolder(source.drop().folder());
        Map<String, Object> parameters = login(source);
        parameters.put("vendor", source.vendor());
        parameters.put("folder", folder.base().isEmpty() ? "." : folder.base());
        parameters.put("depth", Integer.toString(folder.depth()));
        parameters.put("poll", Long.toString(source.schedule().poll().toMillis()));
        parameters.put("clock", source.schedule().cron() == null ? "none" : "#" + source.name() + "-clock");
        putIfSet(parameters, "doneFile", DoneFile.asCamelWritesIt(source.drop().doneFile()));
        return parameters;
    }

    private static Map<String, Object> login(SftpSource source) {
        SftpSource.Server server = source.server();
        Map<String, Object> parameters = new TreeMap<>(Map.of(
                "source", source.name(),
                "host", server.host() + ":" + server.port(),
                "user", server.user(),
                "authentications", authentications(server),
                "timeout", Long.toString(server.timeout().toMillis()),
                "strict", server.checked() ? "yes" : "no"));
        putIfSet(parameters, "knownHostsFile", server.knownHosts());
        putIfSet(parameters, "privateKeyFile", server.keyFile());
        return parameters;
    }

    private static void putIfSet(Map<String, Object> parameters, String name, Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }

    private static String authentications(SftpSource.Server server) {
        if (server.password() == null) {
            return "publickey";
        }
        return server.keyFile() == null ? "password,keyboard-interactive" : "publickey,password,keyboard-interactive";
    }

    private static SpringScheduledPollConsumerScheduler clock(SftpSource source) {
        SpringScheduledPollConsumerScheduler clock = new SpringScheduledPollConsumerScheduler();
        clock.setCron(source.schedule().cron());
        clock.setTimeZone(TimeZone.getTimeZone(source.drop().zone()));
        return clock;
    }
}
